"""From a project's facts to an ordered plan: which items, in which order, for which reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from domain.case import Scope
from domain.catalogue import Catalogue


@dataclass(frozen=True)
class Wanted:
    """What is to be planned. `facts`: of the project, by the keys of F1 and F9, as kept. `stages`, `items`: of a scope
    that is not the whole way."""

    project_type: str
    facts: Mapping[str, object]
    scope: Scope = Scope.WHOLE
    stages: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedItem:
    """`after`: items of the plan that come before it. `why`: for people. `submit`, `done`: office days, None while
    nothing can be said."""

    item_id: str
    after: tuple[str, ...] = ()
    why: str = ""
    submit: date | None = None
    done: date | None = None
    parallel_group: str = ""


def propose(catalogue: Catalogue, wanted: Wanted) -> tuple[PlannedItem, ...]:
    """Every item before those that need it. What a person may still change is up to the service officer (R055)."""
    chosen = {item_id for item_id in catalogue.items if _fits(catalogue, item_id, wanted)}
    needs = {
        one: [need for need in catalogue.items[one].needs(wanted.project_type) if need in chosen]
        for one in chosen
    }
    places = list(catalogue.items)
    ordered = TopologicalSorter({one: needs[one] for one in sorted(chosen, key=places.index)}).static_order()
    return tuple(PlannedItem(one, tuple(needs[one])) for one in ordered)


def _fits(catalogue: Catalogue, item_id: str, wanted: Wanted) -> bool:
    entry = catalogue.items[item_id]
    if wanted.scope is Scope.ITEM:
        return item_id in wanted.items
    if wanted.scope is Scope.STAGE and entry.stage not in wanted.stages:
        return False
    return wanted.project_type in entry.applies_to
