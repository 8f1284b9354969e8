"""What changed in the catalogue: for the officers it concerns, and for everybody who asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.texts.phrases import clipped, lines, short_day
from domain.catalogue_changes import ItemChange
from domain.project import Project

MOST = 12


def concerns_you(own: Sequence[tuple[Project, set[str]]], found: Sequence[ItemChange]) -> str:
    """One message for all of an officer's projects."""
    touched = {item for _, items in own for item in items}
    told = [line(one) for one in found if one.item_id in touched]
    more = f"……等{len(told)}项，发送“目录变更”查看" if len(told) > MOST else ""
    names = {one.item_id: one.name for one in found}
    projects = [
        f"· {project.short_name}（{project.code}）：{'、'.join(names[one] for one in sorted(items))}"
        for project, items in own[:MOST]
    ]
    return lines(
        "**事项目录有调整**，涉及您负责的在办项目，请核对计划和材料：",
        *told[:MOST],
        more,
        "涉及项目：",
        *projects,
    )


def log(found: Sequence[tuple[datetime, ItemChange]], zone: tzinfo, caveat: str) -> str:
    if not found:
        return "事项目录自启用以来没有调整。"
    told = [
        f"{n}. {short_day(at.astimezone(zone).date())} {line(one)[2:]}"
        for n, (at, one) in enumerate(found, 1)
    ]
    return lines("**事项目录变更**（最近的在前）", *told, f"※ {caveat}")


def line(one: ItemChange) -> str:
    return f"· {one.name}：{clipped('；'.join(one.what), 90)}"
