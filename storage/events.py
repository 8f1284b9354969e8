"""政企互动 and 培训: saved by compare-and-set on `version`; a project is invited once, a question counted once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.events import Event, EventKind, EventState
from storage.errors import Stale
from storage.tables import event_invitations, event_questions, events
from storage.upsert import insert_if_new, insert_new

_COLUMNS = tuple(one.name for one in fields(Event) if one.name not in {"id", "version"})


class Events:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, event: Event) -> Event:
        """`event.id` is not looked at."""
        query = insert(events).values(**_row(event), version=0).returning(events.c.id)
        return replace(event, id=int(self._c.execute(query).scalar_one()), version=0)

    def save(self, event: Event) -> None:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(events)
            .where(events.c.id == event.id, events.c.version == event.version)
            .values(**_row(event), version=event.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("event")

    def get(self, event_id: int, *, lock: bool = False) -> Event | None:
        query = select(events).where(events.c.id == event_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _event(row) if row else None

    def of_year(self, kind: EventKind, year: int) -> list[Event]:
        query = select(events).where(
            events.c.kind == kind, events.c.day.between(date(year, 1, 1), date(year, 12, 31))
        )
        return [_event(row) for row in self._c.execute(query.order_by(events.c.day, events.c.id))]

    def planned_between(self, first: date, last: date) -> list[Event]:
        query = select(events).where(events.c.state == EventState.PLANNED, events.c.day.between(first, last))
        return [_event(row) for row in self._c.execute(query.order_by(events.c.day, events.c.id))]

    def invite(self, event_id: int, project_ids: Collection[int]) -> set[int]:
        """Of these projects those that were not invited yet."""
        rows = [
            {"event_id": event_id, "project_id": one}
            for one in sorted(set(project_ids) - self.invited(event_id))
        ]
        return {
            row.project_id
            for row in insert_new(self._c, event_invitations, rows, event_invitations.c.project_id)
        }

    def invited(self, event_id: int) -> set[int]:
        query = select(event_invitations.c.project_id).where(event_invitations.c.event_id == event_id)
        return set(self._c.execute(query).scalars())

    def asked(self, event_id: int, issue_no: int) -> None:
        values = {"event_id": event_id, "issue_no": issue_no}
        insert_if_new(self._c, event_questions, values, event_questions.c.id)

    def questions(self, event_id: int) -> list[int]:
        query = select(event_questions.c.issue_no).where(event_questions.c.event_id == event_id)
        return list(self._c.execute(query.order_by(event_questions.c.issue_no)).scalars())


def _row(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _COLUMNS}


def _event(row: Row[Any]) -> Event:
    return Event(**{**row._mapping, "kind": EventKind(row.kind), "state": EventState(row.state)})
