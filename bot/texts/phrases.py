"""Small words used everywhere: days, instants, lamps, limits."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from domain.catalogue import Limit, LimitUnit
from domain.deadlines import Lamp
from domain.items import Clock, ItemState

WEEKDAYS = "一二三四五六日"
LAMPS = {Lamp.GREEN: "🟢", Lamp.YELLOW: "🟡", Lamp.RED: "🔴", Lamp.NONE: "⚪"}
STATES: dict[ItemState, str] = {
    ItemState.PLANNED: "待申报",
    ItemState.SUBMITTED: "已提交",
    ItemState.RECEIVED: "已收件",
    ItemState.ACCEPTED: "已受理",
    ItemState.CORRECTION: "待补正",
    ItemState.CORRECTION_DONE: "已补正",
    ItemState.IN_REVIEW: "审查中",
    ItemState.SPECIAL: "特别程序中",
    ItemState.SPECIAL_DONE: "特别程序已结束",
    ItemState.COMPLETED: "已办结",
    ItemState.REJECTED: "不予许可",
    ItemState.WITHDRAWN: "已撤件",
    ItemState.NOT_ACCEPTED: "不予受理",
    ItemState.REVOKED: "结果已撤销",
}


def day(value: date) -> str:
    """9月17日（周四）"""
    return f"{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def short_day(value: date) -> str:
    return f"{value.month}月{value.day}日"


def moment(instant: datetime, zone: tzinfo) -> str:
    """9月17日（周四）17:30, the office's time."""
    local = instant.astimezone(zone)
    return f"{day(local.date())}{local:%H:%M}"


def provisional(flag: bool) -> str:  # noqa: FBT001
    return "（暂按周一至周五推算，待国务院办公厅公布放假安排后更新）" if flag else ""


def unit(limit: Limit) -> str:
    return _UNITS[limit.unit]


_UNITS = {LimitUnit.WORKING: "工作日", LimitUnit.CALENDAR: "日", LimitUnit.MONTH: "月"}


def used_and_left(clock: Clock) -> str:
    return counted(clock.used, clock.left, clock.limit.unit)


def counted(used: int, left: int, kind: LimitUnit) -> str:
    """已用2个工作日，还剩1个工作日 / 超期3个工作日"""
    name = _UNITS[kind]
    per = "" if name == "日" else "个"
    if left < 0:
        return f"已用{used}{per}{name}，超期{-left}{per}{name}"
    if left == 0:
        return f"已用{used}{per}{name}，时限已到"
    return f"已用{used}{per}{name}，还剩{left}{per}{name}"


def lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def numbered(choices: list[str]) -> str:
    return "\n".join(f"{n}. {choice}" for n, choice in enumerate(choices, 1))


def clipped(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
