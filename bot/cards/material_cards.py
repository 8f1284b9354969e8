"""Cards about a file that was handed in for a material, and about an item handed to a representative."""

from __future__ import annotations

from bot.platform import Card, CardButton, CardField, CardKind
from bot.texts.phrases import clipped
from domain.catalogue import CatalogueItem
from domain.materials import Material
from domain.project import Project


def to_review(material: Material, entry: CatalogueItem, project: Project, sender: str, number: int) -> Card:
    return Card(
        CardKind.BUTTONS,
        page=f"/m/material/{material.id}",
        title=clipped(f"材料待审核：{entry.spoken}", 26),
        desc=clipped(project.name, 30),
        body=clipped(material.name, 110),
        fields=(CardField("提交人", sender), CardField("版本", f"第{number}版")),
        buttons=(
            CardButton("通过", f"mat.ok:{material.id}:{number}", 1),
            CardButton(
                "退回", f"mat.back:{material.id}:{number}", 3, page=f"/m/material/{material.id}?do=return"
            ),
        ),
        commands=(
            f"通过 {project.code} {entry.spoken} {material.name}",
            f"退回材料 {project.code} {entry.spoken} {material.name} 原因",
        ),
    )


def to_follow(
    item_id: int, entry: CatalogueItem, project: Project, handed_by: str, no: str, task_id: str = ""
) -> Card:
    """For the representative: the item was handed over; how it goes on, with one thumb."""
    return Card(
        CardKind.BUTTONS,
        page=f"/m/item/{item_id}",
        title=clipped(f"已提交：{entry.spoken}", 26),
        desc=clipped(project.name, 30),
        task_id=task_id,
        fields=(CardField("交件人", handed_by), CardField("交接清单", no)),
        buttons=(
            CardButton("已收件", f"item.go:{item_id}:received", 2),
            CardButton("已受理", f"item.go:{item_id}:accepted", 1),
            CardButton(
                "补正",
                f"item.ask:{item_id}:correction",
                3,
                page=f"/m/item/{item_id}?do=update&state=correction",
            ),
            CardButton(
                "办结",
                f"item.ask:{item_id}:completed",
                2,
                page=f"/m/item/{item_id}?do=update&state=completed",
            ),
        ),
        commands=(
            f"{project.code} {entry.spoken} 受理",
            f"{project.code} {entry.spoken} 补正：内容",
            f"{project.code} {entry.spoken} 办结 文号",
        ),
    )
