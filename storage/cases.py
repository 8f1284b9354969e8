"""Cases and their items under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, insert, select, union, update

from domain.case import OPEN_CASES, Case, CaseStatus, ContactChannel, Scope, ServiceLevel, ServiceType
from domain.items import CaseItem, ItemEvent
from storage.columns import among
from storage.errors import Stale
from storage.item_clocks import LOOK_NOW, item_of
from storage.tables import (
    case_items,
    cases,
    demand_defects,
    fees,
    material_versions,
    materials,
    one_time_notices,
    progress_news,
)

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OPEN = (
    select(cases)
    .where(cases.c.project_id.in_(_IDS), cases.c.status.in_(sorted(OPEN_CASES)))
    .order_by(cases.c.id)
)
_ITEMS = (
    select(case_items)
    .where(case_items.c.case_id.in_(_IDS))
    .order_by(case_items.c.case_id, case_items.c.position)
)
_OPEN_WITH_ITEMS = (
    select(
        case_items,
        cases.c.id.label("case_id_"),
        *(column.label(f"case_{column.name}") for column in cases.c if column.name != "id"),
    )
    .select_from(cases.outerjoin(case_items))
    .where(cases.c.project_id.in_(_IDS), cases.c.status.in_(sorted(OPEN_CASES)))
    .order_by(cases.c.id, case_items.c.position)
)


class Cases:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def open_of_projects(self, project_ids: Iterable[int]) -> dict[int, list[Case]]:
        """Project id -> its open cases, oldest first."""
        found: dict[int, list[Case]] = {}
        for row in self._c.execute(_OPEN, {"ids": list(set(project_ids))}):
            found.setdefault(row.project_id, []).append(_case(row))
        return found

    def open_with_items(self, project_ids: Iterable[int]) -> dict[int, list[tuple[Case, list[CaseItem]]]]:
        """Project id -> its open cases, oldest first, each with its items in the plan's order. Of one project in one
        round trip; of many, a case is not sent once with every item."""
        ids = list(set(project_ids))
        if len(ids) == 1:
            return self._open_of_one(ids)
        cases_of = self.open_of_projects(ids)
        items = self.items(case.id for found in cases_of.values() for case in found)
        return {
            project: [(case, items.get(case.id, [])) for case in found] for project, found in cases_of.items()
        }

    def _open_of_one(self, ids: list[int]) -> dict[int, list[tuple[Case, list[CaseItem]]]]:
        found: dict[int, tuple[Case, list[CaseItem]]] = {}
        for row in self._c.execute(_OPEN_WITH_ITEMS, {"ids": ids}):
            if row.case_id_ not in found:
                found[row.case_id_] = _case(row, "case_", "case_id_"), []
            if row.id is not None:
                found[row.case_id_][1].append(item_of(row))
        return {ids[0]: list(found.values())} if found else {}

    def open_of_project(self, project_id: int) -> list[Case]:
        return self.open_of_projects([project_id]).get(project_id, [])

    def items(self, case_ids: Iterable[int]) -> dict[int, list[CaseItem]]:
        """Case id -> its items in the plan's order."""
        found: dict[int, list[CaseItem]] = {}
        for row in self._c.execute(_ITEMS, {"ids": list(set(case_ids))}).all():
            found.setdefault(row.case_id, []).append(item_of(row))
        return found

    def departments_items(self, item_ids: Iterable[str]) -> list[tuple[int, CaseItem]]:
        """(project id, item) of every open case that has one of these catalogue items."""
        query = (
            select(cases.c.project_id, *case_items.c)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.item_id.in_(set(item_ids)), cases.c.status.in_(OPEN_CASES))
            .order_by(cases.c.project_id, case_items.c.position)
        )
        return [(row.project_id, item_of(row)) for row in self._c.execute(query)]

    def running(
        self, *, project_ids: Iterable[int] | None = None, item_ids: Iterable[str] | None = None
    ) -> list[tuple[int, CaseItem]]:
        """(project id, item) of what is under way in open cases: of these projects, of these catalogue items."""
        query = (
            select(cases.c.project_id, *case_items.c)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.running, cases.c.status.in_(OPEN_CASES))
            .order_by(cases.c.project_id, cases.c.id, case_items.c.position)
        )
        if project_ids is not None:
            query = query.where(cases.c.project_id.in_(among(project_ids)))
        if item_ids is not None:
            query = query.where(case_items.c.item_id.in_(set(item_ids)))
        found = ((row.project_id, item_of(row)) for row in self._c.execute(query))
        return [(project_id, item) for project_id, item in found if item.running]

    def item_ids(self, project_id: int) -> frozenset[str]:
        """Catalogue ids of the items of this project's open cases."""
        query = (
            select(case_items.c.item_id)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(cases.c.project_id == project_id, cases.c.status.in_(OPEN_CASES))
            .distinct()
        )
        return frozenset(self._c.execute(query).scalars())

    def get(self, case_id: int, *, lock: bool = False) -> Case | None:
        return self._one(cases.c.id == case_id, lock=lock)

    def by_no(self, no: str, *, lock: bool = False) -> Case | None:
        """By its application number; people type it."""
        return self._one(cases.c.no == no.strip().upper(), lock=lock)

    def of_project(self, project_id: int) -> list[Case]:
        """All of them, whatever became of them, oldest first."""
        query = select(cases).where(cases.c.project_id == project_id).order_by(cases.c.id)
        return [_case(row) for row in self._c.execute(query)]

    def accepted_until(self, day: date, project_ids: Iterable[int] | None = None) -> list[Case]:
        """Whatever became of them since, by day of acceptance."""
        query = select(cases).where(cases.c.accepted_on <= day).order_by(cases.c.accepted_on, cases.c.id)
        if project_ids is not None:
            query = query.where(cases.c.project_id.in_(set(project_ids)))
        return [_case(row) for row in self._c.execute(query)]

    def in_status(self, *wanted: CaseStatus) -> list[Case]:
        query = select(cases).where(cases.c.status.in_(wanted)).order_by(cases.c.id)
        return [_case(row) for row in self._c.execute(query)]

    def save(self, case: Case) -> Case:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(cases)
            .where(cases.c.id == case.id, cases.c.version == case.version)
            .values(**_case_row(case), version=case.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("case")
        return replace(case, version=case.version + 1)

    def add(self, case: Case) -> int:
        """`case.id` is not looked at."""
        values = {"no": case.no, "project_id": case.project_id, **_case_row(case), "version": 0}
        return int(self._c.execute(insert(cases).values(**values).returning(cases.c.id)).scalar_one())

    def item(self, case_item_id: int, *, lock: bool = False) -> CaseItem | None:
        query = select(case_items).where(case_items.c.id == case_item_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return item_of(row) if row else None

    def save_item(self, item: CaseItem, was: CaseItem) -> None:
        """Everything about it but its place. Raises Stale when its events changed since `was` was read."""
        values = {
            "events": [_event_row(e) for e in item.events],
            "planned_submit": item.planned_submit,
            "planned_done": item.planned_done,
            "result_no": item.result_no,
            "parallel_group": item.parallel_group,
            "commitment": item.commitment,
            "look_at": LOOK_NOW,
            "running": item.running,
        }
        known = [_event_row(e) for e in was.events]
        changed = self._c.execute(
            update(case_items)
            .where(case_items.c.id == item.id, case_items.c.events == known)
            .values(**values)
        )
        if changed.rowcount != 1:
            raise Stale("case item")

    def place_item(self, case_item_id: int, position: int) -> None:
        self._c.execute(update(case_items).where(case_items.c.id == case_item_id).values(position=position))

    def not_to_be_dropped(self, case_item_ids: Iterable[int]) -> set[int]:
        """Of these the items somebody handed a file in for, was told of, has to pay for or complained about."""
        ids = set(case_item_ids)
        handed = (
            select(materials.c.case_item_id).join(material_versions).where(materials.c.case_item_id.in_(ids))
        )
        told = (
            select(table.c.case_item_id).where(table.c.case_item_id.in_(ids))
            for table in (one_time_notices, demand_defects, progress_news, fees)
        )
        return set(self._c.execute(union(handed, *told)).scalars())

    def drop_item(self, case_item_id: int) -> None:
        """Out of the plan; only one that was never begun. Its materials go with it."""
        self._c.execute(delete(materials).where(materials.c.case_item_id == case_item_id))
        self._c.execute(delete(case_items).where(case_items.c.id == case_item_id))

    def add_item(
        self,
        case_id: int,
        item_id: str,
        position: int,
        events: Sequence[ItemEvent] = (),
        *,
        planned: tuple[date | None, date | None] = (None, None),
        result_no: str = "",
    ) -> int:
        values = {
            "case_id": case_id,
            "item_id": item_id,
            "position": position,
            "events": [_event_row(event) for event in events],
            "planned_submit": planned[0],
            "planned_done": planned[1],
            "result_no": result_no,
            "look_at": LOOK_NOW,
            "running": CaseItem(0, case_id, item_id, tuple(events)).running,
        }
        return int(
            self._c.execute(insert(case_items).values(**values).returning(case_items.c.id)).scalar_one()
        )

    def _one(self, condition: Any, *, lock: bool) -> Case | None:
        query = select(cases).where(condition)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _case(row) if row else None


def _case(row: Row[Any], prefix: str = "", id_: str = "id") -> Case:
    """From columns that begin with `prefix`."""

    def of(name: str) -> Any:
        return getattr(row, prefix + name)

    return Case(
        getattr(row, id_), of("no"), of("project_id"), ServiceLevel(of("level")), Scope(of("scope")),
        CaseStatus(of("status")), of("accepted_on"), tuple(of("stages")),
        tuple(ServiceType(one) for one in of("service_types")), ContactChannel(of("channel")), of("applied_by"),
        of("applied_at"), of("decided_by"), of("closed_on"), of("green_channel"), of("version"),
    )  # fmt: skip


def _case_row(case: Case) -> dict[str, Any]:
    return {
        "level": case.level,
        "scope": case.scope,
        "status": case.status,
        "accepted_on": case.accepted_on,
        "stages": list(case.stages),
        "service_types": list(case.service_types),
        "channel": case.channel,
        "applied_by": case.applied_by,
        "applied_at": case.applied_at,
        "decided_by": case.decided_by,
        "closed_on": case.closed_on,
        "green_channel": case.green_channel,
    }


def _event_row(event: ItemEvent) -> dict[str, str]:
    return {
        "state": event.state,
        "day": event.day.isoformat(),
        "by": event.by,
        "note": event.note,
    }
