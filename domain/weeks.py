"""Weeks of work and when their summary is posted (contract §10): 16:20 on the last working day of the ISO week; a week
without one has none; what was missed is caught up until Tuesday noon, by day only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import WorkCalendar

POSTED_AT = time(16, 20)
CAUGHT_UP_UNTIL = time(12)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """An ISO week by its Monday, its last working day, and when its summary is posted (aware)."""

    monday: date
    last_day: date
    posted: datetime

    @property
    def name(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def has(self, day: date | None) -> bool:
        return day is not None and self.monday <= day < self.monday + timedelta(days=7)


def to_post(calendar: WorkCalendar, at: datetime) -> Week | None:
    """The week whose summary is wanted at this instant, if any."""
    today = at.astimezone(calendar.zone).date()
    if not calendar.is_working_day(today) or not calendar.opening(today) <= at < calendar.closing(today):
        return None  # nothing at night or on a day off, also when it is caught up
    for monday in (monday_of(today), monday_of(today) - _WEEK):
        week = of_monday(calendar, monday)
        until = datetime.combine(monday + timedelta(days=8), CAUGHT_UP_UNTIL, calendar.zone)
        if week and week.posted <= at < until:
            return week
    return None


def coming(calendar: WorkCalendar, at: datetime) -> Week:
    """The next one that is not posted yet."""
    monday = monday_of(at.astimezone(calendar.zone).date())
    while True:
        week = of_monday(calendar, monday)
        if week and at < week.posted:
            return week
        monday += _WEEK


def of_monday(calendar: WorkCalendar, monday: date) -> Week | None:
    last_day = calendar.last_working_day_of_week(monday)
    if last_day is None:
        return None
    return Week(monday, last_day, datetime.combine(last_day, POSTED_AT, calendar.zone))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
