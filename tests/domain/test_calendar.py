from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import DueDay, OfficeSpan, WorkCalendar, months_later
from domain.catalogue import Limit, LimitUnit

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
CALENDAR = WorkCalendar(
    frozenset(constants.holidays), frozenset(constants.workdays), frozenset(range(2004, 2027)), ZONE
)
covered_days = st.dates(FIRST, LAST)
any_days = st.dates(date(1999, 1, 1), date(2035, 12, 31))
instants = st.integers(0, 27 * 365 * 24 * 60).map(
    lambda minutes: datetime(2004, 1, 1, tzinfo=ZONE) + timedelta(minutes=minutes)
)


def working(value: int) -> Limit:
    return Limit(value, LimitUnit.WORKING)


def calendar_days(value: int) -> Limit:
    return Limit(value, LimitUnit.CALENDAR, "日")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_every_covered_day_is_what_the_official_calendar_says() -> None:
    day = FIRST
    while day <= LAST:
        assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day), day
        assert not CALENDAR.is_provisional(day)
        day += timedelta(days=1)


def test_every_year_has_the_known_number_of_working_days() -> None:
    counted = {
        year: CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))
        for year in (2024, 2025, 2026)
    }
    assert counted == {2024: 251, 2025: 248, 2026: 248}


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-02", 5, "2026-04-10"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-06-18", 20, "2026-07-17"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-18", 10, "2026-10-09"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-01-02", 1, "2026-01-04"),
        ("2025-09-26", 3, "2025-09-30"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2026-12-02", 20, "2026-12-30"),
        ("2026-12-03", 20, "2026-12-31"),
    ],
)
def test_working_days_are_counted_over_holidays_and_make_up_days(start: str, n: int, due: str) -> None:
    begun, ends = date.fromisoformat(start), date.fromisoformat(due)
    assert CALENDAR.add_working_days(begun, n) == ends
    assert CALENDAR.working_days_between(begun, ends) == n
    assert CALENDAR.due_day(begun, working(n)) == DueDay(ends, provisional=False)


def test_a_limit_that_crosses_into_an_uncovered_year_is_provisional() -> None:
    due = CALENDAR.due_day(date(2026, 12, 4), working(20))
    assert due == DueDay(date(2027, 1, 4), provisional=True)  # 1 January is off by law, 2 and 3 are a weekend


def test_an_uncovered_year_has_its_weekends_and_the_holidays_with_a_fixed_date() -> None:
    off = [date(2027, 1, 1), date(2027, 5, 3), date(2027, 10, 1), date(2027, 10, 4), date(2027, 6, 5)]
    assert [CALENDAR.is_working_day(day) for day in off] == [False, True, False, True, False]
    assert CALENDAR.is_provisional(date(2027, 5, 3))


def test_a_limit_started_in_an_uncovered_year_never_crashes_and_is_never_silent() -> None:
    for start in (date(2027, 3, 1), date(2003, 6, 2)):
        assert CALENDAR.due_day(start, working(45)).provisional
        assert CALENDAR.due_day(start, calendar_days(30)).provisional


def test_a_limit_that_begins_on_the_eve_of_a_covered_year_rests_on_that_year_only() -> None:
    assert not CALENDAR.due_day(date(2003, 12, 31), working(5)).provisional


def test_a_single_day_off_entered_for_an_uncovered_year_counts_but_stays_provisional() -> None:
    own = WorkCalendar(frozenset({date(2027, 2, 8)}), frozenset({date(2027, 2, 7)}), frozenset({2026}), ZONE)
    assert not own.is_working_day(date(2027, 2, 8))
    assert own.is_working_day(date(2027, 2, 7))
    assert own.due_day(date(2027, 2, 5), working(2)) == DueDay(date(2027, 2, 9), provisional=True)


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day() -> None:
    assert CALENDAR.due_day(date(2026, 9, 14), calendar_days(7)).day == date(2026, 9, 21)
    assert CALENDAR.due_day(date(2026, 9, 18), calendar_days(7)).day == date(2026, 9, 28)  # 25 to 27 are off


def test_calendar_days_need_an_official_calendar_for_their_end_only() -> None:
    assert CALENDAR.due_day(date(2003, 12, 20), calendar_days(30)) == DueDay(
        date(2004, 1, 19), provisional=False
    )
    assert CALENDAR.due_day(date(2026, 12, 20), calendar_days(30)).provisional


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert months_later(date(2026, 10, 15), 14) == date(2027, 12, 15)
    assert CALENDAR.due_day(date(2026, 3, 16), Limit(3, LimitUnit.MONTH, "月")).day == date(2026, 6, 16)


def test_an_immediate_limit_is_due_the_same_day_even_on_a_day_off() -> None:
    for limit in (working(0), calendar_days(0)):
        assert CALENDAR.due_day(date(2027, 1, 1), limit) == DueDay(date(2027, 1, 1), provisional=False)


def test_the_week_ends_with_its_last_working_day_whatever_weekday_that_is() -> None:
    last = CALENDAR.last_working_day_of_week
    assert last(date(2026, 9, 14)) == date(2026, 9, 20)  # the Sunday made up for 国庆
    assert last(date(2026, 9, 27)) == date(2026, 9, 24)
    assert last(date(2026, 2, 18)) is None  # 春节 takes the whole week
    assert last(date(2026, 10, 5)) == date(2026, 10, 10)


@given(any_days, st.integers(0, 400))
def test_adding_and_counting_working_days_agree(day: date, n: int) -> None:
    later = CALENDAR.add_working_days(day, n)
    assert CALENDAR.working_days_between(day, later) == n
    assert n == 0 or CALENDAR.is_working_day(later)
    assert CALENDAR.add_working_days(later, -n) <= day


@given(any_days, st.integers(1, 60))
def test_counting_back_mirrors_counting_on(day: date, n: int) -> None:
    earlier = CALENDAR.add_working_days(day, -n)
    assert earlier < day
    assert CALENDAR.is_working_day(earlier)
    between = sum(CALENDAR.is_working_day(earlier + timedelta(days=k)) for k in range((day - earlier).days))
    assert between == n


@given(covered_days, covered_days)
def test_working_days_between_two_days_are_counted_one_by_one(a: date, b: date) -> None:
    a, b = min(a, b), max(a, b)
    b = min(b, a + timedelta(days=500))
    walked = sum(CALENDAR.is_working_day(a + timedelta(days=k)) for k in range(1, (b - a).days + 1))
    assert CALENDAR.working_days_between(a, b) == walked
    assert CALENDAR.working_days_between(b, a) == -walked


def test_minutes_run_in_office_hours_only() -> None:
    add = CALENDAR.add_working_minutes
    assert add(at("2026-09-15T09:30"), 60) == at("2026-09-15T10:30")
    assert add(at("2026-09-15T11:30"), 60) == at("2026-09-15T15:00")
    assert add(at("2026-09-15T17:00"), 60) == at("2026-09-16T09:00")
    assert add(at("2026-09-24T17:30"), 1) == at("2026-09-28T08:31")
    assert add(at("2026-09-15T08:30"), 390) == at("2026-09-15T17:30")


def test_no_minutes_leave_the_instant_alone() -> None:
    assert CALENDAR.add_working_minutes(at("2026-10-01T03:00"), 0) == at("2026-10-01T03:00")


def test_the_office_opens_next_after_lunch_the_night_and_the_holidays() -> None:
    opens = CALENDAR.next_office_moment
    assert opens(at("2026-09-15T10:15")) == at("2026-09-15T10:15")
    assert opens(at("2026-09-15T12:00")) == at("2026-09-15T14:30")
    assert opens(at("2026-09-15T00:30")) == at("2026-09-15T08:30")
    assert opens(at("2026-09-30T17:30")) == at("2026-10-08T08:30")


def test_a_day_opens_and_closes_by_the_office_clock_in_utc() -> None:
    assert CALENDAR.opening(date(2026, 9, 15)) == datetime(2026, 9, 15, 0, 30, tzinfo=UTC)
    assert CALENDAR.closing(date(2026, 9, 15)) == at("2026-09-15T17:30")
    assert CALENDAR.closing(date(2026, 9, 15)).tzinfo is UTC


def test_a_utc_instant_belongs_to_the_office_day() -> None:
    late_in_utc = datetime(2026, 9, 14, 16, 30, tzinfo=UTC)  # 00:30 on the 15th
    assert CALENDAR.next_office_moment(late_in_utc) == at("2026-09-15T08:30")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        CALENDAR.next_office_moment(datetime(2026, 9, 15, 9, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="backwards"):
        CALENDAR.add_working_minutes(at("2026-09-15T09:00"), -1)


@given(instants, st.integers(0, 5000))
def test_adding_and_counting_minutes_agree(instant: datetime, minutes: int) -> None:
    later = CALENDAR.add_working_minutes(instant, minutes)
    assert CALENDAR.working_minutes_between(instant, later) == minutes
    assert CALENDAR.working_minutes_between(later, instant) == -minutes


@given(instants, st.integers(1, 3000), st.integers(1, 3000))
def test_minutes_added_in_two_steps_are_minutes_added_at_once(instant: datetime, one: int, two: int) -> None:
    add = CALENDAR.add_working_minutes
    assert add(add(instant, one), two) == add(instant, one + two)


def test_office_spans_that_overlap_are_refused() -> None:
    for spans in ((), (OfficeSpan(time(9), time(12)), OfficeSpan(time(11), time(17)))):
        with pytest.raises(ValueError, match="spans"):
            WorkCalendar(frozenset(), frozenset(), frozenset(), ZONE, spans)


def test_the_quarterly_reports_fall_due_on_the_known_days() -> None:
    begins = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]
    fifth = [CALENDAR.add_working_days(day, 5) for day in begins]
    tenth = [CALENDAR.add_working_days(day, 10) for day in begins]
    assert fifth == [date(2026, 1, 8), date(2026, 4, 8), date(2026, 7, 7), date(2026, 10, 13)]
    assert tenth == [date(2026, 1, 15), date(2026, 4, 15), date(2026, 7, 14), date(2026, 10, 20)]
    assert all(a < b for a, b in pairwise(fifth))
