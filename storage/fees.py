"""Fees with their days; saved by compare-and-set on `version`, one that is due for an item."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.fees import Fee, FeeState
from storage.errors import Stale
from storage.tables import fees

_COLUMNS = tuple(one.name for one in fields_of(Fee) if one.name not in {"id", "version"})


class Fees:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, fee: Fee) -> Fee:
        """`fee.id` is not looked at."""
        query = insert(fees).values(**_row(fee), version=0).returning(fees.c.id)
        return replace(fee, id=int(self._c.execute(query).scalar_one()), version=0)

    def save(self, fee: Fee) -> None:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(fees)
            .where(fees.c.id == fee.id, fees.c.version == fee.version)
            .values(**_row(fee), version=fee.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("fee")

    def get(self, fee_id: int, *, lock: bool = False) -> Fee | None:
        query = select(fees).where(fees.c.id == fee_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _fee(row) if row else None

    def due_in(self, project_id: int) -> list[Fee]:
        """Not paid yet, the most pressing first."""
        query = select(fees).where(fees.c.project_id == project_id, fees.c.state == FeeState.DUE)
        return [_fee(row) for row in self._c.execute(query.order_by(fees.c.due, fees.c.id))]

    def due_until(self, day: date) -> list[int]:
        query = select(fees.c.id).where(fees.c.state == FeeState.DUE, fees.c.due <= day)
        return list(self._c.execute(query.order_by(fees.c.due, fees.c.id)).scalars())


def _row(fee: Fee) -> dict[str, Any]:
    return {name: getattr(fee, name) for name in _COLUMNS}


def _fee(row: Row[Any]) -> Fee:
    return Fee(**{**row._mapping, "state": FeeState(row.state)})
