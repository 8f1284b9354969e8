"""Asking how things stand, and what is said when nobody answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.phrases import STATES, lines, short_day
from domain.items import ItemView
from domain.project import Project


def how_is_it_going(project: Project, officer: str) -> str:
    return (
        f"{project.name}：想了解贵单位最近的推进情况、需求和困难。有困难请直接发送“反馈问题 情况”，"
        f"一切正常请回复“{project.code} 正常”，其他事情请告诉服务专员{officer}。"
    )


def how_does_it_stand(project: Project, items: Sequence[ItemView]) -> str:
    first = items[0].entry.spoken
    return lines(
        f"{project.name}的下列事项有几天没有新消息，请告知进展：",
        *(f"- {_line(view)}" for view in items[:6]),
        f"例如回复：{project.code} {first} 审查中；{project.code} {first} 办结 文号。",
    )


def _line(view: ItemView) -> str:
    last = view.item.known_since
    since = f"，{short_day(last)}起" if last else ""
    return f"{view.entry.spoken}（{STATES[view.item.state]}{since}）"


def no_answer(project: Project, who: str, asked: date) -> str:
    return f"{project.name}：{short_day(asked)}向{who}询问情况，至今没有回音，请电话联系。"


def orphan(project: Project, heard: date) -> str:
    return (
        f"{project.name}（{project.code}）没有在办事项，{short_day(heard)}以来也没有新的记录，请核对办理计划并联系项目单位。"
        "办完了的请办理移交。"
    )
