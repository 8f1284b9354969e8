"""“培训计划 10月20日 施工许可网上申报 住建局”, “培训计划”, “培训改期 2 10月22日”, “取消培训 2 原因”, “培训记录 2 35人”,
“培训提问 2 问题” (R155, R161, R162); 互动 the same."""

from __future__ import annotations

import re

from bot.context import Answer, Context, words
from bot.dialogs import feedback_form
from bot.moves import events
from bot.moves.naming import as_typed, project_called
from bot.moves.work import case_work
from bot.texts import events as texts
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.events import Event, EventKind, EventState
from domain.issues import Issue
from domain.people import ALLOWED, ENTERPRISE, Action, Person, Role
from domain.project import Project

Arguments = dict[str, str]
_KINDS = {"培训": EventKind.TRAINING, "互动": EventKind.INTERACTION}


def plan(context: Context, arguments: Arguments) -> Answer:
    """Alone or with a year: what is planned; with a day: one more."""
    _planner(context)
    work, kind = case_work(context), _KINDS[arguments["kind"]]
    said = as_typed(context, arguments["rest"])
    year = re.fullmatch(r"(20\d\d)\s*年?", said)
    if said and not year:
        event = events.plan(work, kind, said)
        return words(texts.planned(event, context.site, events.announced_on(work, event)))
    wanted = int(year[1]) if year else context.today.year
    return words(texts.plan(kind, wanted, context.tx.events.of_year(kind, wanted), context.site))


def move(context: Context, arguments: Arguments) -> Answer:
    event, work = _own(context, arguments), case_work(context)
    found = events.read_day(work, as_typed(context, arguments["rest"]))
    if found is None:
        raise InvalidAnswer(texts.how_to_move(event))
    moved, told = events.move(work, event, found[0])
    return words(texts.moved(moved, context.site, event.day, len(told))).and_tell(*told)


def cancel(context: Context, arguments: Arguments) -> Answer:
    event = _own(context, arguments)
    cancelled, told = events.cancel(case_work(context), event, as_typed(context, arguments["rest"]))
    return words(texts.cancelled(cancelled, context.site, len(told))).and_tell(*told)


def record(context: Context, arguments: Arguments) -> Answer:
    """With a number how many came; without one what was asked and where the answers stand."""
    if arguments["count"]:
        event = events.hold(case_work(context), _own(context, arguments), int(arguments["count"]))
        return words(texts.held(event, context.site))
    _planner(context)
    event = _found(context, arguments)
    asked = [_question(context, no) for no in context.tx.events.questions(event.id)]
    return words(texts.record(event, context.site, [one for one in asked if one]))


def _question(context: Context, no: int) -> tuple[Issue, Project] | None:
    """Of the own projects only; what is about a person stands in no list."""
    issue = context.tx.issues.get(no)
    if issue is None or issue.private:
        return None
    project = context.tx.projects.get(issue.project_id)
    return (issue, project) if context.standing_towards(project).roles else None


def ask(context: Context, arguments: Arguments) -> Answer:
    """Becomes a problem of the project like any other, confirmed first. The enterprise asks where it was invited."""
    project = project_called(context, arguments["code"], Action.FILE_ISSUE)
    event = _found(context, arguments)
    if context.standing.roles <= ENTERPRISE and project.id not in context.tx.events.invited(event.id):
        raise NotFound("event")
    if event.state is EventState.CANCELLED:
        raise InvalidAnswer(texts.was_cancelled(event))
    question = feedback_form.checked(as_typed(context, arguments["rest"]))
    if question is None:
        raise InvalidAnswer(texts.how_to_ask(event))
    item = events.item_named(case_work(context), question)
    return feedback_form.start_at_event(context, event.id, texts.lead(event), question, item)


def _planner(context: Context) -> Person:
    person = context.must_sender
    if not person.roles & ALLOWED[Action.PLAN_EVENT]:
        raise NotAllowed(Action.PLAN_EVENT, context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer(texts.IN_PRIVATE)
    return person


def _found(context: Context, arguments: Arguments, *, lock: bool = False) -> Event:
    event = context.tx.events.get(int(arguments["no"]), lock=lock)
    if event is None or event.kind is not _KINDS[arguments["kind"]]:
        raise NotFound("event")
    return event


def _own(context: Context, arguments: Arguments) -> Event:
    """Changed by whoever planned it, or by a supervisor."""
    person = _planner(context)
    event = _found(context, arguments, lock=True)
    if person.id != event.planned_by and Role.SUPERVISOR not in person.roles:
        raise InvalidAnswer(texts.not_yours(event, context.tx.people.get(event.planned_by).name))
    return event


COMMANDS = {
    "event_plan": plan,
    "event_move": move,
    "event_cancel": cancel,
    "event_record": record,
    "event_ask": ask,
}
