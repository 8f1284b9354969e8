"""An item goes only where the table lets it, never back in time, and its last event can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError, InvalidAnswer
from domain.items import NEXT, CaseItem, ItemEvent, ItemState

DAY = date(2026, 9, 1)
MOVES = st.lists(st.tuples(st.sampled_from(list(ItemState)), st.integers(-2, 5)), max_size=12)


@given(MOVES)
def test_whatever_is_tried_days_never_go_back_and_every_step_is_in_the_table(
    moves: list[tuple[ItemState, int]],
) -> None:
    item, day = CaseItem(1, 1, "sg_xuke"), DAY
    for state, later in moves:
        day += timedelta(days=later)
        try:
            item = item.record(ItemEvent(state, day), DAY + timedelta(days=30))
        except DomainError:
            continue
    days = [event.day for event in item.events]
    assert days == sorted(days)
    states = [ItemState.PLANNED, *(event.state for event in item.events)]
    assert all(after in NEXT[before] for before, after in pairwise(states))


@given(MOVES)
def test_taking_back_leaves_it_as_it_was(moves: list[tuple[ItemState, int]]) -> None:
    item = CaseItem(1, 1, "sg_xuke")
    for state, _ in moves:
        try:
            after = item.record(ItemEvent(state, DAY), DAY)
        except DomainError:
            continue
        assert after.take_back(state) == item
        item = after


def test_only_the_last_event_is_taken_back() -> None:
    item = CaseItem(1, 1, "sg_xuke").record(ItemEvent(ItemState.ACCEPTED, DAY), DAY)
    item = item.record(ItemEvent(ItemState.IN_REVIEW, DAY), DAY)
    with pytest.raises(InvalidAnswer):
        item.take_back(ItemState.ACCEPTED)
    with pytest.raises(InvalidAnswer):
        CaseItem(1, 1, "sg_xuke").take_back(ItemState.ACCEPTED)
