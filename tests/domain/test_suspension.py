"""Which way a suspension may go, and which not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IllegalMove
from domain.suspension import NEXT, Reason, Suspension, SuspensionKind, SuspensionState

NOW = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
DAY = date(2026, 9, 15)
S = SuspensionState


def _proposed(kind: SuspensionKind = SuspensionKind.SUSPEND) -> Suspension:
    return Suspension(1, 1, kind, Reason.NOT_HANDED_IN, "资金证明未提交", 1, NOW)


def _in_force(kind: SuspensionKind = SuspensionKind.SUSPEND) -> Suspension:
    return _proposed(kind).coordinate("电话沟通").issue(DAY)


def test_it_is_not_put_in_writing_before_it_was_coordinated() -> None:
    with pytest.raises(IllegalMove):
        _proposed().issue(DAY)
    assert _in_force().effective_on == DAY


def test_every_coordination_is_kept() -> None:
    assert _proposed().coordinate("电话").coordinate("上门").coordination == "电话；上门"


def test_what_is_in_force_is_not_dropped() -> None:
    with pytest.raises(IllegalMove):
        _in_force().drop()


def test_it_is_resumed_only_when_both_sides_confirmed() -> None:
    asked = _in_force().ask_resume("已到账", enterprise=2)
    with pytest.raises(IllegalMove):
        asked.resume(DAY)
    with pytest.raises(IllegalMove):
        asked.confirm_resume(enterprise=3).resume(DAY)
    both = asked.confirm_resume(officer=1)
    assert (both.resume(DAY).state, both.resume(DAY).ended_on) == (S.ENDED, DAY)


def test_the_second_of_one_side_does_not_take_the_place_of_the_first() -> None:
    assert _in_force().ask_resume("已到账", enterprise=2).confirm_resume(enterprise=3).resume_enterprise == 2


def test_refused_it_stays_in_force_and_forgets_who_confirmed() -> None:
    refused = _in_force().ask_resume("已到账", enterprise=2).refuse_resume()
    assert (refused.state, refused.cause_removed, refused.resume_enterprise) == (S.IN_FORCE, "", None)


def test_a_termination_has_no_way_back() -> None:
    with pytest.raises(IllegalMove):
        _in_force(SuspensionKind.TERMINATE).ask_resume("又想办了", officer=1)


MOVES: tuple[Callable[[Suspension], Suspension], ...] = (
    lambda one: one.coordinate("沟通"),
    lambda one: one.issue(DAY),
    lambda one: one.drop(),
    lambda one: one.ask_resume("已消除", officer=1),
    lambda one: one.ask_resume("已消除", enterprise=2),
    lambda one: one.confirm_resume(officer=1),
    lambda one: one.confirm_resume(enterprise=2),
    lambda one: one.refuse_resume(),
    lambda one: one.resume(DAY),
    lambda one: one.overtaken(DAY),
)


@given(st.sampled_from(SuspensionKind), st.lists(st.integers(0, len(MOVES) - 1), max_size=20))
def test_whatever_is_tried_the_table_and_the_two_promises_hold(
    kind: SuspensionKind, tried: list[int]
) -> None:
    one = _proposed(kind)
    was_in_force = False
    for n in tried:
        try:
            moved = MOVES[n](one)
        except IllegalMove:
            continue
        assert moved.state is one.state or moved.state in NEXT[one.state]
        was_in_force |= moved.state is S.IN_FORCE
        if moved.state is S.IN_FORCE:
            assert moved.coordination
        if moved.state is S.ENDED:
            assert was_in_force
            assert MOVES[n] is MOVES[-1] or (kind is SuspensionKind.SUSPEND and moved.both_confirmed)
        one = moved
