"""What is known of a project's open cases, as typed values with clocks and lamps; read once per answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar import WorkCalendar
from domain.case import Case
from domain.deadlines import Lamp
from domain.items import ENDED, NOT_RUNNING, CaseItem, ItemState, ItemView
from domain.site import Site
from storage.store import Transaction


@dataclass(frozen=True)
class CaseView:
    case: Case
    items: tuple[ItemView, ...]

    @property
    def done(self) -> tuple[ItemView, ...]:
        return tuple(v for v in self.items if v.item.state in ENDED)

    @property
    def running(self) -> tuple[ItemView, ...]:
        return tuple(v for v in self.items if v.item.state not in NOT_RUNNING)

    @property
    def planned(self) -> tuple[ItemView, ...]:
        return tuple(v for v in self.items if v.item.state is ItemState.PLANNED)

    def with_lamp(self, *lamps: Lamp) -> tuple[ItemView, ...]:
        return tuple(v for v in self.running if v.lamp in lamps)


def meant(item: str | None, also: Sequence[str], views: Iterable[CaseView]) -> tuple[str, ...]:
    """Which item of the project a word speaks of: the one it names, unless only others with this word in their
    name are in the plan (环评 of a project with a 环评报告表). Several: the person is asked."""
    planned = {v.entry.id for case in views for v in case.items}
    others = tuple(one for one in also if one in planned)
    if item is None:
        return ()
    return others if others and item not in planned else (item,)


def cases_of(
    tx: Transaction, project_ids: Iterable[int], site: Site, calendar: WorkCalendar, today: date
) -> dict[int, list[CaseView]]:
    """Project id -> its open cases with all their items."""
    return {
        project_id: [
            CaseView(
                case,
                views_of(items, site, calendar, today),
            )
            for case, items in found
        ]
        for project_id, found in tx.cases.open_with_items(project_ids).items()
    }


def lit_of(
    found: Iterable[tuple[int, CaseItem]], site: Site, calendar: WorkCalendar, today: date
) -> list[tuple[int, ItemView]]:
    """Of (project id, item) what has a red or yellow lamp."""
    return [
        (project_id, view)
        for project_id, item in found
        for view in views_of((item,), site, calendar, today)
        if view.lamp in (Lamp.RED, Lamp.YELLOW)
    ]


def views_of(
    items: Iterable[CaseItem], site: Site, calendar: WorkCalendar, today: date
) -> tuple[ItemView, ...]:
    """With their catalogue entries; what the catalogue no longer knows is left out."""
    return tuple(
        ItemView(item, site.catalogue.items[item.item_id], calendar, site.deadlines.lamp, today)
        for item in items
        if item.item_id in site.catalogue.items
    )
