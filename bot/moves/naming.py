"""Which project an exact command means, and its words as they were typed."""

from __future__ import annotations

from bot.context import Context
from bot.understanding.understand import original_tail
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action
from domain.project import Project


def project_meant(context: Context, code: str = "") -> Project:
    """In a group its own; elsewhere the named one, the one talked of last, or the only one. Raises NotFound for one
    this person has no part in, as if it were not there."""
    sender = context.must_sender
    if context.message.in_group:
        return _here(context, code)
    project = context.tx.projects.by_code(code) if code else _own(context)
    if project is None or not (sender and context.standing_towards(project).roles):
        raise NotFound("project", code.upper())
    context.project = project
    context.forget_project()
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
