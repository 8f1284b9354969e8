"""催办 that waits or was passed on; 督办 with its feedback and end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.pressing import Press, PressState, Urge
from storage.errors import Stale
from storage.tables import presses, urges


class Urges:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, urge: Urge) -> None:
        values = asdict(urge)
        del values["id"]
        self._c.execute(insert(urges).values(**values))

    def last(self, project_id: int, issue_no: int | None, item_id: str | None, to_id: int) -> Urge | None:
        """The newest of this person about the same."""
        query = (
            select(urges)
            .where(
                urges.c.project_id == project_id,
                urges.c.to_id == to_id,
                urges.c.issue_no.is_(None) if issue_no is None else urges.c.issue_no == issue_no,
                urges.c.item_id.is_(None) if item_id is None else urges.c.item_id == item_id,
            )
            .order_by(urges.c.id.desc())
            .limit(1)
        )
        row = self._c.execute(query).first()
        return Urge(**row._mapping) if row else None

    def people_waited_for(self) -> list[int]:
        query = select(urges.c.to_id).where(urges.c.told_at.is_(None)).distinct().order_by(urges.c.to_id)
        return list(self._c.execute(query).scalars())

    def waiting(self, to_id: int) -> list[Urge]:
        query = select(urges).where(urges.c.to_id == to_id, urges.c.told_at.is_(None)).order_by(urges.c.id)
        return [Urge(**row._mapping) for row in self._c.execute(query)]

    def told(self, ids: Iterable[int], at: datetime) -> None:
        self._c.execute(update(urges).where(urges.c.id.in_(set(ids))).values(told_at=at))

    def readdress(self, urge_id: int, to_id: int) -> None:
        """Whoever had it has it no more."""
        self._c.execute(update(urges).where(urges.c.id == urge_id).values(to_id=to_id))


class Presses:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, press: Press) -> int:
        """Raises Conflict when one is open for the issue."""
        values = asdict(press)
        del values["id"]
        return int(self._c.execute(insert(presses).values(**values).returning(presses.c.id)).scalar_one())

    def open_of(self, issue_no: int) -> Press | None:
        query = select(presses).where(presses.c.issue_no == issue_no, presses.c.state != PressState.CLOSED)
        row = self._c.execute(query).first()
        return _press(row) if row else None

    def get(self, press_id: int) -> Press | None:
        row = self._c.execute(select(presses).where(presses.c.id == press_id)).first()
        return _press(row) if row else None

    def open(self) -> list[Press]:
        """Of the whole site, what is due first comes first."""
        query = select(presses).where(presses.c.state != PressState.CLOSED)
        return [_press(row) for row in self._c.execute(query.order_by(presses.c.due_by, presses.c.id))]

    def due(self, at: datetime, limit: int) -> list[Press]:
        query = select(presses).where(presses.c.look_at <= at).order_by(presses.c.look_at).limit(limit)
        return [_press(row) for row in self._c.execute(query)]

    def save(self, press: Press, before: PressState) -> None:
        """Raises Stale when it was moved on since it was read."""
        values = {name: getattr(press, name) for name in _CHANGING}
        changed = self._c.execute(
            update(presses).where(presses.c.id == press.id, presses.c.state == before).values(**values)
        )
        if changed.rowcount != 1:
            raise Stale("press")


_CHANGING = (
    "form_id", "state", "feedback", "answered_by", "answered_at", "reason", "closed_by", "closed_at", "look_at",
)  # fmt: skip


def _press(row: Row[Any]) -> Press:
    return Press(**{**row._mapping, "state": PressState(row.state)})
