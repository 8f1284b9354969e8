"""首席服务统计表 (F4, R093): counted, never typed. Every figure knows the rows it was counted from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.calendar import WorkCalendar
from domain.case import Case, CaseStatus, ContactChannel, ServiceType
from domain.issues import Issue, IssueLevel, IssueStatus
from domain.items import ENDED, ItemState, ItemView
from domain.ledger import LogEntry
from domain.periods import Period
from domain.project import Project

# What an item must not have met to count as done in one go (R082).
_SENT_BACK = frozenset(
    {ItemState.CORRECTION, ItemState.NOT_ACCEPTED, ItemState.REJECTED, ItemState.WITHDRAWN}
)
_HANDED_IN = frozenset({ItemState.SUBMITTED, ItemState.RECEIVED, ItemState.ACCEPTED})
# Accepted and then withdrawn or refused: nothing was served.
_NEVER_SERVED = frozenset({CaseStatus.APPLIED, CaseStatus.REFUSED, CaseStatus.WITHDRAWN})
SATISFIED = 3  # 基本满意 and better


@dataclass(frozen=True)
class Figure:
    """`value`: None where there is nothing to count from. `rows`: of what it was counted: "case:3", "item:12" …"""

    value: float | None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServedCase:
    """A case with what stands in its line."""

    case: Case
    project: Project
    enterprise: str = field(repr=False)
    officer: str = field(repr=False)
    items: tuple[ItemView, ...]

    @property
    def row(self) -> str:
        return f"case:{self.case.id}"


@dataclass(frozen=True)
class Grade:
    """A rating: 5 非常满意 … 1 非常不满意."""

    id: int
    case_id: int
    grade: int
    day: date

    @property
    def row(self) -> str:
        return f"rating:{self.id}"


@dataclass(frozen=True)
class CaseLine:
    """A line of the list of projects, as things stand today."""

    served: ServedCase
    stage: str
    done: Figure
    running: Figure
    planned: Figure
    problems: Figure


@dataclass(frozen=True)
class ServiceStatistics:
    """`rates` are shares between 0 and 1."""

    period: Period
    cases_open: Figure
    cases_new: Figure
    cases_closed: Figure
    cases_suspended: Figure
    services: Mapping[ServiceType, Figure]
    items_total: Figure
    items_completed: Figure
    items_on_time: Figure
    on_time_rate: Figure
    average_days: Figure
    first_time_rate: Figure
    returned_rate: Figure
    issues: Mapping[IssueLevel, tuple[Figure, Figure]]
    meetings: Figure
    visits: Figure
    satisfaction: Figure
    lines: tuple[CaseLine, ...]


@dataclass(frozen=True)
class Counted:
    """Everything the figures are counted from; more than the period needs does no harm. `meetings`: numbers of the
    minutes written in the period."""

    cases: Sequence[ServedCase]
    issues: Sequence[Issue]
    entries: Sequence[LogEntry]
    grades: Sequence[Grade] = ()
    meetings: Sequence[str] = ()


def count(period: Period, counted: Counted, calendar: WorkCalendar) -> ServiceStatistics:
    served = [
        one for one in counted.cases if one.case.status not in _NEVER_SERVED and _in_hand(one.case, period)
    ]
    items = [view for one in served for view in one.items]
    done = [v for v in items if v.item.state is ItemState.COMPLETED and period.has(v.item.ended_on)]
    timed = [view for view in done if view.clock]
    on_time = [view for view in timed if view.clock and view.clock.left >= 0]
    handed_in = [v for v in items if any(e.state in _HANDED_IN and period.has(e.day) for e in v.item.events)]
    open_ = [one for one in served if _open_at(one.case, period.last)]
    issues = [i for i in counted.issues if period.has(i.raised_at.astimezone(calendar.zone).date())]
    entries = [e for e in counted.entries if period.has(e.at.astimezone(calendar.zone).date())]
    grades = [grade for grade in counted.grades if period.has(grade.day)]
    return ServiceStatistics(
        period=period,
        cases_open=_number(open_),
        cases_new=_number([one for one in served if period.has(one.case.accepted_on)]),
        cases_closed=_number(
            [s for s in served if s.case.status is CaseStatus.CLOSED and period.has(s.case.closed_on)]
        ),
        cases_suspended=_number([one for one in open_ if one.case.status is CaseStatus.SUSPENDED]),
        services={kind: _entries(e for e in entries if e.service_type is kind) for kind in ServiceType},
        items_total=_items(items),
        items_completed=_items(done),
        items_on_time=_items(on_time),
        on_time_rate=_share(on_time, timed, _item_row),
        average_days=_average(done, calendar),
        first_time_rate=_share([view for view in done if not _met(view, _SENT_BACK)], done, _item_row),
        returned_rate=_share(
            [view for view in handed_in if _met(view, {ItemState.NOT_ACCEPTED}, period)], handed_in, _item_row
        ),
        issues={level: _of_level(issues, level) for level in IssueLevel},
        meetings=Figure(len(counted.meetings), tuple(counted.meetings)),
        visits=_entries(e for e in entries if e.channel is ContactChannel.VISIT),
        satisfaction=_share([g for g in grades if g.grade >= SATISFIED], grades, lambda grade: grade.row),
        lines=tuple(_line(one, counted.issues) for one in served),
    )


def used_days(view: ItemView, calendar: WorkCalendar) -> int | None:
    """Working days from acceptance to the end, without those on which the clock stood still."""
    start, end = view.item.accepted_on, view.item.ended_on
    if start is None or end is None:
        return None
    still = sum(calendar.is_working_day(day) for day in view.item.paused_days(end))
    return max(0, calendar.working_days_between(start, end) - still)


def _in_hand(case: Case, period: Period) -> bool:
    began = case.accepted_on is not None and case.accepted_on <= period.last
    return began and (case.closed_on is None or case.closed_on >= period.first)


def _open_at(case: Case, day: date) -> bool:
    return case.closed_on is None or case.closed_on > day


def _met(view: ItemView, states: Iterable[ItemState], period: Period | None = None) -> bool:
    return any(e.state in states and (period is None or period.has(e.day)) for e in view.item.events)


def _item_row(view: ItemView) -> str:
    return f"item:{view.item.id}"


def _number(cases: Sequence[ServedCase]) -> Figure:
    return Figure(len(cases), tuple(one.row for one in cases))


def _items(views: Sequence[ItemView]) -> Figure:
    return Figure(len(views), tuple(map(_item_row, views)))


def _entries(found: Iterable[LogEntry]) -> Figure:
    rows = tuple(f"log:{entry.id}" for entry in found)
    return Figure(len(rows), rows)


def _share(part: Sequence[object], whole: Sequence[object], row: Callable[..., str]) -> Figure:
    """Rows are the whole: what the share was taken of."""
    return Figure(len(part) / len(whole) if whole else None, tuple(map(row, whole)))


def _average(done: Sequence[ItemView], calendar: WorkCalendar) -> Figure:
    used = [(view, days) for view in done if (days := used_days(view, calendar)) is not None]
    rows = tuple(_item_row(view) for view, _ in used)
    return Figure(sum(days for _, days in used) / len(used) if used else None, rows)


def _of_level(issues: Sequence[Issue], level: IssueLevel) -> tuple[Figure, Figure]:
    found = [issue for issue in issues if issue.level is level and issue.status is not IssueStatus.WITHDRAWN]
    solved = [issue for issue in found if issue.status is IssueStatus.CLOSED]
    return tuple(Figure(len(some), tuple(f"issue:{i.no}" for i in some)) for some in (found, solved))  # type: ignore[return-value]


def _line(one: ServedCase, issues: Sequence[Issue]) -> CaseLine:
    done = [view for view in one.items if view.item.state in ENDED]
    planned = [view for view in one.items if view.item.state is ItemState.PLANNED]
    running = [view for view in one.items if view not in done and view not in planned]
    open_ = [issue for issue in issues if issue.project_id == one.project.id and issue.is_open]
    now = next(iter((*running, *planned, *reversed(done))), None)
    return CaseLine(
        one,
        now.entry.stage if now else "",
        _items(done),
        _items(running),
        _items(planned),
        Figure(len(open_), tuple(f"issue:{issue.no}" for issue in open_)),
    )
