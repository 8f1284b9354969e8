"""When a fee is spoken of, and what may become of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IllegalMove
from domain.fees import Fee, FeeNotice, FeeState
from tests.domain.test_calendar import CALENDAR
from tests.factories import NOW

FEE = Fee(1, 1, 1, date(2026, 10, 20), "占道费", 1, NOW)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-10-14", None),
        ("2026-10-15", FeeNotice.BEFORE),  # Thursday, three working days before the Tuesday
        ("2026-10-19", FeeNotice.BEFORE),
        ("2026-10-20", FeeNotice.TODAY),
        ("2026-10-21", FeeNotice.LATE),
    ],
)
def test_before_the_day_on_it_and_after_it(today: str, said: FeeNotice | None) -> None:
    assert FEE.notice_on(date.fromisoformat(today), 3, CALENDAR) is said


def test_a_day_off_is_told_of_on_the_last_working_day_before() -> None:
    on_a_holiday = replace(FEE, due=date(2026, 10, 5))
    assert on_a_holiday.notice_on(date(2026, 9, 30), 3, CALENDAR) is FeeNotice.TODAY
    assert on_a_holiday.notice_on(date(2026, 9, 29), 3, CALENDAR) is FeeNotice.BEFORE


@given(st.integers(0, 300), st.integers(1, 10))
def test_each_is_said_after_the_other_and_none_is_left_out(day: int, before: int) -> None:
    due = date(2026, 2, 1) + timedelta(days=day)
    fee = replace(FEE, due=due)
    said = [fee.notice_on(due + timedelta(days=n), before, CALENDAR) for n in range(-31, 3)]
    order = [None, FeeNotice.BEFORE, FeeNotice.TODAY, FeeNotice.LATE]
    assert [order.index(one) for one in said] == sorted(order.index(one) for one in said)
    assert set(said) == set(order)


def test_what_has_ended_stays_so() -> None:
    for ended in (FEE.paid(NOW), FEE.dropped(NOW)):
        assert ended.notice_on(date(2026, 10, 20), 3, CALENDAR) is None
        for again in (ended.paid, ended.dropped):
            with pytest.raises(IllegalMove):
                again(NOW)
        with pytest.raises(IllegalMove):
            ended.moved(date(2026, 10, 21), "")
    assert FEE.moved(date(2026, 10, 22), "").words == "占道费"
    assert FEE.state is FeeState.DUE
