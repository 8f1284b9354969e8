"""The days of a plan: a forward pass over its order, each limit in its own unit; what is done keeps its real days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from graphlib import TopologicalSorter

from domain.calendar import WorkCalendar
from domain.catalogue import CatalogueItem, Limit, LimitUnit
from domain.items import ENDED, CaseItem, ItemState, ItemView
from domain.plan_rules import PlanRules


class Basis(StrEnum):
    """What a planned end rests on."""

    DONE = "done"
    PROMISED = "promised"
    STATUTORY = "statutory"
    ESTIMATE = "estimate"
    NOTE = "note"  # shortened by a note of plan.yaml
    OPEN = "open"  # nothing can be said


@dataclass(frozen=True)
class Slot:
    """When an item is handed in and done. `waits_for`: the item whose end it waits for longest. `provisional`: rests on
    a year without an official calendar."""

    item_id: str
    submit: date | None
    done: date | None
    basis: Basis
    provisional: bool = False
    waits_for: str = ""


@dataclass(frozen=True)
class Timetable:
    """`building_done`: when the building is to stand; None leaves what comes after it open. `shorter`: working days
    that facts allow instead of the item's own limit."""

    calendar: WorkCalendar
    rules: PlanRules
    entries: Mapping[str, CatalogueItem]
    today: date
    building_done: date | None = None
    shorter: Mapping[str, int] = field(default_factory=dict)

    def slots(self, views: Sequence[ItemView], needs: Mapping[str, Sequence[str]]) -> dict[str, Slot]:
        """In the order of the plan. Planned days a person set are kept where what comes before allows it."""
        known = {view.entry.id: view for view in views}
        graph = {one: [need for need in needs.get(one, ()) if need in known] for one in known}
        found: dict[str, Slot] = {}
        for one in TopologicalSorter(graph).static_order():
            before = [found[need] for need in graph[one]]
            found[one] = self._slot(known[one], before)
        return found

    def earliest(self, item_id: str, before: Sequence[Slot]) -> tuple[date | None, str]:
        """The first day it can be handed in, and what it waits for; None while that hangs on something open."""
        entry = self.entries[item_id]
        start, waits = self.today, ""
        for slot in before:
            if slot.done is None:
                return None, slot.item_id
            if slot.done >= start:
                start, waits = slot.done, slot.item_id
        if entry.stage in self.rules.after_building:
            if self.building_done is None:
                return None, ""
            if self.building_done > start:
                start, waits = self.building_done, ""
        ready = self.rules.days.preparation_of.get(item_id, self.rules.days.preparation)
        return self.calendar.add_working_days(start, ready) if ready else self._working(start), waits

    def _slot(self, view: ItemView, before: Sequence[Slot]) -> Slot:
        item, entry = view.item, view.entry
        if item.state in ENDED or item.state is not ItemState.PLANNED:
            return self._begun(view)
        first, waits = self.earliest(entry.id, before)
        wished = item.planned_submit if item.planned_submit and item.planned_submit >= self.today else None
        if first is None and (waits or wished is None):
            return Slot(entry.id, None, None, Basis.OPEN, waits_for=waits)
        submit = max(day for day in (first, wished and self._working(wished)) if day)
        done, basis, provisional = self._end(entry, submit)
        return Slot(entry.id, submit, done, basis, provisional, waits)

    def _begun(self, view: ItemView) -> Slot:
        item, entry = view.item, view.entry
        submit = next((event.day for event in item.current if event.state is not ItemState.PLANNED), None)
        if item.state is ItemState.COMPLETED:
            return Slot(entry.id, submit, item.ended_on, Basis.DONE)
        if item.state in ENDED:  # without a result: what needs it waits until somebody decides
            return Slot(entry.id, submit, None, Basis.OPEN)
        clock = view.clock
        if clock:
            basis = Basis.PROMISED if view.promised else Basis.STATUTORY
            return Slot(entry.id, submit, max(clock.due, self.today), basis, clock.provisional)
        planned = item.planned_done
        if planned and planned >= self.today:
            return Slot(entry.id, submit, planned, Basis.ESTIMATE, self.calendar.is_provisional(planned))
        done, basis, provisional = self._end(entry, self.today)
        return Slot(entry.id, submit, done, basis, provisional)

    def _end(self, entry: CatalogueItem, submit: date) -> tuple[date, Basis, bool]:
        limit, basis = self.limit_of(entry)
        due = self.calendar.due_day(submit, limit)
        for review in entry.reviews:  # technical reviews are segments of their own (R114)
            due = self.calendar.due_day(due.day, review.limit)
        return due.day, basis, due.provisional

    def limit_of(self, entry: CatalogueItem) -> tuple[Limit, Basis]:
        if entry.id in self.shorter:
            return Limit(self.shorter[entry.id], LimitUnit.WORKING), Basis.NOTE
        if entry.promised:
            return entry.promised, Basis.PROMISED
        if entry.statutory:
            return entry.statutory, Basis.STATUTORY
        days = self.rules.days.estimates.get(entry.id, self.rules.days.default)
        return Limit(days, LimitUnit.WORKING), Basis.ESTIMATE

    def _working(self, day: date) -> date:
        return day if self.calendar.is_working_day(day) else self.calendar.add_working_days(day, 1)


def working_days_in_all(slots: Sequence[Slot], calendar: WorkCalendar) -> int | None:
    """Working days on which at least one of these is under way; None while an end is open."""
    spans = sorted((slot.submit, slot.done) for slot in slots if slot.submit and slot.done)
    if not spans or any(slot.done is None for slot in slots):
        return None
    days, reached = 0, spans[0][0]
    for submit, done in spans:
        start = max(submit, reached)
        if done > start:
            days += calendar.working_days_between(start, done)
            reached = done
    return days


@dataclass(frozen=True)
class Slip:
    """An item behind its plan by so many working days. `late`: "submit" or "done"."""

    item: CaseItem
    late: str
    planned: date
    days: int


def slipped(views: Sequence[ItemView], today: date) -> tuple[Slip, ...]:
    """R094: plan against fact, of what is not done yet; the longest first."""
    found = [slip for slip in (_slip(view, today) for view in views) if slip]
    return tuple(sorted(found, key=lambda one: -one.days))


def _slip(view: ItemView, today: date) -> Slip | None:
    item = view.item
    if item.state in ENDED:
        return None
    late = "submit" if item.state is ItemState.PLANNED else "done"
    planned = item.planned_submit if late == "submit" else item.planned_done
    if planned is None or planned >= today:
        return None
    return Slip(item, late, planned, max(1, view.calendar.working_days_between(planned, today)))
