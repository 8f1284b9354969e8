"""The weekly summary as the work group reads it: within the platform's 2048 bytes, one line when nothing changed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.phrases import LAMPS, STATES, clipped, counted, lines, short_day
from domain.deadlines import Lamp
from domain.week_report import Running, WeekReport

MOST_BYTES = 1850  # the platform takes 2048; passed on by hand it gets a line before it
LONGEST_LINE = 120  # of the officer's own words
NOT_ENTERED = "办理计划还没有录入，由服务专员与项目单位商定后按项跟进。"


def weekly(told: WeekReport) -> str:
    for most in (5, 3, 2, 1):
        text = _whole(told, most)
        if len(text.encode()) <= MOST_BYTES:
            return text
    return lines(head(told), count(told), foot(told))


def head(told: WeekReport) -> str:
    corrected = "·更正" if told.version > 1 else ""
    return f"**【本周小结{corrected}】{clipped(told.project, 30)}**（{span(told)}）"


def span(told: WeekReport) -> str:
    return f"{short_day(told.first)}—{short_day(told.last)}"


def count(told: WeekReport) -> str:
    return f"共{told.total}项：已办结{told.done}项，在办{len(told.running)}项。"


def _whole(told: WeekReport, most: int) -> str:
    if told.total == 0:
        return lines(f"{head(told)}{NOT_ENTERED}", *own_words(told))
    if told.quiet:
        short = f"{head(told)}本周无新进展。{count(told)}{_standing(told)}@代办助手 发送“进度”看详情。"
        return lines(short, *own_words(told))
    return lines(head(told), *own_words(told), count(told), *_blocks(told, most), foot(told))


def own_words(told: WeekReport) -> list[str]:
    return [
        f"更正说明：{told.correction}（以本条为准）" if told.correction else "",
        f"服务专员：{told.line}" if told.line else "",
    ]


def _standing(told: WeekReport) -> str:
    """What must not be forgotten in a quiet week, in half a line."""
    red, yellow = told.lit(Lamp.RED), told.lit(Lamp.YELLOW)
    found = [
        f"🔴超期{red}项" if red else "",
        f"🟡临期{yellow}项" if yellow else "",
        f"待项目单位补正{len(told.waiting)}项" if told.waiting else "",
        f"未了结问题{len(told.issues_open)}个" if told.issues_open else "",
    ]
    listed = "，".join(one for one in found if one)
    return f"{listed}。" if listed else ""


def _blocks(told: WeekReport, most: int) -> list[str]:
    return [
        listed("本周办结", told.finished, most),
        *[f"{LAMPS[one.lamp]} {running(one)}" for one in told.running[:most]],
        _more(len(told.running) - most),
        listed("等项目单位补正", told.waiting, most),
        listed("待交材料", missing(told), most),
        listed("下周到期", due_next(told), most),
        listed("接下来申报", told.next_planned, most),
        issues(told),
    ]


def running(one: Running) -> str:
    tail = days(one)
    return f"{one.name}（{one.department}）{STATES[one.state]}{f'，{tail}' if tail else ''}"


def days(one: Running) -> str:
    """Counted by another city's promise: marked as such."""
    if one.paused:
        return "计时暂停"
    if one.used is None or one.left is None:
        return ""
    return f"{counted(one.used, one.left, one.unit)}{'（外地参考时限）' if one.elsewhere else ''}"


def _more(n: int) -> str:
    return f"……另有{n}项在办" if n > 0 else ""


def listed(name: str, words: Sequence[str], most: int) -> str:
    if not words:
        return ""
    more = f"等{len(words)}项" if len(words) > most else ""
    return f"{name}：{'、'.join(words[:most])}{more}"


def due_next(told: WeekReport) -> list[str]:
    return [f"{name}（{short_day(day)}）" for name, day in told.due_next]


def missing(told: WeekReport) -> list[str]:
    return [f"{name}{number}份" for name, number in told.missing]


def issues(told: WeekReport) -> str:
    still = len(told.issues_open)
    if not (still or told.issues_new or told.issues_solved):
        return ""
    numbers = "、".join(f"问题{no}" for no in told.issues_open[:5])
    tail = f"（{numbers}）" if numbers else ""
    return f"问题反馈：本周新增{told.issues_new}个、解决{told.issues_solved}个，未了结{still}个{tail}"


def foot(told: WeekReport) -> str:
    return f"※ {as_of(told)}；@代办助手 发送“进度”看详情。"


def as_of(told: WeekReport) -> str:
    return f"数据截至{short_day(told.at.date())}{told.at:%H:%M}"
