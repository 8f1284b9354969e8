"""Clocks of an item: used and left make up the limit, a moved last day is no delay."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.siteconfig import calendar_of, read_site_document
from domain.catalogue import LimitUnit
from domain.deadlines import Lamp
from domain.items import CaseItem, ItemEvent, ItemState, ItemView
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
CALENDAR = calendar_of(SITE)
ACCEPTED = date(2026, 9, 11)


def _view(item_id: str, today: date, *events: tuple[ItemState, date]) -> ItemView:
    happened = tuple(ItemEvent(state, day) for state, day in ((ItemState.ACCEPTED, ACCEPTED), *events))
    item = CaseItem(1, 1, item_id, happened)
    return ItemView(item, SITE.catalogue.items[item_id], CALENDAR, SITE.deadlines.lamp, today)


def test_a_last_day_that_was_a_day_off_moves_and_nothing_is_overdue_before_it() -> None:
    # 施工许可, 法定 7日: from 9-18 the last day would be 9-25, a holiday; it moves to Monday 9-28.
    item = CaseItem(1, 1, "sg_xuke", (ItemEvent(ItemState.ACCEPTED, date(2026, 9, 18)),))
    view = ItemView(item, SITE.catalogue.items["sg_xuke"], CALENDAR, SITE.deadlines.lamp, date(2026, 9, 27))
    clock = view.statutory
    assert clock is not None
    assert clock.due == date(2026, 9, 28)
    assert (clock.left, clock.lamp) == (1, Lamp.YELLOW)


def test_the_clock_stands_still_while_the_enterprise_corrects() -> None:
    asked = date(2026, 9, 14)
    for today in (date(2026, 9, 15), date(2026, 9, 18), date(2026, 9, 30)):
        clock = _view("jieneng", today, (ItemState.CORRECTION, asked)).statutory
        assert clock is not None
        assert (clock.used, clock.left) == (0, 20)
    done = _view(
        "jieneng",
        date(2026, 9, 22),
        (ItemState.CORRECTION, asked),
        (ItemState.CORRECTION_DONE, date(2026, 9, 18)),
    )
    clock = done.statutory
    assert clock is not None
    # Monday 14th to Friday 18th are out, both ends included; Sunday 20th is a make-up day.
    assert (clock.used, clock.left) == (3, 17)


@settings(max_examples=200)
@given(
    start=st.integers(0, 700), passed=st.integers(0, 60), pause=st.integers(0, 40), length=st.integers(0, 30),
    item=st.sampled_from(["jieneng", "sg_xuke", "huanping_biao", "yongqi"]),
)  # fmt: skip
def test_used_and_left_make_up_the_limit_and_never_run_backwards(
    start: int, passed: int, pause: int, length: int, item: str
) -> None:
    accepted = date(2025, 1, 2) + timedelta(days=start)
    begun = accepted + timedelta(days=1 + pause)
    events = (
        ItemEvent(ItemState.ACCEPTED, accepted),
        ItemEvent(ItemState.CORRECTION, begun),
        ItemEvent(ItemState.CORRECTION_DONE, begun + timedelta(days=length)),
    )
    entry = SITE.catalogue.items[item]
    today = accepted + timedelta(days=passed)
    seen = tuple(event for event in events if event.day <= today)
    for day in (today, today + timedelta(days=1)):
        view = ItemView(CaseItem(1, 1, item, seen), entry, CALENDAR, SITE.deadlines.lamp, day)
        for clock in (view.promised, view.statutory):
            if clock is None:
                continue
            assert clock.used >= 0
            if clock.limit.unit is LimitUnit.WORKING:
                assert clock.used + clock.left == clock.limit.value
            else:
                assert clock.used + clock.left >= clock.limit.value
            # The day after a Friday is late already, though no working day has passed.
            assert (clock.lamp is Lamp.RED) == (day > clock.due and not clock.provisional)
            assert clock.left >= 0 or day > clock.due


@pytest.mark.parametrize("item", ["sg_xuke", "huanping_biao"])
def test_before_acceptance_no_clock_runs(item: str) -> None:
    submitted = CaseItem(1, 1, item, (ItemEvent(ItemState.SUBMITTED, ACCEPTED),))
    view = ItemView(submitted, SITE.catalogue.items[item], CALENDAR, SITE.deadlines.lamp, ACCEPTED)
    assert (view.promised, view.statutory, view.lamp) == (None, None, Lamp.NONE)


def _due(*events: tuple[ItemState, int], today: int) -> tuple[date, int, int]:
    """Due day, used and left of a promise of 3 working days, accepted on Thursday 10 September 2026."""
    happened = ((ItemState.ACCEPTED, 10), *events)
    item = CaseItem(1, 1, "sg_xuke", tuple(ItemEvent(state, date(2026, 9, day)) for state, day in happened))
    view = ItemView(
        item, SITE.catalogue.items["sg_xuke"], CALENDAR, SITE.deadlines.lamp, date(2026, 9, today)
    )
    assert view.promised is not None
    return view.promised.due, view.promised.used, view.promised.left


def test_acceptance_after_a_correction_ends_the_pause() -> None:
    again = _due((ItemState.CORRECTION, 11), (ItemState.ACCEPTED, 14), today=16)
    assert again == (date(2026, 9, 17), 2, 1)


def test_two_pauses_that_share_a_day_take_it_out_once() -> None:
    shared = _due(
        (ItemState.CORRECTION, 11), (ItemState.CORRECTION_DONE, 14), (ItemState.SPECIAL, 14), (ItemState.SPECIAL_DONE, 15),
        today=16,
    )  # fmt: skip
    assert shared == (date(2026, 9, 18), 1, 2)


def test_a_pause_from_the_day_of_acceptance_credits_no_day_that_was_not_counted() -> None:
    assert _due((ItemState.CORRECTION, 10), (ItemState.CORRECTION_DONE, 11), today=14) == (
        date(2026, 9, 16),
        1,
        2,
    )


def test_what_happened_before_acceptance_is_no_pause() -> None:
    events = ((ItemState.CORRECTION, 7), (ItemState.CORRECTION_DONE, 9), (ItemState.ACCEPTED, 10))
    item = CaseItem(1, 1, "sg_xuke", tuple(ItemEvent(state, date(2026, 9, day)) for state, day in events))
    assert item.paused_days(date(2026, 9, 14)) == frozenset()
