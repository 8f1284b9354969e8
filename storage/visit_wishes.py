"""Wishes for a visit: one open per project; saved by compare-and-set on `version`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.events import VisitWish
from storage.errors import Stale
from storage.tables import visit_wishes
from storage.upsert import insert_if_new

_COLUMNS = tuple(one.name for one in fields(VisitWish) if one.name not in {"id", "version"})


class VisitWishes:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, wish: VisitWish) -> int | None:
        """None when one of this project is open already. `wish.id` is not looked at."""
        row = insert_if_new(self._c, visit_wishes, {**_row(wish), "version": 0}, visit_wishes.c.id)
        return int(row.id) if row else None

    def save(self, wish: VisitWish) -> None:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(visit_wishes)
            .where(visit_wishes.c.id == wish.id, visit_wishes.c.version == wish.version)
            .values(**_row(wish), version=wish.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("visit_wish")

    def open_of(self, project_id: int) -> VisitWish | None:
        query = select(visit_wishes).where(
            visit_wishes.c.project_id == project_id, visit_wishes.c.visited_on.is_(None)
        )
        row = self._c.execute(query).first()
        return _wish(row) if row else None

    def open(self) -> list[VisitWish]:
        """The longest waiting first."""
        query = select(visit_wishes).where(visit_wishes.c.visited_on.is_(None))
        return [_wish(row) for row in self._c.execute(query.order_by(visit_wishes.c.id))]


def _row(wish: VisitWish) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in _COLUMNS}


def _wish(row: Row[Any]) -> VisitWish:
    return VisitWish(**row._mapping)
