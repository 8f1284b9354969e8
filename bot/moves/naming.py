"""What a command names: a project, a case, an officer, and words as they were typed. What is not theirs is not there."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.understanding.understand import original_tail
from domain.case import Case
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action, Person, Role
from domain.project import Project

LONGEST_NUMBER = 9  # digits of an id in a card's key


def project_meant(context: Context, code: str = "") -> Project:
    """The project a command is about becomes the talk's: in a group only its own; elsewhere the named one, the one
    talked of last, or the only one. Raises NotFound for one this person has no part in, as if it were not there."""
    if context.message.in_group:
        return _here(context, code)
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    project = context.tx.projects.by_code(code) if code else context.project or _own(context)
    if project is None or not context.standing_towards(project).may(Action.ASK):
        raise NotFound("project", code.upper())
    context.project = project
    context.forget_project()
    return project


def project_called(context: Context, code: str, action: Action) -> Project:
    """The same, for somebody who may do this there."""
    project = project_meant(context, code)
    context.must_be_allowed(action)
    return project


def _here(context: Context, code: str) -> Project:
    if context.project is None:
        raise InvalidAnswer("本群还没有绑定项目，请本项目的服务专员在群里发送：@代办助手 绑定 项目编号。")
    project = context.project
    if code and code.upper() not in (project.code, project.national_code):
        raise InvalidAnswer(
            f"本群只能办理{project.name}（{project.code}）的事项，其他项目请在该项目的工作群或与我的单聊里办理。"
        )
    return project


def _own(context: Context) -> Project | None:
    if context.recent.project_id:
        project = context.tx.projects.get(context.recent.project_id)
        if context.standing_towards(project).may(Action.ASK):
            return project
    own = context.tx.projects.of_person(context.must_sender.id)
    if len(own) > 1:
        listed = "、".join(f"{one.code}（{one.short_name}）" for one in own[:9])
        raise InvalidAnswer(f"请在命令后面写明项目编号。您的项目：{listed}。")
    return own[0] if own else None


def as_typed(context: Context, rest: str) -> str:
    """Commands are matched on normalised text; people's words are kept as they wrote them."""
    return original_tail(context.message.text, rest).strip()


def case_called(context: Context, no: str, action: Action) -> tuple[Case, Project]:
    """The case, its row held; the talk is about its project from now on."""
    case = context.tx.cases.by_no(no, lock=True)
    project = context.tx.projects.get(case.project_id) if case else None
    elsewhere = context.message.in_group and (context.project is None or context.project != project)
    if case is None or project is None or elsewhere or not context.standing_towards(project).roles:
        raise NotFound("application", "" if no == "-" else no.upper())
    context.project = project
    context.forget_project()
    context.must_be_allowed(action)
    return case, project


def service_officer(context: Context, name: str) -> Person:
    wanted = name.strip()
    found = [one for one in context.tx.people.with_role(Role.SERVICE_OFFICER) if one.name == wanted]
    if len(found) != 1:
        raise InvalidAnswer(
            f"没有找到叫“{wanted[:10]}”的服务专员，请核对姓名；未登记的请先由管理员导入人员名单。"
        )
    return found[0]


def number_of(arguments: Sequence[str], place: int) -> int:
    """An argument of a card's key as a number, 0 for what is none."""
    given = arguments[place] if place < len(arguments) else ""
    return int(given) if given.isdecimal() and len(given) <= LONGEST_NUMBER else 0
