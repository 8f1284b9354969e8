"""The sandbox's time: it starts on a fixed day, runs on in real time, and can be moved."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from functools import cache

from chinese_calendar import is_workday

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 9, 15, 9, 30, tzinfo=CHINA)


class Clock:
    def __init__(self, start: datetime = START) -> None:
        self.offset = 0.0
        self.move_to(start)

    def move_to(self, instant: datetime) -> None:
        """A time without a zone is the office's."""
        aware = instant if instant.tzinfo else instant.replace(tzinfo=CHINA)
        self.offset = aware.timestamp() - time.time()

    def now(self) -> float:
        """Seconds since 1970 in the sandbox's time."""
        return time.time() + self.offset

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now(), CHINA)


def summary_time(now: datetime) -> datetime:
    """The next time a week's summary is due: 16:20 on the last working day of a week, for the page's clock."""
    day = now.date()
    while True:
        last = _last_working_day(day - timedelta(days=day.weekday()))
        if last and (due := datetime(last.year, last.month, last.day, 16, 20, tzinfo=CHINA)) > now:
            return due
        day += timedelta(days=7)


@cache
def _last_working_day(monday: date) -> date | None:
    week = [monday + timedelta(days=n) for n in range(7)]
    try:
        return max((day for day in week if is_workday(day)), default=None)
    except NotImplementedError:  # a year whose holidays are not announced yet
        return week[4]


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, CHINA).isoformat(timespec="seconds")
