"""The supervisors' board: where it hangs. Counted once into corners of the site (district, kind of project, officer), so
that every filter is a sum; the figures of a period are those of F4 (R093)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from domain.case import Case, CaseStatus
from domain.deadlines import Lamp
from domain.issues import WITH_DEPARTMENT, Issue, IssueStatus
from domain.items import ENDED, ItemState, ItemView
from domain.periods import Period
from domain.service_statistics import SATISFIED

# What happened in a month or a week, in this order.
NEW, ENDED_, CLOSED, TIMED, IN_TIME, GRADES, SATISFIED_, RAISED = range(8)
_COUNTS = 8
# What is under way at a step: by lamp, working days waited since the last news, how many wait for the enterprise.
RED, YELLOW, GREEN, NO_LAMP, WAITED, ENTERPRISE = range(6)
_AT_STEP = 6
_LAMPS = {Lamp.RED: RED, Lamp.YELLOW: YELLOW, Lamp.GREEN: GREEN, Lamp.NONE: NO_LAMP}
_NEVER_SERVED = frozenset({CaseStatus.APPLIED, CaseStatus.REFUSED, CaseStatus.WITHDRAWN})
TREND_WEEKS = 12


@dataclass(frozen=True)
class Place:
    district: str
    kind: str
    officer_id: int
    deputy_id: int = 0


@dataclass(frozen=True)
class Late:
    """An item with a red or yellow lamp; `left`: days, negative when over."""

    case_item_id: int
    step: str
    lamp: Lamp
    left: int


@dataclass
class Corner:
    """`months` by "2026-09", `weeks` by their Monday, `steps` by catalogue item; `problems` by department, "" for the
    officer's desk: [open, overdue]."""

    place: Place
    months: dict[str, list[int]] = field(default_factory=dict)
    weeks: dict[str, list[int]] = field(default_factory=dict)
    steps: dict[str, list[int]] = field(default_factory=dict)
    problems: dict[str, list[int]] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)


@dataclass
class BoardFacts:
    """`at`: when the rows were read."""

    at: datetime
    today: date
    corners: dict[Place, Corner] = field(default_factory=dict)

    def corner(self, place: Place) -> Corner:
        return self.corners.setdefault(place, Corner(place))


Waited = Callable[[date, date], int]  # working days from one day to another


def add_case(facts: BoardFacts, place: Place, case: Case, views: Iterable[ItemView], waited: Waited) -> None:
    """Accepted cases only; what was never served counts nowhere."""
    if case.accepted_on is None or case.status in _NEVER_SERVED:
        return
    corner = facts.corner(place)
    _happened(facts, corner, case.accepted_on, NEW)
    if case.closed_on is not None:
        _happened(facts, corner, case.closed_on, ENDED_)
        if case.status is CaseStatus.CLOSED:
            _happened(facts, corner, case.closed_on, CLOSED)
    for view in views:
        if view.item.state is ItemState.COMPLETED:
            _add_done(facts, corner, case, view)
        elif case.is_open and view.item.state not in ENDED | {ItemState.PLANNED}:
            _add_running(facts, corner, view, waited)


def _add_done(facts: BoardFacts, corner: Corner, case: Case, view: ItemView) -> None:
    day, clock = view.item.ended_on, view.clock
    if day is None or clock is None or case.accepted_on is None:
        return
    if _month(day) < _month(case.accepted_on) or (case.closed_on and _month(day) > _month(case.closed_on)):
        return
    _happened(facts, corner, day, TIMED)
    if clock.left >= 0:
        _happened(facts, corner, day, IN_TIME)


def _add_running(facts: BoardFacts, corner: Corner, view: ItemView, waited: Waited) -> None:
    lamp, clock = view.lamp, view.clock
    counts = corner.steps.setdefault(view.entry.id, [0] * _AT_STEP)
    counts[_LAMPS[lamp]] += 1
    counts[WAITED] += waited(view.item.known_since or facts.today, facts.today)
    counts[ENTERPRISE] += view.item.state is ItemState.CORRECTION
    if clock is not None and lamp in (Lamp.RED, Lamp.YELLOW):
        corner.late.append(Late(view.item.id, view.entry.id, lamp, clock.left))


def add_issue(facts: BoardFacts, place: Place, issue: Issue, raised: date, now: datetime) -> None:
    if issue.private or issue.status is IssueStatus.WITHDRAWN:
        return
    corner = facts.corner(place)
    _happened(facts, corner, raised, RAISED)
    if issue.is_open:
        counts = corner.problems.setdefault(issue.department or "", [0, 0])
        counts[0] += 1
        counts[1] += is_overdue(issue, now)


def is_overdue(issue: Issue, now: datetime) -> bool:
    return issue.status in WITH_DEPARTMENT and issue.answer_by is not None and issue.answer_by < now


def add_grade(facts: BoardFacts, place: Place, grade: int, day: date) -> None:
    _happened(facts, facts.corner(place), day, GRADES)
    if grade >= SATISFIED:
        _happened(facts, facts.corner(place), day, SATISFIED_)


def _happened(facts: BoardFacts, corner: Corner, day: date, what: int) -> None:
    corner.months.setdefault(_month(day), [0] * _COUNTS)[what] += 1
    monday = day - timedelta(days=day.weekday())
    if monday in trend_weeks(facts.today):
        corner.weeks.setdefault(monday.isoformat(), [0] * _COUNTS)[what] += 1


def trend_weeks(today: date) -> list[date]:
    """Mondays, the oldest first."""
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=n) for n in reversed(range(TREND_WEEKS))]


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


# ---------------------------------------------------------------- one look at it


@dataclass(frozen=True)
class Wanted:
    """What is looked at; empty: all of it. `own`: an officer's, as officer or deputy; `departments`: of a department's
    head, only these."""

    period: Period
    district: str = ""
    kind: str = ""
    officer_id: int = 0
    own: int = 0
    departments: frozenset[str] | None = None

    def has(self, place: Place) -> bool:
        return (
            self.district in ("", place.district)
            and self.kind in ("", place.kind)
            and self.officer_id in (0, place.officer_id)
            and self.own in (0, place.officer_id, place.deputy_id)
        )


@dataclass(frozen=True)
class Lamps:
    name: str
    red: int
    yellow: int
    green: int
    none: int = 0

    @property
    def total(self) -> int:
        return self.red + self.yellow + self.green + self.none


@dataclass(frozen=True)
class Step:
    """Where cases wait: `days` on average since the last news."""

    id: str
    name: str
    department: str
    count: int
    days: float
    red: int
    enterprise: int


@dataclass(frozen=True)
class WeekCount:
    monday: date
    new: int
    closed: int
    timed: int
    in_time: int
    raised: int

    @property
    def on_time(self) -> float | None:
        return self.in_time / self.timed if self.timed else None


@dataclass(frozen=True)
class Board:
    """Rates are shares between 0 and 1, none where there is nothing to count from."""

    at: datetime
    cases_open: int
    cases_new: int
    cases_closed: int
    on_time: float | None
    timed: int
    satisfaction: float | None
    grades: int
    problems_open: int
    problems_overdue: int
    by_department: tuple[Lamps, ...]
    by_stage: tuple[Lamps, ...]
    steps: tuple[Step, ...]
    weeks: tuple[WeekCount, ...]
    late: tuple[Late, ...]

    @property
    def red(self) -> int:
        return sum(one.red for one in self.by_department)

    @property
    def yellow(self) -> int:
        return sum(one.yellow for one in self.by_department)


@dataclass(frozen=True)
class StepNames:
    """What the catalogue says of an item; `department`: its key."""

    name: str
    stage: str
    department: str


def look(
    facts: BoardFacts, wanted: Wanted, steps: Mapping[str, StepNames], departments: Mapping[str, str]
) -> Board:
    """`departments`: key -> everyday name."""
    corners = [one for place, one in facts.corners.items() if wanted.has(place)]
    last, first = _month(wanted.period.last), _month(wanted.period.first)
    until = _sum(one for c in corners for month, one in c.months.items() if month <= last)
    within = _sum(one for c in corners for month, one in c.months.items() if first <= month <= last)
    at_steps = _at_steps(corners, wanted, steps)
    problems = [
        counts
        for corner in corners
        for key, counts in corner.problems.items()
        if wanted.departments is None or key in wanted.departments
    ]
    return Board(
        facts.at,
        until[NEW] - until[ENDED_], within[NEW], within[CLOSED],
        _share(within[IN_TIME], within[TIMED]), within[TIMED],
        _share(within[SATISFIED_], within[GRADES]), within[GRADES],
        sum(one[0] for one in problems), sum(one[1] for one in problems),
        _lamps(at_steps, lambda step: departments[steps[step].department]),
        _in_order(_lamps(at_steps, lambda step: steps[step].stage), steps),
        _steps(at_steps, steps, departments),
        _weeks(facts.today, corners),
        tuple(sorted(
            (late for corner in corners for late in corner.late if late.step in at_steps),
            key=by_urgency,
        )),
    )  # fmt: skip


def by_urgency(one: Late) -> tuple[bool, int, int]:
    return one.lamp is not Lamp.RED, one.left, one.case_item_id


def late_of(
    facts: BoardFacts, steps: Mapping[str, StepNames], departments: Collection[str], officer_id: int
) -> list[Late]:
    """Of what these departments lead, and of the projects of this officer or deputy."""
    return [
        late
        for place, corner in facts.corners.items()
        for late in corner.late
        if late.step in steps
        and (
            steps[late.step].department in departments
            or (officer_id and officer_id in (place.officer_id, place.deputy_id))
        )
    ]


def _at_steps(
    corners: Iterable[Corner], wanted: Wanted, steps: Mapping[str, StepNames]
) -> dict[str, list[int]]:
    """What the catalogue no longer knows is left out, as everywhere."""
    found: dict[str, list[int]] = {}
    for corner in corners:
        for step, counts in corner.steps.items():
            names = steps.get(step)
            if names and (wanted.departments is None or names.department in wanted.departments):
                found[step] = _sum((found.get(step, counts[:0]), counts), _AT_STEP)
    return found


def _sum(rows: Iterable[Sequence[int]], width: int = _COUNTS) -> list[int]:
    total = [0] * width
    for row in rows:
        for place, value in enumerate(row):
            total[place] += value
    return total


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _lamps(at_steps: Mapping[str, list[int]], group: Callable[[str], str]) -> tuple[Lamps, ...]:
    """Red first."""
    sums: dict[str, list[int]] = {}
    for step, counts in at_steps.items():
        sums[group(step)] = _sum((sums.get(group(step), ()), counts), _AT_STEP)
    found = [Lamps(name, s[RED], s[YELLOW], s[GREEN], s[NO_LAMP]) for name, s in sums.items()]
    return tuple(sorted(found, key=lambda one: (-one.red, -one.yellow, -one.total, one.name)))


def _in_order(found: Iterable[Lamps], steps: Mapping[str, StepNames]) -> tuple[Lamps, ...]:
    """Stages stand in the order of the catalogue."""
    order = list(dict.fromkeys(one.stage for one in steps.values()))
    return tuple(sorted(found, key=lambda one: order.index(one.name)))


def _steps(
    at_steps: Mapping[str, list[int]], steps: Mapping[str, StepNames], departments: Mapping[str, str]
) -> tuple[Step, ...]:
    """Where most days are lost first."""
    ordered = sorted(at_steps.items(), key=lambda one: (-one[1][WAITED], one[0]))
    return tuple(
        Step(
            step, steps[step].name, departments[steps[step].department],
            sum(counts[: NO_LAMP + 1]), counts[WAITED] / sum(counts[: NO_LAMP + 1]), counts[RED], counts[ENTERPRISE],
        )
        for step, counts in ordered
    )  # fmt: skip


def _weeks(today: date, corners: Sequence[Corner]) -> tuple[WeekCount, ...]:
    found = []
    for monday in trend_weeks(today):
        counts = _sum(corner.weeks.get(monday.isoformat(), ()) for corner in corners)
        found.append(
            WeekCount(
                monday, counts[NEW], counts[CLOSED], counts[TIMED], counts[IN_TIME], counts[RAISED]
            )
        )  # fmt: skip
    return tuple(found)


# ---------------------------------------------------------------- kept, and read back as it was


def to_record(facts: BoardFacts) -> dict[str, Any]:
    """Ready for JSON."""
    return {
        "at": facts.at.isoformat(),
        "today": facts.today.isoformat(),
        "corners": [[*_place_record(c.place), *_corner_record(c)] for c in facts.corners.values()],
    }


def _place_record(place: Place) -> list[Any]:
    return [place.district, place.kind, place.officer_id, place.deputy_id]


def _corner_record(corner: Corner) -> list[Any]:
    late = [[one.case_item_id, one.step, one.lamp.value, one.left] for one in corner.late]
    return [corner.months, corner.weeks, corner.steps, corner.problems, late]


def from_record(kept: Mapping[str, Any]) -> BoardFacts:
    facts = BoardFacts(datetime.fromisoformat(kept["at"]), date.fromisoformat(kept["today"]))
    for district, kind, officer_id, deputy_id, months, weeks, steps, problems, late in kept["corners"]:
        place = Place(district, kind, officer_id, deputy_id)
        found = [Late(item_id, step, Lamp(lamp), left) for item_id, step, lamp, left in late]
        facts.corners[place] = Corner(place, months, weeks, steps, problems, found)
    return facts
