"""Materials of items under way, the files handed in for them, and what was told to be supplemented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, insert, or_, select, update

from domain.case import OPEN_CASES
from domain.items import ENDED
from domain.materials import Material, MaterialState, MaterialVersion, OneTimeNotice
from storage.errors import Stale
from storage.tables import case_items, cases, material_versions, materials, one_time_notices, projects

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_ITEMS = select(materials).where(materials.c.case_item_id.in_(_IDS)).order_by(materials.c.id)


class Materials:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def of_items(self, case_item_ids: Iterable[int]) -> dict[int, list[Material]]:
        found: dict[int, list[Material]] = {}
        for row in self._c.execute(_OF_ITEMS, {"ids": list(set(case_item_ids))}):
            found.setdefault(row.case_item_id, []).append(_material(row))
        return found

    def get(self, material_id: int, *, lock: bool = False) -> Material | None:
        query = select(materials).where(materials.c.id == material_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _material(row) if row else None

    def add(self, rows: Sequence[Material]) -> None:
        if rows:
            self._c.execute(insert(materials), [_row(row) for row in rows])

    def save(self, material: Material, was: MaterialState) -> None:
        """Raises Stale when it is no longer in the state it was read in."""
        changed = self._c.execute(
            update(materials)
            .where(materials.c.id == material.id, materials.c.state == was)
            .values(**_row(material))
        )
        if changed.rowcount != 1:
            raise Stale("material")

    def deferred(self) -> list[Material]:
        """容缺 that are not fulfilled, of open cases."""
        query = (
            select(materials)
            .join(case_items, case_items.c.id == materials.c.case_item_id)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(materials.c.state == MaterialState.DEFERRED, cases.c.status.in_(OPEN_CASES))
        )
        return [_material(row) for row in self._c.execute(query.order_by(materials.c.id))]

    def to_review(self, officer_id: int) -> list[tuple[int, str, Material]]:
        """(project id, catalogue item, material) of files nobody has looked at, in the cases of this officer or
        deputy, but for items that ended."""
        query = (
            select(cases.c.project_id, case_items.c.item_id, case_items.c.events, *materials.c)
            .join(case_items, case_items.c.id == materials.c.case_item_id)
            .join(cases, cases.c.id == case_items.c.case_id)
            .join(projects, projects.c.id == cases.c.project_id)
            .where(
                materials.c.state == MaterialState.RECEIVED,
                cases.c.status.in_(OPEN_CASES),
                or_(projects.c.officer_id == officer_id, projects.c.deputy_id == officer_id),
            )
            .order_by(cases.c.project_id, cases.c.id, case_items.c.position, materials.c.id)
        )
        return [
            (row.project_id, row.item_id, _material(row))
            for row in self._c.execute(query)
            if not (row.events and row.events[-1]["state"] in ENDED)
        ]

    def notices_due(self, first: date, last: date) -> list[OneTimeNotice]:
        query = select(one_time_notices).where(one_time_notices.c.due.between(first, last))
        return [_notice(row) for row in self._c.execute(query.order_by(one_time_notices.c.id))]

    # ------------------------------------------------------------ files handed in

    def add_version(self, material_id: int, file_id: int, by: int, at: datetime, *, truthful: bool) -> int:
        """Its number: 1, 2 …"""
        last = self._c.execute(
            select(func.max(material_versions.c.version)).where(
                material_versions.c.material_id == material_id
            )
        ).scalar()
        number = (last or 0) + 1
        values = {
            "material_id": material_id,
            "version": number,
            "file_id": file_id,
            "uploaded_by": by,
            "uploaded_at": at,
            "truthful": truthful,
            "decision": "",
            "reason": "",
        }
        self._c.execute(insert(material_versions).values(**values))
        return number

    def versions(self, material_ids: Iterable[int]) -> dict[int, list[MaterialVersion]]:
        """Material id -> its files, oldest first."""
        query = select(material_versions).where(material_versions.c.material_id.in_(set(material_ids)))
        found: dict[int, list[MaterialVersion]] = {}
        for row in self._c.execute(query.order_by(material_versions.c.id)):
            found.setdefault(row.material_id, []).append(MaterialVersion(**row._mapping))
        return found

    def decide(self, version_id: int, decision: str, reason: str, by: int, at: datetime) -> None:
        values = {"decision": decision, "reason": reason, "decided_by": by, "decided_at": at}
        self._c.execute(
            update(material_versions).where(material_versions.c.id == version_id).values(**values)
        )

    def state_truth(self, material_ids: Iterable[int]) -> None:
        """The statement of R015 was made: every version handed in carries it."""
        self._c.execute(
            update(material_versions)
            .where(material_versions.c.material_id.in_(set(material_ids)))
            .values(truthful=True)
        )

    # ------------------------------------------------------------ 一次性告知

    def add_notice(self, notice: OneTimeNotice) -> int:
        values = {
            "case_item_id": notice.case_item_id,
            "told_at": notice.told_at,
            "told_by": notice.told_by,
            "materials": [{"name": name, "opinion": opinion} for name, opinion in notice.opinions],
            "due": notice.due,
            "extra": notice.extra,
        }
        query = insert(one_time_notices).values(**values).returning(one_time_notices.c.id)
        return int(self._c.execute(query).scalar_one())

    def drop_notices(self, case_item_id: int, at: datetime) -> None:
        """Of a record that is taken back."""
        self._c.execute(
            delete(one_time_notices).where(
                one_time_notices.c.case_item_id == case_item_id, one_time_notices.c.told_at == at
            )
        )

    def notices(self, case_item_ids: Iterable[int]) -> dict[int, list[OneTimeNotice]]:
        query = select(one_time_notices).where(one_time_notices.c.case_item_id.in_(set(case_item_ids)))
        found: dict[int, list[OneTimeNotice]] = {}
        for row in self._c.execute(query.order_by(one_time_notices.c.id)):
            found.setdefault(row.case_item_id, []).append(_notice(row))
        return found


def _notice(row: Row[Any]) -> OneTimeNotice:
    opinions = tuple((one["name"], one["opinion"]) for one in row.materials)
    return OneTimeNotice(row.id, row.case_item_id, row.told_at, row.told_by, opinions, row.due, row.extra)


def _material(row: Row[Any]) -> Material:
    return Material(
        row.id, row.case_item_id, row.name, row.required, row.form, MaterialState(row.state), row.reason,
        row.deferred_until, row.commitment, row.listed,
    )  # fmt: skip


def _row(material: Material) -> dict[str, Any]:
    return {
        "case_item_id": material.case_item_id,
        "name": material.name,
        "required": material.required,
        "form": material.form,
        "state": material.state,
        "reason": material.reason,
        "deferred_until": material.deferred_until,
        "commitment": material.commitment,
        "listed": material.listed,
    }
