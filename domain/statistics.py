"""Counting: what a week brought. Figures only; every one can be traced to the rows it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar
from domain.deadlines import Lamp
from domain.issues import Issue, IssueStatus
from domain.items import ENDED, ItemState, ItemView
from domain.materials import Material


@dataclass(frozen=True)
class Week:
    """An ISO week by its Monday, its last working day, and when its summary is posted (aware)."""

    monday: date
    last_day: date
    posted: datetime

    @property
    def name(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def has(self, day: date | None) -> bool:
        return day is not None and self.monday <= day < self.monday + timedelta(days=7)


@dataclass(frozen=True)
class Summary:
    """One project's week. `due_next`: running items whose day falls into the next week."""

    week: Week
    total: int
    done: int
    finished: tuple[ItemView, ...]
    moved: tuple[ItemView, ...]
    running: tuple[ItemView, ...]
    waiting: tuple[ItemView, ...]
    due_next: tuple[ItemView, ...]
    next_planned: tuple[ItemView, ...]
    missing: tuple[tuple[ItemView, tuple[Material, ...]], ...]
    issues_new: int
    issues_solved: int
    issues_open: tuple[Issue, ...]

    @property
    def quiet(self) -> bool:
        """Nothing changed this week."""
        return not (self.finished or self.moved or self.issues_new or self.issues_solved)


def summarise(
    week: Week,
    items: Sequence[ItemView],
    issues: Sequence[Issue],
    materials: Mapping[int, Sequence[Material]],
    calendar: WorkCalendar,
) -> Summary:
    running = tuple(v for v in items if v.item.state not in ENDED | {ItemState.PLANNED})
    planned = tuple(v for v in items if v.item.state is ItemState.PLANNED)
    following = replace(week, monday=week.monday + timedelta(days=7))
    wanted = [
        (v, tuple(m for m in materials.get(v.item.id, ()) if m.wanted)) for v in (*running, *planned[:1])
    ]
    return Summary(
        week=week,
        total=len(items),
        done=sum(v.item.state in ENDED for v in items),
        finished=tuple(v for v in items if week.has(v.item.ended_on)),
        moved=tuple(v for v in running if week.has(v.item.known_since)),
        running=tuple(sorted(running, key=_urgency)),
        waiting=tuple(v for v in running if v.item.state is ItemState.CORRECTION),
        due_next=tuple(v for v in running if v.clock and following.has(v.clock.due)),
        next_planned=planned[:2],
        missing=tuple((v, short) for v, short in wanted if short),
        issues_new=sum(week.has(_day(i, calendar)) for i in issues),
        issues_solved=sum(_solved_in(week, i, calendar) for i in issues),
        issues_open=tuple(i for i in issues if i.is_open),
    )


_ORDER = {Lamp.RED: 0, Lamp.YELLOW: 1, Lamp.GREEN: 2, Lamp.NONE: 3}


def _urgency(view: ItemView) -> tuple[int, int]:
    return _ORDER[view.lamp], view.clock.left if view.clock else 9999


def _day(issue: Issue, calendar: WorkCalendar) -> date:
    return issue.raised_at.astimezone(calendar.zone).date()


def _solved_in(week: Week, issue: Issue, calendar: WorkCalendar) -> bool:
    told = issue.released_at
    return (
        issue.status is IssueStatus.CLOSED
        and told is not None
        and week.has(told.astimezone(calendar.zone).date())
    )
