"""问题分析 (R165): what was fed back in a period, by category, department and item, beside the period before, and what comes
back again from several projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import WorkCalendar
from domain.issues import Category, Issue, IssueStatus
from domain.periods import ONE_DAY, Period, months_from

AGAIN = 2  # projects with the same kind of problem at the same item


@dataclass(frozen=True)
class Line:
    """One category, department or item ("" where none is known). `before`: how many in the period before. `days`:
    working days until the answer was told, on average; None when none was told yet."""

    key: str
    count: int
    before: int
    solved: int
    late: int
    days: float | None


@dataclass(frozen=True)
class Again:
    """The same kind of problem at the same item, from several projects."""

    item: str
    category: Category
    projects: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Analysis:
    period: Period
    whole: Line
    open: int
    categories: tuple[Line, ...]
    departments: tuple[Line, ...]
    items: tuple[Line, ...]
    again: tuple[Again, ...]


def before(period: Period) -> Period:
    """As many whole months before; of other spans as many days."""
    months = next((n for n in (1, 3, 6, 12) if period == months_from(period.first.replace(day=1), n)), 0)
    last = period.first - ONE_DAY
    if not months:
        return Period(last - (period.last - period.first), last)
    first = last
    for _ in range(months):
        first = first.replace(day=1) - ONE_DAY
    return months_from(first + ONE_DAY, months)


def is_late(issue: Issue, now: datetime) -> bool:
    """Told after its day, or its day is over and nothing was told."""
    return issue.answer_by is not None and (issue.released_at or now) > issue.answer_by


def analyse(
    period: Period, issues: Sequence[Issue], earlier: Sequence[Issue], calendar: WorkCalendar, now: datetime
) -> Analysis:
    def lines(key: Callable[[Issue], str]) -> tuple[Line, ...]:
        keys = dict.fromkeys(key(one) for one in issues)
        found = [
            _line(
                one, [i for i in issues if key(i) == one], sum(key(i) == one for i in earlier), calendar, now
            )
            for one in keys
        ]
        return tuple(sorted(found, key=lambda line: (-line.count, line.key == "", line.key)))

    return Analysis(
        period,
        _line("", issues, len(earlier), calendar, now),
        sum(one.is_open and one.released_at is None for one in issues),
        lines(lambda one: str(one.category)),
        lines(lambda one: one.department or ""),
        lines(lambda one: one.item_id or ""),
        _again(issues),
    )


def _line(
    key: str, issues: Sequence[Issue], earlier: int, calendar: WorkCalendar, now: datetime
) -> Line:  # fmt: skip
    def day(at: datetime) -> date:
        return at.astimezone(calendar.zone).date()

    told = [
        calendar.working_days_between(day(one.raised_at), day(one.released_at))
        for one in issues
        if one.released_at is not None
    ]
    solved = sum(one.status is IssueStatus.CLOSED for one in issues)
    late = sum(is_late(one, now) for one in issues)
    return Line(key, len(issues), earlier, solved, late, sum(told) / len(told) if told else None)


def _again(issues: Sequence[Issue]) -> tuple[Again, ...]:
    groups: dict[tuple[str, Category], list[Issue]] = {}
    for one in issues:
        if one.item_id:
            groups.setdefault((one.item_id, one.category), []).append(one)
    found = [
        Again(item, category, len({one.project_id for one in held}), tuple(one.no for one in held))
        for (item, category), held in groups.items()
    ]
    return tuple(sorted((one for one in found if one.projects >= AGAIN), key=lambda one: -one.projects))
