"""Appointments somebody asked for, and what the officer said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from domain.appointments import Appointment, AppointmentState, MeetingKind
from storage.tables import appointments


class Appointments:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, one: Appointment) -> int:
        """`one.id` is not looked at."""
        values = {
            "project_id": one.project_id,
            "kind": one.kind,
            "wish": one.wish,
            "wished_at": one.wished_at,
            "asked_by": one.asked_by,
            "asked_at": one.asked_at,
            "officer_id": one.officer_id,
            **_answer(one),
        }
        added = insert(appointments).values(**values).returning(appointments.c.id)
        return int(self._c.execute(added).scalar_one())

    def get(self, number: int, *, lock: bool = False) -> Appointment | None:
        query = select(appointments).where(appointments.c.id == number)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        if row is None:
            return None
        return Appointment(
            row.id, row.project_id, MeetingKind(row.kind), row.wish, row.wished_at, row.asked_by, row.asked_at,
            row.officer_id, AppointmentState(row.state), row.agreed_at, row.answer,
        )  # fmt: skip

    def save(self, one: Appointment) -> None:
        """The officer's answer; the caller holds the row."""
        self._c.execute(update(appointments).where(appointments.c.id == one.id).values(**_answer(one)))


def _answer(one: Appointment) -> dict[str, Any]:
    return {"state": one.state, "agreed_at": one.agreed_at, "answer": one.answer}
