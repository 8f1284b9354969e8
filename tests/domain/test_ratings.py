"""One rating per case: what becomes of a poor one, and of one given by mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import IllegalMove
from domain.ratings import NEXT, Rating, RatingState, new_rating, sample

NOW = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
DUE, LATER = date(2026, 10, 12), date(2026, 11, 2)
S = RatingState


def _given(grade: int) -> Rating:
    return new_rating(1, grade, 7, NOW, rectify_by=DUE)


@pytest.mark.parametrize(
    ("grade", "state", "due"), [(1, S.RECTIFY, DUE), (2, S.RECTIFY, DUE), (3, S.GIVEN, None)]
)
def test_the_two_lowest_are_to_be_put_right(grade: int, state: RatingState, due: date | None) -> None:
    assert (_given(grade).state, _given(grade).rectify_by) == (state, due)


def test_put_right_and_followed_up() -> None:
    assert _given(2).rectify("已整改", 3, NOW).followed("满意").state is S.FOLLOWED_UP


def test_a_poor_one_is_not_followed_up_before_anything_was_done() -> None:
    with pytest.raises(IllegalMove):
        _given(2).followed("满意")


def test_who_is_still_not_content_sets_a_new_day() -> None:
    again = _given(1).rectify("已整改", 3, NOW).not_content("仍不满意", LATER)
    assert (again.state, again.rectify_by) == (S.RECTIFY, LATER)


def test_an_appeal_not_followed_leaves_everything() -> None:
    upheld = _given(2).appealed("点错了").upheld()
    assert (upheld.state, upheld.rectify_by) == (S.RECTIFY, DUE)
    assert _given(4).appealed("点错了").upheld().state is S.GIVEN


def test_only_a_granted_appeal_lets_one_rate_anew() -> None:
    with pytest.raises(IllegalMove):
        _given(2).again(_given(5))
    anew = _given(2).appealed("点错了").reopened().again(_given(5))
    assert (anew.grade, anew.state, anew.appeal) == (5, S.GIVEN, "点错了")


MOVES: tuple[Callable[[Rating], Rating], ...] = (
    lambda one: one.rectify("措施", 3, NOW),
    lambda one: one.followed("满意"),
    lambda one: one.not_content("不满意", LATER),
    lambda one: one.appealed("点错了"),
    lambda one: one.upheld(),
    lambda one: one.reopened(),
    lambda one: one.again(_given(5)),
    lambda one: one.again(_given(1)),
)


@given(st.integers(1, 5), st.lists(st.integers(0, len(MOVES) - 1), max_size=20))
def test_whatever_is_tried_the_table_holds_and_a_poor_one_has_its_day(grade: int, tried: list[int]) -> None:
    one = _given(grade)
    for n in tried:
        try:
            moved = MOVES[n](one)
        except IllegalMove:
            continue
        assert moved.state in NEXT[one.state]
        assert (moved.state is not S.RECTIFY) or (moved.poor and moved.rectify_by is not None)
        one = moved


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 100))
def test_the_sample_is_a_share_of_all_and_the_same_whoever_asks(nos: list[str], percent: int) -> None:
    drawn = sample(nos, percent, "2026-09")
    assert set(drawn) <= set(nos)
    assert len(drawn) * 100 >= len(nos) * percent > (len(drawn) - 1) * 100 or not nos
    assert sample(nos[::-1], percent, "2026-09") == drawn
