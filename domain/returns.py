"""Returns (报送): what departments hand in for a period, by when, and where each of them stands (R043, R156, R157)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.configuration import Section
from domain.errors import IllegalMove
from domain.people import Role
from domain.periods import ONE_DAY, Period, months_from


class Every(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CALLED = "called"  # opened by a person, with a day of its own


class ColumnType(StrEnum):
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    PHONE = "phone"
    CHOICE = "choice"


class ReturnState(StrEnum):
    WAITING = "waiting"
    RETURNED = "returned"
    NIL = "nil"  # 零报送: nothing to report is a return too
    SENT_BACK = "sent_back"


OUTSTANDING = frozenset({ReturnState.WAITING, ReturnState.SENT_BACK})
NEXT: Mapping[ReturnState, frozenset[ReturnState]] = {
    ReturnState.WAITING: frozenset({ReturnState.RETURNED, ReturnState.NIL}),
    ReturnState.SENT_BACK: frozenset({ReturnState.RETURNED, ReturnState.NIL}),
    # A better table takes the place of the first; a nil return never wipes one out.
    ReturnState.RETURNED: frozenset({ReturnState.RETURNED, ReturnState.SENT_BACK}),
    ReturnState.NIL: frozenset({ReturnState.RETURNED, ReturnState.SENT_BACK}),
}


@dataclass(frozen=True)
class ReturnColumn:
    title: str
    type: ColumnType
    required: bool
    options: tuple[str, ...]
    example: str
    width: int


@dataclass(frozen=True)
class ReturnKind:
    """`role`: who returns it for a department; `departments`: which must, none: all that have somebody in that role.
    `foot`: filled in once for the whole table. `based_on`: a kind whose rows stand in the empty table already."""

    key: str
    title: str
    called: tuple[str, ...]
    sheet: str
    every: Every
    due_days: int
    source: str
    role: Role
    departments: tuple[str, ...]
    may_be_nil: bool
    columns: tuple[ReturnColumn, ...]
    foot: tuple[ReturnColumn, ...]
    based_on: str


@dataclass(frozen=True)
class ReturnRules:
    kinds: Mapping[str, ReturnKind] = field(default_factory=dict)
    remind_before: int = 1
    remind_after: tuple[int, ...] = (1, 3)
    b_post_after: int = 1
    chief_after: int = 3
    catch_up_days: int = 20
    survey_days: int = 10
    event_days: int = 3

    def called(self, words: str) -> ReturnKind | None:
        """The kind named in these words; the longest name wins."""
        names = [
            (name, kind)
            for kind in self.kinds.values()
            for name in (*kind.called, kind.title, kind.key)
            if name in words
        ]
        return max(names, key=lambda found: len(found[0]))[1] if names else None


@dataclass(frozen=True)
class Campaign:
    """A kind for a period, asked of departments until `due`."""

    id: int
    kind: str
    period: Period
    due: date
    opened_at: datetime


@dataclass(frozen=True)
class DepartmentReturn:
    """`id` is what people type: 报送 12 无. `rows` and `foot`: by the titles of the kind's columns."""

    id: int
    campaign_id: int
    department: str
    state: ReturnState = ReturnState.WAITING
    rows: tuple[Mapping[str, str], ...] = field(default=(), repr=False)
    foot: Mapping[str, str] = field(default_factory=dict, repr=False)
    returned_by: int | None = None
    returned_at: datetime | None = None
    file_id: int | None = None
    stamped_id: int | None = None
    reason: str = field(default="", repr=False)
    version: int = 1

    @property
    def outstanding(self) -> bool:
        return self.state in OUTSTANDING

    def _moved(self, wanted: ReturnState) -> DepartmentReturn:
        if wanted not in NEXT[self.state]:
            raise IllegalMove("return", self.state, wanted)
        return replace(self, state=wanted)

    def hand_in(self, table: Filled, by: int | None, at: datetime, file_id: int | None) -> DepartmentReturn:
        moved = self._moved(ReturnState.RETURNED)
        return replace(
            moved,
            rows=table.rows,
            foot=table.foot,
            returned_by=by,
            returned_at=at,
            file_id=file_id,
            reason="",
        )

    def report_nil(self, by: int, at: datetime) -> DepartmentReturn:
        moved = self._moved(ReturnState.NIL)
        return replace(moved, rows=(), foot={}, returned_by=by, returned_at=at, file_id=None, reason="")

    def send_back(self, reason: str) -> DepartmentReturn:
        return replace(self._moved(ReturnState.SENT_BACK), reason=reason)


@dataclass(frozen=True)
class Filled:
    """What a table said."""

    rows: tuple[Mapping[str, str], ...] = field(repr=False)
    foot: Mapping[str, str] = field(default_factory=dict, repr=False)


# ---------------------------------------------------------------- when


def wanted_now(
    rules: ReturnRules, calendar: WorkCalendar, today: date
) -> Iterator[tuple[ReturnKind, Period, date]]:
    """Every kind whose period is to be asked for today, with its last day."""
    for kind in rules.kinds.values():
        if kind.every is Every.CALLED:
            continue
        period, from_day = _period(kind.every, today)
        due = calendar.add_working_days(from_day, kind.due_days)
        opens = calendar.add_working_days(from_day, 1)
        if opens <= today <= due + timedelta(days=rules.catch_up_days):
            yield kind, period, due


def _period(every: Every, today: date) -> tuple[Period, date]:
    """The period that is asked for on that day, and the day from which working days count: a month or a quarter is
    told of when it is over, a year is planned when it begins."""
    if every is Every.YEAR:
        first = today.replace(month=1, day=1)
        return months_from(first, 12), first - ONE_DAY
    months = 1 if every is Every.MONTH else 3
    last = date(today.year, (today.month - 1) // months * months + 1, 1) - ONE_DAY
    first = date(last.year, last.month - months + 1, 1)
    return Period(first, last), last


def reminder(rules: ReturnRules, calendar: WorkCalendar, due: date, today: date) -> str:
    """Which reminder is due on that day: "before", "today", "over:3" (the newest reached), "" for none."""
    if today == due:
        return "today"
    late = calendar.working_days_between(due, today)
    if late > 0:
        reached = [days for days in rules.remind_after if days <= late]
        return f"over:{max(reached)}" if reached else ""
    return "before" if 0 < -late <= rules.remind_before else ""


def is_late(one: DepartmentReturn, due: date, calendar: WorkCalendar) -> bool:
    """Came in after its last day; of what is still missing the lateness is counted, not noted."""
    return one.returned_at is not None and one.returned_at.astimezone(calendar.zone).date() > due


# ---------------------------------------------------------------- configuration


def read_returns(document: Section) -> ReturnRules:
    """A site kept before there was such a file asks for nothing."""
    kinds = document.section("kinds") if document.has("kinds") else document.empty("kinds")
    rules = ReturnRules(
        {key: _kind(key, one) for key, one in kinds.named()},
        document.integer("remind_before", default=1),
        document.integers("remind_after", least=1) or ReturnRules.remind_after,
        document.integer("b_post_after", default=1, least=1),
        document.integer("chief_after", default=3, least=1),
        document.integer("catch_up_days", default=20),
        document.integer("survey_days", default=10, least=1),
        document.integer("event_days", default=3, least=1),
    )
    owner: dict[str, str] = {}
    for kind in rules.kinds.values():
        if kind.based_on and kind.based_on not in rules.kinds:
            kinds.flaw(kind.key, f"based_on 指向没有的报送 {kind.based_on}")
        for name in kind.called:
            if owner.setdefault(name, kind.key) != kind.key:
                kinds.flaw(kind.key, f"叫法「{name}」与 {owner[name]} 相同，只能属于一种报送")
    document.end()
    return rules


def check_departments(document: Section, rules: ReturnRules, known: Collection[str]) -> None:
    for kind in rules.kinds.values():
        unknown = [key for key in kind.departments if key not in known]
        if unknown:
            what = f"{kind.key} 的部门 {'、'.join(unknown)} 不在 departments.yaml 中，应为其中的键，例如 zjj"
            document.flaw("kinds", what)


def _kind(key: str, section: Section) -> ReturnKind:
    every = section.choice("every", Every)
    title = section.text("title", like="各单位开展政企互动情况统计表")
    kind = ReturnKind(
        key,
        title,
        section.texts("called", required=True),
        section.text("sheet", default="填报"),
        every,
        0 if every is Every.CALLED else section.integer("due_days", least=1),
        section.text("source", like="梅州2020 附件2"),
        section.choice("role", Role, Role.REPRESENTATIVE),
        section.texts("departments"),
        section.flag("nil", default=True),
        _columns(section, "columns"),
        _columns(section, "foot"),
        section.text("based_on", default=""),
    )
    if not kind.columns:
        section.flaw("columns", "至少要有一栏")
    if len(key) > 24:
        section.flaw(None, "名称太长，最多 24 个字母")
    section.end()
    return kind


def _columns(section: Section, key: str) -> tuple[ReturnColumn, ...]:
    columns = []
    for one in section.sections(key):
        kind = one.choice("type", ColumnType, ColumnType.TEXT)
        options = one.texts("options", required=kind is ColumnType.CHOICE)
        columns.append(
            ReturnColumn(
                one.text("title", like="时间"),
                kind,
                one.flag("required", default=False),
                options,
                one.text("example", default=""),
                one.integer("width", default=16, least=4),
            )
        )
        one.end()
    _once_each(section, key, [column.title for column in columns])
    return tuple(columns)


def _once_each(section: Section, key: str, titles: Sequence[str]) -> None:
    if len(set(titles)) != len(titles):
        section.flaw(key, "栏目名称有重复")
