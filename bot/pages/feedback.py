"""意见反馈表 (F5) on one page: the same looks for a person complained of and for the same problem as in the talk."""

from __future__ import annotations

from typing import Any

from bot.case_view import cases_of
from bot.context import Answer
from bot.dialogs import feedback_form, filing
from bot.moves import naming
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts.phrases import clipped
from domain.categories import guessed
from domain.errors import InvalidAnswer, Unclear
from domain.issues import CATEGORY_NAMES, Category, Issue
from domain.people import Action


def show(visit: Visit, code: str) -> Shown:
    context = visit.context
    project = naming.project_called(context, code, Action.FILE_ISSUE)
    views = cases_of(visit.tx, [project.id], context.site, context.calendar, context.today)
    items = [one for view in views.get(project.id, []) for one in (*view.running, *view.planned, *view.done)]
    values = {
        "project": project,
        "items": [(one.entry.id, one.entry.spoken) for one in items],
        "categories": [(one.value, name) for one, name in CATEGORY_NAMES.items()],
        "longest": feedback_form.LONGEST,
        "officer": visit.tx.people.get(project.officer_id).name,
    }
    return Shown("feedback.html", "反馈问题", values)


def file(visit: Visit, code: str) -> tuple[Answer, str]:
    context = visit.context
    naming.project_called(context, code, Action.FILE_ISSUE)
    answers = _answers(visit)
    alike = None if answers["private"] else filing.alike_one(context, answers)
    if alike is not None and visit.form.raw("alone") != str(alike.no):
        raise Unclear(_same(alike), [(str(alike.no), clipped(alike.description, 60))], "alike")
    return _told(filing.file(context, answers))


def merge(visit: Visit, code: str) -> tuple[Answer, str]:
    """It is the one that is open already: both wordings are kept."""
    naming.project_called(visit.context, code, Action.FILE_ISSUE)
    answers = _answers(visit)
    alike = filing.alike_one(visit.context, answers)
    if alike is None:
        raise InvalidAnswer("没有找到相似的未答复问题，请直接提交。")
    return _told(filing.merge_into(visit.context, {**answers, "alike": alike.no}))


def _answers(visit: Visit) -> dict[str, Any]:
    description = feedback_form.checked(visit.form.words("text"))
    if description is None:
        raise InvalidAnswer("请用一两句话说明问题，至少6个字：哪个环节、遇到什么情况、希望怎么解决。")
    item = visit.form.raw("item")
    if item and item not in visit.context.site.catalogue.items:
        raise InvalidAnswer("没有这个事项，请重新选择。")
    given = visit.form.raw("category")
    category = Category(given) if given in set(Category) else guessed(description)
    answers: dict[str, Any] = {
        "description": description,
        "item": item or None,
        "department": None,
        "category": category.value,
    }
    return {**answers, "private": filing.about_a_person(visit.context, answers)}


def _same(alike: Issue) -> str:
    return f"和还没答复的问题{alike.no}相似，是同一件事吗？是的请点“并入问题{alike.no}”，不是的请点“不是同一件，单独提交”。"


def _told(filed: tuple[Issue, Answer]) -> tuple[Answer, str]:
    issue, answer = filed
    return answer, f"/m/issue/{issue.no}"


PAGE = PageKind("/feedback/<code>", show, {"file": file, "merge": merge})
