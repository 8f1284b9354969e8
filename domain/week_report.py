"""What a project's week brought, as one typed value taken from one snapshot: text, picture and board are three ways to
show it, so that they never differ. Plain words and figures only: it can be kept and read back as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar import WorkCalendar
from domain.catalogue import LimitUnit
from domain.deadlines import Lamp
from domain.issues import Issue, IssueStatus
from domain.items import ENDED, NOT_RUNNING, ItemState, ItemView
from domain.materials import Material
from domain.project import Project
from domain.weeks import Week


@dataclass(frozen=True)
class Running:
    """An item under way. `used` and `left`: days of `unit`, none while no limit is known; `elsewhere`: counted by
    another city's promise."""

    name: str
    department: str
    state: ItemState
    lamp: Lamp
    used: int | None = None
    left: int | None = None
    unit: LimitUnit = LimitUnit.WORKING
    due: date | None = None
    elsewhere: bool = False
    paused: bool = False
    moved: bool = False


@dataclass(frozen=True)
class WeekReport:
    """One project's week as of `at`. `missing`: item and number of materials; `waiting`: items the enterprise has to
    put right; `line`: the officer's own words; `correction`: what a later version puts right."""

    project_id: int
    project: str
    short_name: str
    code: str
    week: str
    first: date
    last: date
    at: datetime
    total: int
    done: int
    finished: tuple[str, ...]
    running: tuple[Running, ...]
    waiting: tuple[str, ...]
    due_next: tuple[tuple[str, date], ...]
    next_planned: tuple[str, ...]
    missing: tuple[tuple[str, int], ...]
    issues_new: int
    issues_solved: int
    issues_open: tuple[int, ...]
    line: str = ""
    version: int = 1
    correction: str = ""

    @property
    def quiet(self) -> bool:
        """Nothing changed this week."""
        moved = any(one.moved for one in self.running)
        return not (self.finished or moved or self.issues_new or self.issues_solved)

    def lit(self, lamp: Lamp) -> int:
        return sum(one.lamp is lamp for one in self.running)


@dataclass(frozen=True)
class Found:
    """What was read of one project, in one snapshot; materials by their item."""

    items: Sequence[ItemView]
    issues: Sequence[Issue]
    materials: Mapping[int, Sequence[Material]]


def report(
    project: Project, week: Week, found: Found, departments: Mapping[str, str], calendar: WorkCalendar, at: datetime
) -> WeekReport:  # fmt: skip
    """`departments`: key -> everyday name; `at`: when the rows were read."""
    items, issues, materials = found.items, found.issues, found.materials
    running = [v for v in items if v.item.state not in NOT_RUNNING]
    planned = [v for v in items if v.item.state is ItemState.PLANNED]
    following = replace(week, monday=week.monday + timedelta(days=7))
    short = [(v, sum(m.wanted for m in materials.get(v.item.id, ()))) for v in (*running, *planned[:1])]
    return WeekReport(
        project.id, project.name, project.short_name, project.code, week.name, week.monday, week.last_day,
        at.astimezone(calendar.zone),
        total=len(items),
        done=sum(v.item.state in ENDED for v in items),
        finished=tuple(v.entry.spoken for v in items if week.has(v.item.ended_on)),
        running=tuple(_running(v, week, departments) for v in sorted(running, key=_urgency)),
        waiting=tuple(v.entry.spoken for v in running if v.item.state is ItemState.CORRECTION),
        due_next=tuple((v.entry.spoken, v.clock.due) for v in running if v.clock and following.has(v.clock.due)),
        next_planned=tuple(v.entry.spoken for v in planned[:2]),
        missing=tuple((v.entry.spoken, count) for v, count in short if count),
        issues_new=sum(week.has(i.raised_at.astimezone(calendar.zone).date()) for i in issues),
        issues_solved=sum(_solved_in(week, i, calendar) for i in issues),
        issues_open=tuple(i.no for i in issues if i.is_open),
    )  # fmt: skip


_ORDER = {Lamp.RED: 0, Lamp.YELLOW: 1, Lamp.GREEN: 2, Lamp.NONE: 3}


def _urgency(view: ItemView) -> tuple[int, int]:
    return _ORDER[view.lamp], view.clock.left if view.clock else 9999


def _running(view: ItemView, week: Week, departments: Mapping[str, str]) -> Running:
    clock = view.clock
    told = Running(
        view.entry.spoken, departments[view.entry.lead], view.item.state, view.lamp,
        paused=view.item.paused, moved=week.has(view.item.known_since),
    )  # fmt: skip
    if clock is None:
        return told
    elsewhere = bool(view.promised and view.promised.limit.scope)
    return replace(
        told, used=clock.used, left=clock.left, unit=clock.limit.unit, due=clock.due, elsewhere=elsewhere
    )


def _solved_in(week: Week, issue: Issue, calendar: WorkCalendar) -> bool:
    told = issue.released_at
    return (
        issue.status is IssueStatus.CLOSED
        and told is not None
        and week.has(told.astimezone(calendar.zone).date())
    )


# ---------------------------------------------------------------- kept, and read back as it was

_PLAIN = (
    "project_id", "project", "short_name", "code", "week", "total", "done", "issues_new", "issues_solved", "line",
    "version", "correction",
)  # fmt: skip
_LISTS = ("finished", "waiting", "next_planned", "issues_open")


def to_record(told: WeekReport) -> dict[str, Any]:
    """Ready for JSON."""
    return {name: getattr(told, name) for name in _PLAIN} | {
        **{name: list(getattr(told, name)) for name in _LISTS},
        "first": told.first.isoformat(),
        "last": told.last.isoformat(),
        "at": told.at.isoformat(),
        "missing": [list(one) for one in told.missing],
        "due_next": [[name, day.isoformat()] for name, day in told.due_next],
        "running": [
            [
                one.name, one.department, one.state.value, one.lamp.value, one.used, one.left, one.unit.value,
                one.due.isoformat() if one.due else None, one.elsewhere, one.paused, one.moved,
            ]
            for one in told.running
        ],
    }  # fmt: skip


def from_record(kept: Mapping[str, Any]) -> WeekReport:
    day = date.fromisoformat
    running = tuple(
        Running(
            name, department, ItemState(state), Lamp(lamp), used, left, LimitUnit(unit), day(due) if due else None,
            *flags,
        )
        for name, department, state, lamp, used, left, unit, due, *flags in kept["running"]
    )  # fmt: skip
    return WeekReport(
        **{name: kept[name] for name in _PLAIN} | {name: tuple(kept[name]) for name in _LISTS},
        first=day(kept["first"]),
        last=day(kept["last"]),
        at=datetime.fromisoformat(kept["at"]),
        missing=tuple((name, count) for name, count in kept["missing"]),
        due_next=tuple((name, day(due)) for name, due in kept["due_next"]),
        running=running,
    )
