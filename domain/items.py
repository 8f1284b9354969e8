"""CaseItem: one approval item under way – its states and the clock that runs, pauses and ends.

States follow the national data-exchange list of the approval systems (domain.md §1.11). The clock runs from
acceptance, not from submission (行政许可法 32), the day of acceptance is not counted, and a pause takes out
both of its end days (domain.md §5.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from domain.calendar import WorkCalendar, months_later
from domain.catalogue import CatalogueItem, Limit, LimitUnit
from domain.deadlines import Lamp, lamp_of
from domain.errors import IllegalMove, InvalidAnswer
from domain.service_limits import LampRule


class ItemState(StrEnum):
    PLANNED = "planned"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    CORRECTION = "correction"
    CORRECTION_DONE = "correction_done"
    IN_REVIEW = "in_review"
    SPECIAL = "special"
    SPECIAL_DONE = "special_done"
    COMPLETED = "completed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    REVOKED = "revoked"  # 撤销: a result that was taken back


_S = ItemState

PAUSES = {ItemState.CORRECTION: ItemState.CORRECTION_DONE, ItemState.SPECIAL: ItemState.SPECIAL_DONE}
ONE_DAY = timedelta(days=1)
ENDED = frozenset(
    {
        ItemState.COMPLETED,
        ItemState.REJECTED,
        ItemState.WITHDRAWN,
        ItemState.NOT_ACCEPTED,
        ItemState.REVOKED,
    }
)
NOT_RUNNING = ENDED | {ItemState.PLANNED}
_UNDER_REVIEW = frozenset({_S.IN_REVIEW, _S.CORRECTION, _S.SPECIAL, _S.COMPLETED, _S.REJECTED, _S.WITHDRAWN})
_BEFORE_ACCEPTANCE = frozenset(
    {_S.RECEIVED, _S.ACCEPTED, _S.CORRECTION, _S.NOT_ACCEPTED, _S.COMPLETED, _S.WITHDRAWN}
)
# The moves of one approval item (domain.md §1.11, §5.3). What ended without a result may be handed in again.
NEXT: dict[ItemState, frozenset[ItemState]] = {
    _S.PLANNED: frozenset({_S.SUBMITTED}) | _BEFORE_ACCEPTANCE,
    _S.SUBMITTED: _BEFORE_ACCEPTANCE,
    _S.RECEIVED: _BEFORE_ACCEPTANCE - {_S.RECEIVED},
    _S.ACCEPTED: _UNDER_REVIEW,
    _S.IN_REVIEW: _UNDER_REVIEW - {_S.IN_REVIEW},
    _S.CORRECTION: frozenset({_S.CORRECTION_DONE, _S.ACCEPTED, _S.WITHDRAWN, _S.NOT_ACCEPTED, _S.REJECTED}),
    _S.CORRECTION_DONE: _UNDER_REVIEW | {_S.ACCEPTED, _S.NOT_ACCEPTED},
    _S.SPECIAL: frozenset({_S.SPECIAL_DONE, _S.WITHDRAWN}),
    _S.SPECIAL_DONE: _UNDER_REVIEW,
    _S.COMPLETED: frozenset({_S.REVOKED}),
    _S.REJECTED: frozenset({_S.SUBMITTED}),
    _S.WITHDRAWN: frozenset({_S.SUBMITTED}),
    _S.NOT_ACCEPTED: frozenset({_S.SUBMITTED}),
    _S.REVOKED: frozenset(),
}
# These need an acceptance before them, those must come before it.
_AFTER_ACCEPTANCE = frozenset({_S.IN_REVIEW, _S.SPECIAL, _S.REJECTED})
_ONCE_ACCEPTED_NO_MORE = frozenset({_S.ACCEPTED, _S.NOT_ACCEPTED, _S.RECEIVED})
# The national data-exchange codes of the approval systems; None for what exists here only.
NATIONAL_CODES: dict[ItemState, int | None] = {
    _S.PLANNED: None,
    _S.SUBMITTED: None,
    _S.RECEIVED: None,
    _S.ACCEPTED: 3,
    _S.NOT_ACCEPTED: 5,
    _S.CORRECTION: 6,
    _S.CORRECTION_DONE: 7,
    _S.IN_REVIEW: 8,
    _S.SPECIAL: 9,
    _S.SPECIAL_DONE: 10,
    _S.COMPLETED: 11,  # 12 when something was deferred
    _S.REJECTED: 13,
    _S.WITHDRAWN: 2,
    _S.REVOKED: 15,
}


@dataclass(frozen=True)
class ItemEvent:
    """What happened on an office day. `by`: name of the person who said so."""

    state: ItemState
    day: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class CaseItem:
    id: int
    case_id: int
    item_id: str
    events: tuple[ItemEvent, ...] = ()
    planned_submit: date | None = None
    planned_done: date | None = None
    result_no: str = field(default="", repr=False)
    parallel_group: str = ""
    commitment: str = field(default="", repr=False)

    @property
    def state(self) -> ItemState:
        return self.events[-1].state if self.events else ItemState.PLANNED

    @property
    def running(self) -> bool:
        return self.state not in NOT_RUNNING

    @property
    def current(self) -> tuple[ItemEvent, ...]:
        """Events since it was last handed in: what ended without a result begins anew."""
        ends = [n for n, event in enumerate(self.events[:-1]) if event.state in ENDED - {_S.COMPLETED}]
        return self.events[ends[-1] + 1 :] if ends else self.events

    @property
    def accepted_on(self) -> date | None:
        return next((event.day for event in self.current if event.state is ItemState.ACCEPTED), None)

    def record(self, event: ItemEvent, today: date) -> CaseItem:
        """The item with one more event. Raises IllegalMove for a move the table does not have, InvalidAnswer for a
        day before the last event or in the future."""
        accepted = self.accepted_on is not None and self.state not in ENDED
        wrong = (event.state in _AFTER_ACCEPTANCE and not accepted) or (
            event.state in _ONCE_ACCEPTED_NO_MORE and accepted
        )
        if wrong or event.state not in NEXT[self.state]:
            raise IllegalMove("item", self.state, event.state)
        if event.day > today:
            raise InvalidAnswer("日期不能晚于今天，请核对后再发。")
        if self.events and event.day < self.events[-1].day:
            last = self.events[-1].day
            raise InvalidAnswer(f"日期早于上一次登记（{last.month}月{last.day}日），请核对后再发。")
        return replace(self, events=(*self.events, event))

    def take_back(self, state: ItemState) -> CaseItem:
        """Without its last event, which must still be this one. Raises InvalidAnswer."""
        if self.state is not state or not self.events:
            raise InvalidAnswer("该事项此后又有新的登记，不能再撤销，请直接登记正确的状态。")
        result = "" if state is ItemState.COMPLETED else self.result_no
        return replace(self, events=self.events[:-1], result_no=result)

    @property
    def ended_on(self) -> date | None:
        return self.events[-1].day if self.events and self.state in ENDED else None

    @property
    def known_since(self) -> date | None:
        """Day of the newest figure: how old the answer is (peers.md B8)."""
        return self.events[-1].day if self.events else None

    def paused_days(self, until: date) -> frozenset[date]:
        """Days after acceptance, up to `until`, on which the clock stood still: from the day a pause was told to
        the day of whatever happened next, both taken out; an open one lasts."""
        start = self.accepted_on
        if start is None:
            return frozenset()
        events = self.current
        ends = (*(event.day for event in events[1:]), until)
        return frozenset(
            day
            for event, end in zip(events, ends, strict=True)
            if event.state in PAUSES
            for day in _days_of(max(event.day, start + ONE_DAY), min(end, until))
        )

    @property
    def paused(self) -> bool:
        return self.state in PAUSES


@dataclass(frozen=True)
class Clock:
    """One limit of one item, counted up to today. Days are working or calendar days, as `limit.unit` says.

    `left`: days of the same kind until `due`, negative when overdue. `used` and `left` make up the limit, but for
    a last day that was a day off and moved (民法典 203).
    """

    limit: Limit
    used: int
    left: int
    due: date
    provisional: bool
    lamp: Lamp


@dataclass(frozen=True)
class ItemView:
    """An item with its catalogue entry and both clocks: the one typed value behind every answer about it. The
    clocks are counted when they are asked for: most items of a case are done or planned."""

    item: CaseItem
    entry: CatalogueItem
    calendar: WorkCalendar = field(repr=False)
    rule: LampRule = field(repr=False)
    today: date

    @cached_property
    def promised(self) -> Clock | None:
        return self._count(self.entry.promised)

    @cached_property
    def statutory(self) -> Clock | None:
        return self._count(self.entry.statutory)

    @property
    def clock(self) -> Clock | None:
        """The promised limit where there is one, else the statutory."""
        return self.promised or self.statutory

    @property
    def lamp(self) -> Lamp:
        if self.item.state in ENDED:
            return Lamp.NONE
        return self.clock.lamp if self.clock else Lamp.NONE

    def _count(self, limit: Limit | None) -> Clock | None:
        start, calendar = self.item.accepted_on, self.calendar
        if limit is None or start is None or limit.value == 0:
            return None
        until = min(self.item.ended_on or self.today, self.today)
        counted = _in_days(limit, start)
        paused = self.item.paused_days(until)
        if counted.unit is LimitUnit.WORKING:
            paused = frozenset(day for day in paused if calendar.is_working_day(day))
        begun = calendar.counted_from(start, counted)
        used = max(0, _between(counted, calendar, begun, until) - len(paused))
        longer = replace(counted, value=counted.value + len(paused)) if paused else counted
        due = calendar.due_day(start, longer)
        left = _between(counted, calendar, until, due.day)
        lamp = lamp_of(
            used=used, limit=counted.value, today=until, due=due, calendar=calendar, rule=self.rule
        )
        return Clock(limit, used, left, due.day, due.provisional, lamp)


def _in_days(limit: Limit, start: date) -> Limit:
    """Months are counted as the days they have from this start: a pause of days can be added to days only."""
    if limit.unit is not LimitUnit.MONTH:
        return limit
    days = (months_later(start, limit.value) - start).days
    return replace(limit, unit=LimitUnit.CALENDAR, value=days)


def _between(limit: Limit, calendar: WorkCalendar, a: date, b: date) -> int:
    """Days of the limit's own kind after `a` up to and including `b`; negative when `b` comes first."""
    if limit.unit is LimitUnit.WORKING:
        return calendar.working_days_between(a, b)
    return (b - a).days


def _days_of(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
