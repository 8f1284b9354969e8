"""Working days with 调休 and office hours; days are the office's, instants aware UTC, the time is handed in.

A year is covered once its official arrangement of days off is known. In any other year Monday to Friday
count, without the public holidays that have a fixed date, and every result that leans on such a year says
that it is provisional.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.catalogue import Limit, LimitUnit

SATURDAY = 5
# 《全国年节及纪念日放假办法》: the statutory holidays whose date does not follow the moon.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True, order=True)
class OfficeSpan:
    """From `opens` (included) to `closes` (excluded)."""

    opens: time
    closes: time


OFFICE_SPANS = (
    OfficeSpan(time(8, 30), time(12, 0)),
    OfficeSpan(time(14, 30), time(17, 30)),
)


@dataclass(frozen=True)
class DueDay:
    """A last day; provisional when it rests on a year without an official calendar."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """One office's calendar. `make_up_days` win over `holidays`, both over the weekday."""

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    covered_years: frozenset[int]
    zone: tzinfo
    spans: tuple[OfficeSpan, ...] = OFFICE_SPANS
    _years: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        opened = [moment for span in self.spans for moment in (span.opens, span.closes)]
        if not opened or opened != sorted(set(opened)):
            raise ValueError("office spans must follow one another without overlap")

    def with_hours(self, spans: tuple[OfficeSpan, ...]) -> WorkCalendar:
        """The same days with another department's own hours; without any, the office's."""
        return replace(self, spans=spans) if spans and spans != self.spans else self

    # ------------------------------------------------------------ days

    def is_working_day(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        if day in self.holidays or day.weekday() >= SATURDAY:
            return False
        return day.year in self.covered_years or (day.month, day.day) not in FIXED_HOLIDAYS

    def is_provisional(self, day: date) -> bool:
        return day.year not in self.covered_years

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself is not counted; before it when n is negative."""
        if n == 0:
            return day
        year, left = day.year, abs(n)
        while True:
            days = self._after(day, year) if n > 0 else self._before(day, year)
            if left <= len(days):
                return date.fromordinal(days[left - 1] if n > 0 else days[-left])
            left -= len(days)
            year += 1 if n > 0 else -1

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` comes first."""
        if b < a:
            return -self.working_days_between(b, a)
        counted = sum(len(self._after(a, year)) for year in range(a.year, b.year + 1))
        return counted - len(self._after(b, b.year))

    def last_working_day_of_week(self, day: date) -> date | None:
        """Of the ISO week `day` lies in; None for a week without any."""
        sunday = day + timedelta(days=6 - day.weekday())
        week = (sunday - timedelta(days=back) for back in range(7))
        return next((one for one in week if self.is_working_day(one)), None)

    def due_day(self, start: date, limit: Limit) -> DueDay:
        """The last day of a limit; `start` is not counted.

        A limit in calendar days or months that would end on a day off ends on the next working day, as
        民法典 203 has it.
        """
        if limit.value == 0:
            return DueDay(start, provisional=False)
        start = self.counted_from(start, limit)
        if limit.unit is LimitUnit.WORKING:
            day = self.add_working_days(start, limit.value)
        else:
            end = start + timedelta(days=limit.value)
            if limit.unit is LimitUnit.MONTH:
                end = months_later(start, limit.value)
            day = end if self.is_working_day(end) else self.add_working_days(end, 1)
        return DueDay(day, self._leans_on_a_guess(start, day, limit.unit))

    def counted_from(self, start: date, limit: Limit) -> date:
        """The last day that is not counted: `start` itself, later where the limit begins later."""
        if limit.unit is LimitUnit.WORKING:
            return self.add_working_days(start, limit.start_offset - 1)
        return start + timedelta(days=limit.start_offset - 1)

    def rests_on_a_guess(self, first: date, last: date) -> bool:
        """Whether a year between the two has no official calendar."""
        return any(year not in self.covered_years for year in range(first.year, last.year + 1))

    # ------------------------------------------------------------ office hours

    def is_open(self, instant: datetime) -> bool:
        return self.next_office_moment(instant) == instant

    def opening(self, day: date) -> datetime:
        """When office hours begin on that day, whether or not it is a working day."""
        return self._instant(day, self.spans[0].opens)

    def closing(self, day: date) -> datetime:
        return self._instant(day, self.spans[-1].closes)

    def next_office_moment(self, instant: datetime) -> datetime:
        """The instant itself within office hours, otherwise when the office opens next."""
        opens, _ = next(self._open_from(instant))
        return opens

    def add_working_minutes(self, instant: datetime, minutes: int) -> datetime:
        """When that many minutes of office hours have passed; the instant itself for none."""
        if minutes < 0:
            raise ValueError("minutes cannot run backwards")
        left = timedelta(minutes=minutes)
        spans = self._open_from(instant)
        while left:
            opens, closes = next(spans)
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        return instant

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole minutes of office hours from `a` to `b`; negative when `b` comes first."""
        if b < a:
            return -self.working_minutes_between(b, a)
        passed = timedelta()
        for opens, closes in self._open_from(a):
            if opens >= b:
                break
            passed += min(closes, b) - opens
        return passed // timedelta(minutes=1)

    # ------------------------------------------------------------ how it counts

    def _open_from(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the office spans from `instant` on, without end."""
        if instant.utcoffset() is None:
            raise ValueError("instants must be aware")
        day = instant.astimezone(self.zone).date()
        if not self.is_working_day(day):
            day = self.add_working_days(day, 1)
        while True:
            for span in self.spans:
                closes = self._instant(day, span.closes)
                if closes > instant:
                    yield max(instant.astimezone(UTC), self._instant(day, span.opens)), closes
            day = self.add_working_days(day, 1)

    def _instant(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, self.zone).astimezone(UTC)

    def _working_days_of(self, year: int) -> tuple[int, ...]:
        """Ordinals of the year's working days, so that counting is a search and not a walk."""
        if year not in self._years:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = (n for n in range(first, last + 1) if self.is_working_day(date.fromordinal(n)))
            self._years[year] = tuple(days)
        return self._years[year]

    def _after(self, day: date, year: int) -> tuple[int, ...]:
        days = self._working_days_of(year)
        return days[bisect_right(days, day.toordinal()) :]

    def _before(self, day: date, year: int) -> tuple[int, ...]:
        days = self._working_days_of(year)
        return days[: bisect_left(days, day.toordinal())]

    def _leans_on_a_guess(self, start: date, day: date, unit: LimitUnit) -> bool:
        """Calendar days need a calendar for their end only, working days in every year they are counted."""
        first = start + timedelta(days=1) if unit is LimitUnit.WORKING else day
        return any(year not in self.covered_years for year in range(first.year, day.year + 1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
