"""The supervisor's digest, daily in ten lines, and of a week or month by department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.texts.phrases import LAMPS, STATES, clipped, day, lines, short_day
from domain.catalogue import LimitUnit
from domain.digest import Digest, Pressing, Score
from domain.issues import IssueStatus
from domain.items import ItemState
from domain.periods import Period

MOST_DEPARTMENTS, MOST_OBSTACLES = 6, 3


def daily(found: Digest, levels: Mapping[int, str], how: str) -> str:
    head = (
        f"**{day(found.day)}督办简报**：在办项目{found.projects}个，超期{found.red}项，临期{found.yellow}项，"
        f"逾期未答复问题{found.overdue}个"
    )
    if found.empty:
        return f"{head}。目前没有需要督办的事项。"
    return lines(head, *(_line(one, levels) for one in found.lines), how)


def _line(one: Pressing, levels: Mapping[int, str]) -> str:
    what = f"{LAMPS[one.lamp]} {one.project}·{one.step}（{one.department}）{_days(one)}"
    return f"{what}；{_done(one, levels)}"


def _days(one: Pressing) -> str:
    unit = "日" if one.unit is LimitUnit.CALENDAR else "个工作日"
    if one.left is None:
        return ""
    return f"超期{-one.left}{unit}" if one.left < 0 else f"还剩{one.left}{unit}" if one.left else "今天到期"


def _done(one: Pressing, levels: Mapping[int, str]) -> str:
    """What happened last: who was told of a late answer, or how the item stands and since when."""
    if isinstance(one.state, ItemState):
        since = f"{short_day(one.since)}" if one.since else ""
        return f"{since}{STATES[one.state]}"
    told = levels.get(one.told_level)
    return f"已{told}" if told else _WAITS[one.state]


_WAITS = {IssueStatus.ASSIGNED: "部门尚未接办", IssueStatus.ACCEPTED: "已接办，尚未答复"}


def period(name: str, span: Period, counts: str, scores: Sequence[Score], hard: Sequence[str]) -> str:
    head = f"**督办{name}**（{short_day(span.first)}—{short_day(span.last)}）"
    more = f"……其余{len(scores) - MOST_DEPARTMENTS}个部门见统计表" if len(scores) > MOST_DEPARTMENTS else ""
    obstacles = f"跨项目难点：{'；'.join(hard[:MOST_OBSTACLES])}" if hard else ""
    return lines(head, counts, *map(_score, scores[:MOST_DEPARTMENTS]), more, obstacles)


def _score(one: Score) -> str:
    parts = [
        f"问题{one.problems}个{f'（逾期{one.late}个）' if one.late else ''}" if one.problems else "",
        f"办结{one.finished}项（按时{one.in_time}项）" if one.finished else "",
    ]
    mark = "🔴" if one.missed else "🟢"
    return f"{mark} {one.department}：{'，'.join(part for part in parts if part)}"


def counts(projects: int, raised: int, closed: int, late: int) -> str:
    return f"在办项目{projects}个；新增问题{raised}个，其中已了结{closed}个、逾期{late}个"


def obstacle(item: str, department: str, problems: int, projects: int) -> str:
    return f"{clipped(item, 14)}（{department}）{projects}个项目反映{problems}次"


def act_on(commands: Sequence[str]) -> str:
    return f"可直接回复：{'；'.join(commands)}" if commands else ""
