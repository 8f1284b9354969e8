"""Calls to the platform, counted minute by minute: the tenant has a limit of its own (90454)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from storage.tables import send_minutes
from storage.upsert import upsert

_KEPT = timedelta(hours=1)


class Budgets:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def left(self, now: datetime, most: int) -> int:
        return max(0, most - self._spent(_minute(now)))

    def spend(self, now: datetime, calls: int) -> None:
        minute = _minute(now)
        before = self._spent(minute)
        upsert(self._c, send_minutes, {"minute": minute}, {"calls": before + calls})
        if before == 0:
            self._c.execute(delete(send_minutes).where(send_minutes.c.minute < minute - _KEPT))

    def _spent(self, minute: datetime) -> int:
        found = self._c.execute(select(send_minutes.c.calls).where(send_minutes.c.minute == minute)).scalar()
        return int(found or 0)


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)
