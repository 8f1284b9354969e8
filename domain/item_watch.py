"""When somebody must hear of an approval item's limit: some working days before its last day, and the day after."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar import WorkCalendar
from domain.escalation import MORNING
from domain.items import ENDED, ItemView


def next_look(
    view: ItemView, remind_before: tuple[int, ...], again_after: int, now: datetime
) -> datetime | None:
    """The next moment after `now`, in the morning of a working day; None while no clock runs."""
    clock, calendar = view.clock, view.calendar
    if clock is None or view.item.paused or view.item.state in ENDED:
        return None
    days = sorted(calendar.add_working_days(clock.due, -before) for before in remind_before)
    days.append(calendar.add_working_days(clock.due, 1))
    coming = (moment for moment in (_morning(day, calendar) for day in days) if moment > now)
    today = now.astimezone(calendar.zone).date()
    return next(coming, None) or _morning(calendar.add_working_days(today, again_after), calendar)


def _morning(day: date, calendar: WorkCalendar) -> datetime:
    return calendar.opening(day) + MORNING
