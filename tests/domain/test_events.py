"""政企互动 and 培训, and wishes for a visit: what may follow what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import IllegalMove
from domain.events import Event, EventKind, EventState, VisitWish
from tests.factories import NOW

DAY = date(2026, 10, 20)
EVENT = Event(2, EventKind.TRAINING, "施工许可网上申报", DAY, "zjj", 1, NOW)


def test_it_is_moved_held_and_counted_again_or_cancelled() -> None:
    assert EVENT.move(date(2026, 10, 22)).day == date(2026, 10, 22)
    held = EVENT.hold(35)
    assert (held.state, held.hold(36).attendance) == (EventState.HELD, 36)
    assert EVENT.name == "培训2"
    for over in (held, EVENT.cancel()):
        for step in (lambda e: e.move(DAY), Event.cancel):
            with pytest.raises(IllegalMove):
                step(over)
    with pytest.raises(IllegalMove):
        EVENT.cancel().hold(1)


def test_a_wish_ends_with_the_visit() -> None:
    wish = VisitWish(1, 1, "", 1, NOW)
    assert wish.plan(DAY).plan(date(2026, 10, 22)).day == date(2026, 10, 22)
    for step in (VisitWish.plan, VisitWish.visited):
        with pytest.raises(IllegalMove):
            step(replace(wish, visited_on=DAY), DAY)
