"""“走访 YX-2026-001 参加：… 服务：… 问题：…” (R167): what nobody could answer on the spot becomes a tracked problem."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.context import Answer, Context, words
from bot.dialogs import filing
from bot.moves import visiting, wishing
from bot.moves.naming import as_typed, project_called, project_meant
from bot.moves.work import case_work
from bot.texts import visits as texts
from domain.errors import InvalidAnswer, NotAllowed
from domain.issues import Category
from domain.people import ENTERPRISE, Action, Role
from storage.dialogs import Recent


def record(context: Context, arguments: dict[str, str]) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    visit = visiting.read(as_typed(context, arguments["rest"]), context.site, context.today)
    to_file = [_problem(one) for one in visit.problems if not one.answer]
    if any(filing.about_a_person(context, one) for one in to_file):
        raise InvalidAnswer(texts.ABOUT_A_PERSON)
    cases = context.tx.cases.open_of_project(project.id)
    wishing.visited(work, project, visit.day)
    form, told = visiting.record(work, project, cases[0] if cases else None, visit)
    filed = [filing.file(context, one) for one in to_file]
    numbers = [(one.no, context.site.departments[one.department or ""].short) for one, _ in filed]
    signers = [person.name for person in work.signatories(project, Role.ENTERPRISE_CONTACT)]
    text = texts.recorded(form.no, context.site.forms[form.form].title, signers, numbers)
    jobs = tuple(job for _, answer in filed for job in answer.jobs)
    return replace(words(text, recent=Recent(project.id)), tell=tuple(told), jobs=jobs)


def wish(context: Context, arguments: dict[str, str]) -> Answer:
    """“希望走访 临时用电谈不下来” (R166)."""
    project = project_meant(context, arguments["code"])
    if not context.standing.roles & ENTERPRISE:
        raise NotAllowed("wish_visit", context.whom_to_ask)
    told = wishing.wish(case_work(context), project, as_typed(context, arguments["rest"]))
    officer = context.tx.people.get(project.officer_id)
    return words(texts.wished(officer.name), recent=Recent(project.id)).and_tell(*told)


def plan(context: Context, arguments: dict[str, str]) -> Answer:
    """“安排走访 YX-2026-001 9月18日”: the contact is told the day."""
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    day, told = wishing.plan(case_work(context), project, as_typed(context, arguments["rest"]))
    return words(texts.planned(project, day, len(told)), recent=Recent(project.id)).and_tell(*told)


def wishes(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    """A service officer's own projects, all of them for a supervisor."""
    person = context.must_sender
    if not person.roles & {Role.SERVICE_OFFICER, Role.SUPERVISOR}:
        raise NotAllowed("visit_wishes", context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer(texts.WISHES_IN_PRIVATE)
    found = [(one, context.tx.projects.get(one.project_id)) for one in context.tx.visit_wishes.open()]
    seen = [
        (one, project, context.tx.people.get(one.asked_by).name)
        for one, project in found
        if context.standing_towards(project).roles & {Role.SERVICE_OFFICER, Role.SUPERVISOR}
    ]
    return words(texts.wishes(seen, context.calendar.zone))


def _problem(one: visiting.Problem) -> dict[str, Any]:
    return {
        "category": Category.OTHER,
        "description": one.description,
        "item": None,
        "department": one.department,
    }


COMMANDS = {"visit": record, "visit_wish": wish, "visit_plan": plan, "visit_wishes": wishes}
