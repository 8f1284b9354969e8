"""CaseItem: one approval item under way – its states and the clock that runs, pauses and ends.

States follow the national data-exchange list of the approval systems (domain.md §1.11). The clock runs from
acceptance, not from submission (行政许可法 32), the day of acceptance is not counted, and a pause takes out
both of its end days (domain.md §5.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from domain.calendar import WorkCalendar
from domain.catalogue import CatalogueItem, Limit, LimitUnit
from domain.deadlines import Lamp, lamp_of
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


PAUSES = {ItemState.CORRECTION: ItemState.CORRECTION_DONE, ItemState.SPECIAL: ItemState.SPECIAL_DONE}
ENDED = frozenset({ItemState.COMPLETED, ItemState.REJECTED, ItemState.WITHDRAWN})


@dataclass(frozen=True)
class ItemEvent:
    """What happened on an office day. `by`: name of the person who said so; `told_at` is when we learnt it."""

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

    @property
    def state(self) -> ItemState:
        return self.events[-1].state if self.events else ItemState.PLANNED

    @property
    def accepted_on(self) -> date | None:
        return next((event.day for event in self.events if event.state is ItemState.ACCEPTED), None)

    @property
    def ended_on(self) -> date | None:
        return self.events[-1].day if self.events and self.state in ENDED else None

    @property
    def known_since(self) -> date | None:
        """Day of the newest figure: how old the answer is (peers.md B8)."""
        return self.events[-1].day if self.events else None

    def pauses(self, today: date) -> tuple[tuple[date, date], ...]:
        """Spans after acceptance in which the clock stood still; an open one ends today."""
        spans: list[tuple[date, date]] = []
        begun: tuple[ItemState, date] | None = None
        for event in self.events:
            if begun and (event.state is PAUSES[begun[0]] or event.state in ENDED):
                spans.append((begun[1], event.day))
                begun = None
            if event.state in PAUSES and begun is None:
                begun = (event.state, event.day)
        if begun:
            spans.append((begun[1], max(begun[1], today)))
        start = self.accepted_on
        return tuple((a, b) for a, b in spans if start and b > start)

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
        pauses = self.item.pauses(until)
        paused = sum(_days(limit, calendar, a, b, first_too=True) for a, b in pauses)
        used = max(0, _days(limit, calendar, start, until, first_too=False) - paused)
        due = calendar.due_day(start, replace(limit, value=limit.value + paused))
        left = _days(limit, calendar, until, due.day, first_too=False)
        lamp = lamp_of(used=used, limit=limit.value, today=until, due=due, calendar=calendar, rule=self.rule)
        return Clock(limit, used, left, due.day, due.provisional, lamp)


def _days(limit: Limit, calendar: WorkCalendar, a: date, b: date, *, first_too: bool) -> int:
    """Days of the limit's own kind after `a` up to and including `b` (with `first_too` also `a` itself)."""
    if limit.unit is LimitUnit.WORKING:
        first = 1 if first_too and calendar.is_working_day(a) else 0
        return calendar.working_days_between(a, b) + first
    return (b - a).days + (1 if first_too else 0)
