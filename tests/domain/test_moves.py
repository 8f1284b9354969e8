"""Random moves, legal and not: no state the tables do not allow, no clock that runs backwards."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.siteconfig import calendar_of
from domain import case as cases
from domain import items, materials
from domain.case import Case, CaseStatus, Scope, ServiceLevel
from domain.errors import DomainError, IllegalMove
from domain.items import ENDED, CaseItem, Clock, ItemEvent, ItemState, ItemView
from domain.materials import Material, MaterialState
from tests.domain.test_site import SITE

DAY = date(2026, 9, 1)
CALENDAR = calendar_of(SITE)
CASE_MOVES: tuple[Any, ...] = (
    lambda c: c.accept(1, DAY), lambda c: c.refuse(1), Case.withdraw, Case.entrusted, Case.suspend, Case.resume,
    Case.hand_over, Case.back_to_work, lambda c: c.close(DAY), lambda c: c.terminate(DAY),
)  # fmt: skip
MATERIAL_MOVES: tuple[Any, ...] = (
    Material.receive, Material.accept, lambda m: m.give_back("缺章"),
    lambda m: m.defer(DAY + timedelta(days=3), "承诺"), lambda m: m.lapse(DAY + timedelta(days=9)),
    lambda m: m.lapse(DAY),
)  # fmt: skip
ENTRIES = [one for one in SITE.catalogue.items.values() if one.limit and one.limit.value]


@given(st.sampled_from(ServiceLevel), st.lists(st.sampled_from(CASE_MOVES), max_size=12))
def test_a_case_only_ever_takes_steps_of_its_table(level: ServiceLevel, moves: list[Any]) -> None:
    case = Case(1, "YX-SQ-2026-0001", 1, level, Scope.WHOLE, CaseStatus.APPLIED)
    signed = False
    for move in moves:
        before = case
        with suppress(IllegalMove):
            case = move(case)
            assert case.status in cases.NEXT[before.status]
        signed = signed or (before.status is CaseStatus.SIGNING and case.status is CaseStatus.ACTIVE)
        if case.status in cases.OPEN_CASES and level in cases.NEEDS_ENTRUSTMENT:
            assert signed  # nothing is handled before the entrustment
        if before.status in cases.ENDED_CASES:
            assert case == before


@given(st.lists(st.sampled_from(MATERIAL_MOVES), max_size=12))
def test_a_material_only_ever_takes_steps_of_its_table(moves: list[Any]) -> None:
    material = Material(1, 1, "施工合同", True, "原件")
    for move in moves:
        before = material
        with suppress(IllegalMove):
            material = move(material)
            assert material.state in materials.NEXT[before.state]
        assert (material.state is MaterialState.DEFERRED) <= (material.deferred_until is not None)


EVENTS = st.tuples(st.sampled_from(ItemState), st.integers(-2, 6))


@settings(max_examples=300)
@given(st.sampled_from(ENTRIES), st.lists(EVENTS, max_size=14))
def test_an_item_only_ever_takes_steps_of_its_table_and_no_clock_runs_backwards(
    entry: Any, events: list[tuple[ItemState, int]]
) -> None:
    item, today = CaseItem(1, 1, entry.id), DAY
    for state, later in events:
        before = item
        event = ItemEvent(state, today + timedelta(days=later), "黄志坚")
        today = max(today, event.day)
        with suppress(DomainError):
            item = item.record(event, today)
            assert item.state in items.NEXT[before.state]
        days = [one.day for one in item.events]
        assert days == sorted(days)
        assert len(item.events) - len(before.events) in (0, 1)
    shown = [clock(item, entry, today + timedelta(days=n)) for n in range(20)]
    told = [one for one in shown if one is not None]
    assert len(told) in (0, 20)
    assert [one.used for one in told] == sorted(one.used for one in told)
    assert [one.due for one in told] == sorted(one.due for one in told)
    assert all(one.used >= 0 for one in told)


@given(st.lists(EVENTS, max_size=14))
def test_what_ended_stays_ended_until_it_is_handed_in_again(events: list[tuple[ItemState, int]]) -> None:
    item, today = CaseItem(1, 1, "sg_xuke"), DAY
    for state, later in events:
        before = item
        today += timedelta(days=abs(later))
        with suppress(DomainError):
            item = item.record(ItemEvent(state, today, ""), today)
        if before.state in ENDED and item != before:
            assert item.state in (ItemState.SUBMITTED, ItemState.REVOKED)


def test_a_new_hand_in_starts_a_new_clock() -> None:
    steps = ((ItemState.ACCEPTED, 0), (ItemState.WITHDRAWN, 2), (ItemState.SUBMITTED, 5))
    item = CaseItem(1, 1, "sg_xuke")
    for state, later in steps:
        item = item.record(ItemEvent(state, DAY + timedelta(days=later)), DAY + timedelta(days=30))
    assert item.accepted_on is None
    item = item.record(ItemEvent(ItemState.ACCEPTED, DAY + timedelta(days=6)), DAY + timedelta(days=30))
    assert item.accepted_on == DAY + timedelta(days=6)


def clock(item: CaseItem, entry: Any, today: date) -> Clock | None:
    return ItemView(replace(item), entry, CALENDAR, SITE.deadlines.lamp, today).clock
