"""Which scheduled thing was done for whom and when: the first to claim wins; and who was last seen alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from storage.tables import heartbeats, runs
from storage.upsert import insert_if_new, insert_new, upsert


class Runs:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def claim(self, job: str, subject: str, period: str, at: datetime) -> bool:
        row = insert_if_new(
            self._c, runs, {"job": job, "subject": subject, "period": period, "at": at}, runs.c.subject
        )
        return row is not None

    def claim_many(self, job: str, subjects: Sequence[str], period: str, at: datetime) -> set[str]:
        """Of many subjects those that were not done yet."""
        rows = [{"job": job, "subject": subject, "period": period, "at": at} for subject in subjects]
        return {row.subject for row in insert_new(self._c, runs, rows, runs.c.subject)}

    def done(self, job: str, subject: str, period: str) -> bool:
        query = select(runs.c.at).where(runs.c.job == job, runs.c.subject == subject, runs.c.period == period)
        return self._c.execute(query).first() is not None

    def at(self, job: str, subject: str, period: str) -> datetime | None:
        query = select(runs.c.at).where(runs.c.job == job, runs.c.subject == subject, runs.c.period == period)
        return self._c.execute(query).scalar()

    def beat(self, name: str, real_now: datetime) -> None:
        upsert(self._c, heartbeats, {"name": name}, {"at": real_now})

    def last_beat(self, name: str) -> datetime | None:
        return self._c.execute(select(heartbeats.c.at).where(heartbeats.c.name == name)).scalar()
