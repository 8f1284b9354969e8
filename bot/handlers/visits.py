"""“走访 YX-2026-001 参加：… 服务：… 问题：…” (R167): what nobody could answer on the spot becomes a tracked problem."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.context import Answer, Context, words
from bot.dialogs import filing
from bot.moves import visiting
from bot.moves.naming import as_typed, project_called
from bot.moves.work import case_work
from bot.texts import visits as texts
from domain.errors import InvalidAnswer
from domain.issues import Category
from domain.people import Action, Role
from storage.dialogs import Recent


def record(context: Context, arguments: dict[str, str]) -> Answer:
    project = project_called(context, arguments["code"], Action.MANAGE_CASE)
    work = case_work(context)
    visit = visiting.read(as_typed(context, arguments["rest"]), context.site, context.today)
    to_file = [_problem(one) for one in visit.problems if not one.answer]
    if any(filing.about_a_person(context, one) for one in to_file):
        raise InvalidAnswer(texts.ABOUT_A_PERSON)
    cases = context.tx.cases.open_of_project(project.id)
    form, told = visiting.record(work, project, cases[0] if cases else None, visit)
    filed = [filing.file(context, one) for one in to_file]
    numbers = [(one.no, context.site.departments[one.department or ""].short) for one, _ in filed]
    signers = [person.name for person in work.signatories(project, Role.ENTERPRISE_CONTACT)]
    text = texts.recorded(form.no, context.site.forms[form.form].title, signers, numbers)
    jobs = tuple(job for _, answer in filed for job in answer.jobs)
    return replace(words(text, recent=Recent(project.id)), tell=tuple(told), jobs=jobs)


def _problem(one: visiting.Problem) -> dict[str, Any]:
    return {
        "category": Category.OTHER,
        "description": one.description,
        "item": None,
        "department": one.department,
    }


COMMANDS = {"visit": record}
