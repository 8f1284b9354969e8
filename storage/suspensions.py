"""Suspensions and terminations of cases; saved by compare-and-set on `version`."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.suspension import LIVE, Reason, Suspension, SuspensionKind, SuspensionState
from storage.errors import Stale
from storage.tables import suspensions

_COLUMNS = tuple(one.name for one in fields(Suspension) if one.name not in {"id", "version"})


class Suspensions:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, suspension: Suspension) -> int:
        """`suspension.id` is not looked at."""
        values = {**_row(suspension), "version": 0}
        query = insert(suspensions).values(**values).returning(suspensions.c.id)
        return int(self._c.execute(query).scalar_one())

    def save(self, suspension: Suspension) -> Suspension:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(suspensions)
            .where(suspensions.c.id == suspension.id, suspensions.c.version == suspension.version)
            .values(**_row(suspension), version=suspension.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("suspension")
        return replace(suspension, version=suspension.version + 1)

    def get(self, suspension_id: int, *, lock: bool = False) -> Suspension | None:
        query = select(suspensions).where(suspensions.c.id == suspension_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _suspension(row) if row else None

    def of_case(self, case_id: int) -> list[Suspension]:
        """Oldest first."""
        query = select(suspensions).where(suspensions.c.case_id == case_id).order_by(suspensions.c.id)
        return [_suspension(row) for row in self._c.execute(query)]

    def live(self, case_id: int) -> list[Suspension]:
        """Proposed or in force, oldest first; the caller holds the case's row."""
        return [one for one in self.of_case(case_id) if one.state in LIVE]


def _row(suspension: Suspension) -> dict[str, Any]:
    return {name: getattr(suspension, name) for name in _COLUMNS}


def _suspension(row: Row[Any]) -> Suspension:
    values = dict(row._mapping)
    values["kind"] = SuspensionKind(row.kind)
    values["reason"] = Reason(row.reason)
    values["state"] = SuspensionState(row.state)
    return Suspension(**values)
