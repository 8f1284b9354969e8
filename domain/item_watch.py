"""When somebody must hear of an approval item's limit: some working days before its last day, and the day after."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.calendar import WorkCalendar
from domain.escalation import MORNING
from domain.items import ENDED, ItemView
from domain.service_limits import Deadlines


@dataclass(frozen=True)
class ItemWatch:
    """As of one instant: many items end on the same day, and what is told of it is counted once."""

    deadlines: Deadlines
    calendar: WorkCalendar
    now: datetime
    _known: dict[date, datetime] = field(default_factory=dict, init=False, repr=False)

    def next_look(self, view: ItemView) -> datetime | None:
        """The next moment from now on, in the morning of a working day; None while no clock runs."""
        if view.item.paused or view.item.state in ENDED:
            return None
        clock = view.clock
        if clock is None:
            return None
        if clock.due not in self._known:
            self._known[clock.due] = self._after(clock.due)
        return self._known[clock.due]

    def _after(self, due: date) -> datetime:
        add = self.calendar.add_working_days
        days = sorted(add(due, -before) for before in self.deadlines.items_remind_before)
        moments = (self._morning(day) for day in (*days, add(due, 1)))
        today = self.now.astimezone(self.calendar.zone).date()
        again = self._morning(add(today, self.deadlines.ladder.again_after))
        return next((moment for moment in moments if moment > self.now), again)

    def _morning(self, day: date) -> datetime:
        return self.calendar.opening(day) + MORNING
