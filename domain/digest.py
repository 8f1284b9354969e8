"""What a supervisor reads: the most pressing lines of a day, and how each department did in a period. Figures only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.catalogue import LimitUnit
from domain.deadlines import Lamp
from domain.issues import Issue, IssueStatus
from domain.items import ItemState, ItemView
from domain.periods import Period
from domain.project import Project

MOST_LINES = 8  # ten with the head and what can be done


@dataclass(frozen=True)
class Pressing:
    """One line: where it hangs, with whom, how many days (negative: over), and what happened last. `issue_no`: of a
    problem, else it is an item of the plan."""

    lamp: Lamp
    project: str
    step: str
    department: str
    left: int | None
    unit: LimitUnit = LimitUnit.WORKING
    state: ItemState | IssueStatus = IssueStatus.NEW
    since: date | None = None
    told_level: int = 0
    issue_no: int | None = None


@dataclass(frozen=True)
class Digest:
    day: date
    projects: int
    red: int
    yellow: int
    overdue: int
    lines: tuple[Pressing, ...]

    @property
    def empty(self) -> bool:
        return not self.lines


def item_line(project: Project, view: ItemView, departments: Mapping[str, str]) -> Pressing:
    clock = view.clock
    return Pressing(
        view.lamp, project.short_name, view.entry.spoken, departments[view.entry.lead],
        clock.left if clock else None, clock.limit.unit if clock else LimitUnit.WORKING,
        view.item.state, view.item.known_since,
    )  # fmt: skip


def digest(day: date, projects: int, problems: Sequence[Pressing], items: Sequence[Pressing]) -> Digest:
    """Red first, problems before items, the latest first."""
    red = [one for one in items if one.lamp is Lamp.RED]
    yellow = [one for one in items if one.lamp is Lamp.YELLOW]
    ordered = [*sorted(problems, key=_left), *sorted(red, key=_left), *sorted(yellow, key=_left)]
    return Digest(day, projects, len(red), len(yellow), len(problems), tuple(ordered[:MOST_LINES]))


def _left(one: Pressing) -> int:
    return one.left if one.left is not None else 0


# ---------------------------------------------------------------- how departments did


@dataclass(frozen=True)
class Score:
    """One department in a period. `late`: problems that were not answered in time; `in_time`: of the items it
    finished."""

    department: str
    problems: int = 0
    late: int = 0
    finished: int = 0
    in_time: int = 0

    @property
    def missed(self) -> int:
        return self.late + self.finished - self.in_time


def scores(
    period: Period, issues: Iterable[Issue], items: Iterable[ItemView], departments: Mapping[str, str], now: datetime
) -> tuple[Score, ...]:  # fmt: skip
    """Whoever missed most first. A problem counts as late once its last day is over without an answer, or when that
    was told; an item is counted for the department that leads it."""
    problems, late, finished, in_time = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for issue in issues:
        if issue.department and issue.department in departments:
            problems[issue.department] += 1
            late[issue.department] += is_late(issue, now)
    for view in items:
        if view.item.state is ItemState.COMPLETED and period.has(view.item.ended_on):
            finished[view.entry.lead] += 1
            in_time[view.entry.lead] += view.clock is None or view.clock.left >= 0
    found = [
        Score(departments[key], problems[key], late[key], finished[key], in_time[key])
        for key in sorted({*problems, *finished})
    ]
    return tuple(sorted(found, key=lambda one: (-one.missed, -one.problems, one.department)))


def is_late(issue: Issue, now: datetime) -> bool:
    waits = issue.status in (IssueStatus.ASSIGNED, IssueStatus.ACCEPTED)
    return issue.told_level > 0 or (waits and issue.answer_by is not None and issue.answer_by < now)


def obstacles(issues: Iterable[Issue], least: int) -> list[tuple[str, str, int, int]]:
    """(item, department, problems, projects) of what hangs in so many projects, the widest first (R165)."""
    found: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        if issue.item_id and issue.department and not issue.private:
            found.setdefault((issue.item_id, issue.department), []).append(issue)
    wide = [
        (item, department, len(own), len({one.project_id for one in own}))
        for (item, department), own in found.items()
    ]
    return sorted((one for one in wide if one[3] >= least), key=lambda one: (-one[3], one[0], one[1]))
