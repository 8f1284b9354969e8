"""When somebody must hear of an approval item's limit: when its lamp turns yellow, some working days before its last
day, and the day after."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar
from domain.catalogue import LimitUnit
from domain.deadlines import Lamp
from domain.items import ENDED, Clock, ItemView
from domain.service_limits import Deadlines

BEFORE_REMINDERS = timedelta(minutes=15)  # after the office opens: in time for the morning's reminders
LIT = frozenset({Lamp.YELLOW, Lamp.RED})
_Key = tuple[date, int, LimitUnit]


@dataclass(frozen=True)
class ItemWatch:
    """As of one instant: many items end on the same day, and what is told of it is counted once."""

    deadlines: Deadlines
    calendar: WorkCalendar
    now: datetime
    _known: dict[_Key, datetime] = field(default_factory=dict, init=False, repr=False)

    def next_look(self, view: ItemView) -> datetime | None:
        """The next moment from now on, in the morning of a working day; None while no clock runs."""
        if view.item.paused or view.item.state in ENDED:
            return None
        clock = view.clock
        if clock is None:
            return None
        key = clock.due, self._yellow_left(clock), clock.limit.unit
        if key not in self._known:
            self._known[key] = self._after(*key)
        return self._known[key]

    def next_morning(self) -> datetime:
        """Of what is lit already when it is first looked at, or after a change."""
        today = self.now.astimezone(self.calendar.zone).date()
        this = self._morning(today)
        if self.calendar.is_working_day(today) and this > self.now:
            return this
        return self._morning(self.calendar.add_working_days(today, 1))

    def _yellow_left(self, clock: Clock) -> int:
        """Days of the limit's own kind that are left when its share is used up."""
        whole = clock.used + clock.left
        days = whole if clock.limit.unit is LimitUnit.MONTH else clock.limit.value
        return max(0, whole - math.ceil(days * self.deadlines.lamp.yellow_share))

    def _after(self, due: date, yellow_left: int, unit: LimitUnit) -> datetime:
        add = self.calendar.add_working_days
        days = {add(due, -before) for before in self.deadlines.items_remind_before}
        # Whoever was reminded before needs no word that it turned yellow.
        working = unit is LimitUnit.WORKING
        share = add(due, -yellow_left) if working else due - timedelta(days=yellow_left)
        yellow = min(share, add(due, -self.deadlines.lamp.yellow_days))
        days |= {yellow} if not days or yellow < min(days) else set()
        moments = (self._morning(self._working(day)) for day in sorted({*days, add(due, 1)}))
        again = add(self.now.astimezone(self.calendar.zone).date(), self.deadlines.ladder.again_after)
        return next((moment for moment in moments if moment > self.now), self._morning(again))

    def _working(self, day: date) -> date:
        return day if self.calendar.is_working_day(day) else self.calendar.add_working_days(day, 1)

    def _morning(self, day: date) -> datetime:
        return self.calendar.opening(day) + BEFORE_REMINDERS
