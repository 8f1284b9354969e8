"""Cards about an application: its draft for the applicant, its decision for the service officer."""

from __future__ import annotations

from bot.platform import Card, CardButton, CardField, CardKind
from bot.texts.phrases import clipped
from domain.case import SCOPE_NAMES, SERVICE_LEVEL_NAMES, Case
from domain.project import Project


def draft(owner: str, task_id: str, project_name: str, *, agreed: bool) -> Card:
    """`owner`: person and project of the dialog, as a card's key carries them."""
    first = (
        CardButton("提交", f"apply.submit:{owner}", 1)
        if agreed
        else CardButton("同意声明", f"apply.agree:{owner}", 1)
    )
    return Card(
        CardKind.BUTTONS,
        title="帮办代办申请（请确认）",
        desc=clipped(project_name, 26),
        task_id=task_id,
        body="声明已确认，核对无误请提交。" if agreed else "声明：所填真实有效；自愿委托，服务免费。",
        buttons=(first, CardButton("取消", f"apply.cancel:{owner}", 3)),
    )


def to_decide(case: Case, project: Project, enterprise: str, until: str, *, fits: bool) -> Card:
    return Card(
        CardKind.BUTTONS,
        page=f"/m/application/{case.no}",
        title=f"申请待受理：{case.no}",
        desc=clipped(project.name, 30),
        body="符合服务范围。" if fits else "暂不符合服务范围，请核定。",
        fields=(
            CardField("单位", clipped(enterprise, 26)),
            CardField("方式", f"{SERVICE_LEVEL_NAMES[case.level]}·{SCOPE_NAMES[case.scope]}"),
            CardField("答复期限", until),
        ),
        buttons=(
            CardButton("受理", f"case.accept:{case.id}", 1),
            CardButton("不予受理", f"case.refuse:{case.id}", 3, page=f"/m/application/{case.no}?do=refuse"),
        ),
        commands=(f"受理 {case.no}", f"不予受理 {case.no} 原因编号 说明"),
    )
