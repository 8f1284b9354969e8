"""Greetings, help by role, a person, what is refused, and what is not understood."""

from __future__ import annotations

from bot.context import SILENCE, Answer, Context, Handler, words
from bot.notices import Notices
from bot.texts import help as texts
from bot.understanding.acts import Act, Decision, Intent
from domain.people import Action, Role


def show(context: Context, act: Act) -> Answer:
    return words(texts.help_for(_roles(context), context.standing, context.site, act.rest))


def _roles(context: Context) -> frozenset[Role]:
    """In a department, towards this project, and as contact or signatory of any."""
    person = context.sender
    if person is None:
        return context.standing.roles
    of_projects = (
        context.tx.people.project_roles(person.id, project.id)
        for project in context.tx.projects.of_person(person.id)
    )
    return person.roles.union(context.standing.roles, *of_projects)


def greet(context: Context, act: Act) -> Answer:  # noqa: ARG001
    return words(texts.unregistered(context.site) if _is_nobody(context) else texts.GREETING)


def _is_nobody(context: Context) -> bool:
    """Whoever has no part in anything yet is told how to get in, not what others can ask."""
    return context.sender is None and not context.message.in_group


def thanks(context: Context, act: Act) -> Answer:  # noqa: ARG001
    return words(texts.THANKS)


def call_person(context: Context, act: Act) -> Answer:  # noqa: ARG001
    """人工: the service officer is told."""
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    officer = context.tx.people.get(project.officer_id)
    who = context.sender.name if context.sender else "群成员"
    notices = Notices(context.tx, context.site, context.calendar, context.now, context.inbox_id)
    note = texts.passed_on(project.name, who, context.message.text)
    row = notices.say_to(officer, note, f"project:{project.id}")
    return words(texts.told_officer(officer.name)).and_tell(row)


def refuse(context: Context, act: Act) -> Answer:  # noqa: ARG001
    return words(texts.refused(context.site, context.message.text))


def nothing_to_confirm(context: Context, act: Act) -> Answer:  # noqa: ARG001
    return SILENCE if context.message.in_group else words(texts.NOTHING_OPEN)


def correct(context: Context, act: Act) -> Answer:
    """A question put right is answered anew before it gets here; what was done is not turned round by a half sentence."""
    if not act.slots:
        return nothing_to_confirm(context, act)
    return words(texts.SAY_IT_WHOLE)


def not_understood(context: Context, act: Act) -> Answer:  # noqa: ARG001
    """Small talk is declined once, and then no more; what may have been a request is asked back."""
    if _is_nobody(context):
        return words(texts.unregistered(context.site))
    again = context.recent.intent == Intent.NONE
    if context.understood and context.understood.decision is not Decision.ASK:
        return SILENCE if again else words(texts.OTHER_TOPIC)
    return words(texts.not_understood(context.whom_to_ask, again=again))


HANDLERS: tuple[Handler, ...] = (
    Handler(frozenset({Intent.HELP}), show),
    Handler(frozenset({Intent.GREET}), greet),
    Handler(frozenset({Intent.THANKS}), thanks),
    Handler(frozenset({Intent.HUMAN}), call_person),
    Handler(frozenset({Intent.REFUSED_REQUEST}), refuse),
    Handler(frozenset({Intent.CANCEL}), nothing_to_confirm),
    Handler(frozenset({Intent.CORRECT}), correct),
    Handler(frozenset({Intent.NONE}), not_understood),  # last: answers what no other knew
)
