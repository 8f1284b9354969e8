"""帮办代办首席服务申请表 (F1) on one page: the draft of the talk, filled in by whoever would rather see all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.context import Answer, words
from bot.dialogs import application
from bot.moves import applying, naming
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from domain.application import Application, asked, plain
from domain.case import ContactChannel
from domain.errors import InvalidAnswer, NotAllowed, NotFound
from domain.forms import FieldSpec, FieldType
from domain.people import ENTERPRISE, OFFICERS, Action
from domain.project import Project

NEW = "new"
_KINDS = {
    FieldType.NUMBER: "number",
    FieldType.DATE: "date",
    FieldType.PHONE: "tel",
    FieldType.LONG_TEXT: "long",
    FieldType.CHOICE: "choice",
    FieldType.MULTI_CHOICE: "many",
}


def _project(visit: Visit, code: str) -> Project | None:
    """A project of one's own, or a new one for somebody who was invited (R052)."""
    context = visit.context
    if visit.person.roles & OFFICERS:
        raise InvalidAnswer("为项目单位登记申请，请在单聊里发送“窗口申请”或“电话申请”。")
    if code == NEW:
        own = any(
            visit.tx.people.project_roles(visit.person.id, one.id) & ENTERPRISE
            for one in visit.tx.projects.of_person(visit.person.id)
        )
        if not own and not visit.tx.invitations.redeemed_by(visit.person.id):
            raise NotAllowed(Action.APPLY, context.whom_to_ask)
        return None
    project = naming.project_meant(context, code)
    if not visit.tx.people.project_roles(visit.person.id, project.id) & ENTERPRISE:
        raise NotFound("project", project.code)
    return project


def show(visit: Visit, code: str) -> Shown:
    project = _project(visit, code)
    if project is not None:
        applying.must_be_free(visit.work, project)
    dialog = application.opened(visit.context, project, ContactChannel.CHAT)
    answers: Mapping[str, Any] = dialog.answers
    form = visit.context.site.forms["F1"]
    kept = Application(answers["values"], frozenset(answers["later"]), bool(answers["agreed"]))
    missing = kept.missing(form)
    values = {
        "project": project,
        "code": code,
        "sections": _sections(asked(form), kept, {one.key for one in missing}),
        "missing": [plain(one.label) for one in missing],
        "agreed": kept.agreed,
        "may_follow": visit.context.site.intake.may_follow,
        "later": kept.later,
    }
    return Shown("application.html", form.title, values)


def _sections(
    fields: list[FieldSpec], kept: Application, missing: set[str]
) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in fields:
        value = str(kept.values.get(one.key, "") or "")
        line = {
            "key": one.key,
            "label": one.label,
            "kind": _KINDS.get(one.type, "text"),
            "options": one.options,
            "value": value,
            "chosen": value.split("、"),
            "when": one.when,
            "missing": one.key in missing,
        }
        found.setdefault(one.section, []).append(line)
    return list(found.items())


# ---------------------------------------------------------------- what the buttons do


def save(visit: Visit, code: str) -> Answer:
    """Kept as far as it goes; what cannot be taken is named."""
    _, problems = _kept(visit, code)
    if problems:
        return words("其余已暂存，请核对：\n" + "\n".join(problems))
    return words("已暂存。7天内可在网页或聊天里接着填。")


def submit(visit: Visit, code: str) -> tuple[Answer, str]:
    """Both statements are the applicant's own word (R011): ticked here, or agreed to before."""
    dialog, problems = _kept(visit, code)
    if problems:
        raise InvalidAnswer("没有提交，请核对：" + "".join(problems))
    if not dialog.answers["agreed"] and not visit.form.raw("agreed"):
        raise InvalidAnswer("没有提交：请先勾选真实性承诺和自愿委托声明。")
    application.agree(visit.context, dialog)
    agreed = application.opened(visit.context, _of(visit, dialog.project_id), ContactChannel.CHAT)
    answer = application.submit(visit.context, agreed)
    project_id = answer.recent.project_id if answer.recent else None
    to = f"/m/project/{visit.tx.projects.get(project_id).code}" if project_id else "/m/"
    return answer, to


def _kept(visit: Visit, code: str) -> tuple[Any, list[str]]:
    project = _project(visit, code)
    if project is not None:
        applying.must_be_free(visit.work, project)
    dialog = application.opened(visit.context, project, ContactChannel.CHAT)
    form = visit.form
    given = {
        one.key: form.raw(one.key) if one.type is FieldType.PHONE else form.words(one.key)
        for one in asked(visit.context.site.forms["F1"])
        if one.key in form.values or one.type is FieldType.MULTI_CHOICE
    }
    kept, problems, _ = application.filled(visit.context, dialog, given)
    return kept, problems


def _of(visit: Visit, project_id: int) -> Project | None:
    return visit.tx.projects.get(project_id) if project_id else None


PAGE = PageKind("/apply/<code>", show, {"save": save, "submit": submit})
