"""Cases, their items under way and the materials of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, insert, select, update

from domain.case import OPEN_CASES, Case, CaseStatus, Scope, ServiceLevel
from domain.items import CaseItem, ItemEvent, ItemState
from domain.materials import Material, MaterialState
from storage.errors import Stale
from storage.tables import case_items, cases, catalogue_items, materials

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
_MATERIALS = select(materials).where(materials.c.case_item_id.in_(_IDS)).order_by(materials.c.id)


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
        """Project id -> its open cases, oldest first, each with its items in the plan's order; one round trip."""
        found: dict[int, dict[int, tuple[Case, list[CaseItem]]]] = {}
        for row in self._c.execute(_OPEN_WITH_ITEMS, {"ids": list(set(project_ids))}):
            cases_of = found.setdefault(row.case_project_id, {})
            items = cases_of.setdefault(row.case_id_, (_case_of(row), []))[1]
            if row.id is not None:
                items.append(_item(row))
        return {project: list(cases_of.values()) for project, cases_of in found.items()}

    def open_of_project(self, project_id: int) -> list[Case]:
        return self.open_of_projects([project_id]).get(project_id, [])

    def items(self, case_ids: Iterable[int]) -> dict[int, list[CaseItem]]:
        """Case id -> its items in the plan's order."""
        found: dict[int, list[CaseItem]] = {}
        for row in self._c.execute(_ITEMS, {"ids": list(set(case_ids))}):
            found.setdefault(row.case_id, []).append(_item(row))
        return found

    def departments_items(self, item_ids: Iterable[str]) -> list[tuple[int, CaseItem]]:
        """(project id, item) of every open case that has one of these catalogue items."""
        query = (
            select(cases.c.project_id, *case_items.c)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.item_id.in_(set(item_ids)), cases.c.status.in_(OPEN_CASES))
            .order_by(cases.c.project_id, case_items.c.position)
        )
        return [(row.project_id, _item(row)) for row in self._c.execute(query)]

    def departments(self, project_id: int) -> frozenset[str]:
        """Keys of the departments that lead an item of this project's open cases."""
        query = (
            select(catalogue_items.c.lead)
            .join(case_items, case_items.c.item_id == catalogue_items.c.id)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(cases.c.project_id == project_id, cases.c.status.in_(OPEN_CASES))
            .distinct()
        )
        return frozenset(self._c.execute(query).scalars())

    def materials(self, case_item_ids: Iterable[int]) -> dict[int, list[Material]]:
        found: dict[int, list[Material]] = {}
        for row in self._c.execute(_MATERIALS, {"ids": list(set(case_item_ids))}):
            found.setdefault(row.case_item_id, []).append(_material(row))
        return found

    def add(
        self,
        *,
        no: str,
        project_id: int,
        level: ServiceLevel,
        scope: Scope,
        status: CaseStatus,
        accepted_on: date | None,
    ) -> int:
        values = {
            "no": no,
            "project_id": project_id,
            "level": level,
            "scope": scope,
            "status": status,
            "accepted_on": accepted_on,
        }
        return int(self._c.execute(insert(cases).values(**values).returning(cases.c.id)).scalar_one())

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
        }
        return int(
            self._c.execute(insert(case_items).values(**values).returning(case_items.c.id)).scalar_one()
        )

    def record(self, item: CaseItem, event: ItemEvent) -> None:
        """Raises Stale when somebody recorded something since the item was read."""
        known = [_event_row(e) for e in item.events]
        changed = self._c.execute(
            update(case_items)
            .where(case_items.c.id == item.id, case_items.c.events == known)
            .values(events=[*known, _event_row(event)])
        )
        if changed.rowcount != 1:
            raise Stale("case item")

    def add_materials(self, rows: Sequence[Material]) -> None:
        if rows:
            self._c.execute(insert(materials), [_material_row(row) for row in rows])


def _case(row: Row[Any]) -> Case:
    return Case(
        row.id, row.no, row.project_id, ServiceLevel(row.level), Scope(row.scope), CaseStatus(row.status),
        row.accepted_on,
    )  # fmt: skip


def _case_of(row: Row[Any]) -> Case:
    return Case(
        row.case_id_, row.case_no, row.case_project_id, ServiceLevel(row.case_level), Scope(row.case_scope),
        CaseStatus(row.case_status), row.case_accepted_on,
    )  # fmt: skip


def _item(row: Row[Any]) -> CaseItem:
    events = tuple(
        ItemEvent(ItemState(e["state"]), date.fromisoformat(e["day"]), e["by"], e["note"]) for e in row.events
    )
    return CaseItem(
        row.id, row.case_id, row.item_id, events, row.planned_submit, row.planned_done, row.result_no
    )


def _event_row(event: ItemEvent) -> dict[str, str]:
    return {
        "state": event.state,
        "day": event.day.isoformat(),
        "by": event.by,
        "note": event.note,
    }


def _material(row: Row[Any]) -> Material:
    return Material(
        row.id, row.case_item_id, row.name, row.required, row.form, MaterialState(row.state), row.reason,
        row.deferred_until,
    )  # fmt: skip


def _material_row(material: Material) -> dict[str, Any]:
    return {
        "case_item_id": material.case_item_id,
        "name": material.name,
        "required": material.required,
        "form": material.form,
        "state": material.state,
        "reason": material.reason,
        "deferred_until": material.deferred_until,
    }
