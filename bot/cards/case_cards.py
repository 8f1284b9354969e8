"""Cards about a case: the enterprise's wish to suspend, the confirmation of a resumption, the invitation to rate."""

from __future__ import annotations

from bot.platform import Card, CardButton, CardKind
from bot.texts.phrases import clipped
from domain.project import Project
from domain.ratings import GRADE_NAMES
from domain.suspension import Suspension


def wish(one: Suspension, project: Project, who: str) -> Card:
    return Card(
        CardKind.BUTTONS,
        title=f"项目单位申请{one.name}",
        desc=clipped(project.name, 30),
        quote=clipped(one.explanation, 110),
        body=f"申请人：{who}。同意后立即出具{one.name}告知书。",
        buttons=(
            CardButton(f"同意{one.name}", f"suspension.agree:{one.id}", 1),
            CardButton("联系项目单位", f"suspension.talk:{one.id}", 2),
        ),
        commands=(f"同意{one.name} {project.code}",),
    )


def to_resume(one: Suspension, project: Project, who: str) -> Card:
    return Card(
        CardKind.BUTTONS,
        title="恢复服务：请确认",
        desc=clipped(project.name, 30),
        quote=clipped(one.cause_removed, 110),
        body=f"{who}提出恢复。双方确认后签署续办委托书。",
        buttons=(CardButton("确认恢复", f"suspension.resume:{one.id}", 1),),
        commands=(f"确认恢复 {project.code}", f"不同意恢复 {project.code} 原因"),
    )


def to_rate(case_id: int, project: Project, officer: str) -> Card:
    """An anonymous or worded one is typed."""
    return Card(
        CardKind.BUTTONS,
        page=f"/m/rating/{project.code}",
        title="请评价帮办代办服务",
        desc=clipped(project.name, 30),
        body=f"服务专员：{officer}。一事一评；匿名请在单聊发送“匿名评价 5 意见”。",
        buttons=tuple(CardButton(name, f"rate:{case_id}:{grade}", 2) for grade, name in GRADE_NAMES.items()),
        commands=(f"评价 {project.code} 5 意见（5 非常满意 … 1 非常不满意）",),
    )
