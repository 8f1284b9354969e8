"""A statutory fee the enterprise has to pay for an approval item by a day: the service itself is free (R012)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.errors import IllegalMove


class FeeState(StrEnum):
    DUE = "due"
    PAID = "paid"
    DROPPED = "dropped"


NEXT: dict[FeeState, frozenset[FeeState]] = {
    FeeState.DUE: frozenset({FeeState.DUE, FeeState.PAID, FeeState.DROPPED}),
    FeeState.PAID: frozenset(),
    FeeState.DROPPED: frozenset(),
}


class FeeNotice(StrEnum):
    BEFORE = "before"
    TODAY = "today"  # or the last working day before a day off
    LATE = "late"


@dataclass(frozen=True)
class Fee:
    """`words`: what for and how much, as the officer wrote it; never in a group."""

    id: int
    project_id: int
    case_item_id: int
    due: date
    words: str = field(repr=False)
    set_by: int
    set_at: datetime
    state: FeeState = FeeState.DUE
    ended_at: datetime | None = None
    version: int = 0  # compare-and-set

    def moved(self, due: date, words: str) -> Fee:
        """Another day; what it is for stays unless it is said anew."""
        return replace(self._to(FeeState.DUE), due=due, words=words or self.words)

    def paid(self, at: datetime) -> Fee:
        return replace(self._to(FeeState.PAID), ended_at=at)

    def dropped(self, at: datetime) -> Fee:
        return replace(self._to(FeeState.DROPPED), ended_at=at)

    def _to(self, state: FeeState) -> Fee:
        if state not in NEXT[self.state]:
            raise IllegalMove("fee", self.state, state)
        return replace(self, state=state)

    def notice_on(self, today: date, days_before: int, calendar: WorkCalendar) -> FeeNotice | None:
        """What has come to be said by this day; one that an outage left out is said on the day after it."""
        if self.state is not FeeState.DUE:
            return None
        if today > self.due:
            return FeeNotice.LATE
        last = self.due if calendar.is_working_day(self.due) else calendar.add_working_days(self.due, -1)
        if today >= last:
            return FeeNotice.TODAY
        return FeeNotice.BEFORE if today >= calendar.add_working_days(last, -days_before) else None
