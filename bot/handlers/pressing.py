"""催办 by the enterprise, the officer, the supervisor; 督办 by the officer and the supervisor, its feedback and end."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Answer, CardAction, Context, Handler, words
from bot.dialogs import press_words
from bot.dialogs.officer_words import work_of
from bot.holding import must_be_seen
from bot.moves import carding, pressing, urging
from bot.moves.naming import as_typed, number_of
from bot.moves.work import case_work
from bot.platform import CardClick
from bot.texts import pressing as texts
from bot.texts.phrases import moment
from bot.understanding.acts import Act, Intent
from domain.errors import InvalidAnswer, NotAllowed
from domain.issues import Issue
from domain.people import OFFICERS, Action, Person, Role
from domain.pressing import Press
from domain.project import Project
from storage.dialogs import Recent

Arguments = dict[str, str]
_OF_DEPARTMENT = (Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)


# ---------------------------------------------------------------- 催办


def urge(context: Context, arguments: Arguments) -> Answer:
    return _urge_issue(context, int(arguments["no"]))


def urge_said(context: Context, act: Act) -> Answer:
    """“催一下” of a named problem is of whoever has it; of an item or of nothing, the service officer's."""
    if act.issue_no is not None:
        return _urge_issue(context, act.issue_no)
    context.must_be_allowed(Action.ASK)
    project = context.must_project
    said, told = urging.of_project(case_work(context), project, act.item, context.message.text)
    return words(said, recent=Recent(project.id, act.item)).and_tell(*told)


def _urge_issue(context: Context, no: int) -> Answer:
    issue, project = work_of(context).locked(no)
    must_be_seen(context, issue, project)
    context.must_be_allowed(Action.URGE)
    said, told = urging.of_issue(case_work(context), issue, project, context.must_sender)
    return words(said, recent=_about(issue)).and_tell(*told)


# ---------------------------------------------------------------- 督办


def press(context: Context, arguments: Arguments) -> Answer:
    issue, project = press_words.pressable(context, int(arguments["no"]))
    opinion = as_typed(context, arguments.get("rest", ""))
    if opinion:
        return press_words.press(context, issue, project, opinion)
    pressing.must_be_pressable(case_work(context), issue)
    return _ask(context, "press", issue, project, texts.ask_opinion(issue))


def answer(context: Context, arguments: Arguments) -> Answer:
    issue, project, known = press_words.answerable(context, int(arguments["no"]))
    said = as_typed(context, arguments.get("rest", ""))
    if said:
        return press_words.answer(context, issue, project, said)
    return _ask(context, "press_answer", issue, project, texts.ask_feedback(known))


def close(context: Context, arguments: Arguments) -> Answer:
    issue, project, known = press_words.closable(context, int(arguments["no"]))
    reason = as_typed(context, arguments.get("rest", ""))
    if reason:
        return press_words.close(context, issue, project, reason)
    return _ask(context, "press_close", issue, project, texts.ask_reason(known))


def _ask(context: Context, kind: str, issue: Issue, project: Project, question: str) -> Answer:
    if context.message.in_group:
        raise InvalidAnswer("请在与代办助手的单聊里办理督办，不在群里进行。")
    press_words.ask(context, kind, issue, project)
    return words(question, recent=_about(issue))


def show(context: Context, arguments: Arguments) -> Answer:  # noqa: ARG001
    """What is open: of the site for a supervisor, of the own projects or department for others."""
    person = context.must_sender
    if context.message.in_group or not person.roles & OFFICERS:
        raise NotAllowed(Action.PRESS, context.whom_to_ask)
    work = case_work(context)
    found = [one for one in work.tx.presses.open() if _may_know(context, person, one)]
    projects = work.tx.projects.many({one.project_id for one in found})
    zone = context.calendar.zone
    lines = [
        texts.in_list(
            one, projects[one.project_id], pressing.called_person(work, one), moment(one.due_by, zone)
        )
        for one in found[:20]
    ]
    return words(texts.listed(lines))


def _may_know(context: Context, person: Person, one: Press) -> bool:
    project = context.tx.projects.get(one.project_id)
    own = person.id in (one.person_id, project.officer_id, project.deputy_id)
    return own or Role.SUPERVISOR in person.roles or one.department in person.departments(*_OF_DEPARTMENT)


# ---------------------------------------------------------------- cards


def answer_by_card(context: Context, click: CardClick, arguments: Sequence[str]) -> Answer:
    carding.note_click(context, click)
    issue, project, known = press_words.answerable(context, number_of(arguments, 0), number_of(arguments, 1))
    press_words.ask(context, "press_answer", issue, project)
    row = work_of(context).notices.ask_words(
        context.must_sender, texts.ask_feedback(known), f"ask:{issue.no}"
    )
    return Answer(None, (row,), recent=_about(issue))


def _about(issue: Issue) -> Recent:
    return Recent(issue.project_id, issue.item_id, issue.no)


HANDLER = Handler(frozenset({Intent.URGE}), urge_said)
COMMANDS = {
    "urge": urge,
    "press": press,
    "press_answer": answer,
    "press_close": close,
    "presses": show,
}
CARDS = (CardAction("press.answer", answer_by_card),)
