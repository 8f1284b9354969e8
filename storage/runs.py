"""Which scheduled thing was done for whom and when: the first to claim wins; and who was last seen alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

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

    def count(self, job: str, subject: str, since: datetime) -> int:
        query = select(func.count()).where(runs.c.job == job, runs.c.subject == subject, runs.c.at > since)
        return int(self._c.execute(query).scalar_one())

    def open(self, wanted: str, done: str) -> list[tuple[str, str]]:
        """(subject, period) of everything claimed as wanted that was not claimed as done."""
        other = runs.alias()
        finished = (
            select(other.c.subject)
            .where(other.c.job == done, other.c.subject == runs.c.subject, other.c.period == runs.c.period)
            .exists()
        )
        query = (
            select(runs.c.subject, runs.c.period).where(runs.c.job == wanted, ~finished).order_by(runs.c.at)
        )
        return [(row.subject, row.period) for row in self._c.execute(query)]

    def beat(self, name: str, real_now: datetime) -> None:
        upsert(self._c, heartbeats, {"name": name}, {"at": real_now})

    def forget_beat(self, name: str) -> bool:
        return self._c.execute(delete(heartbeats).where(heartbeats.c.name == name)).rowcount == 1

    def last_beat(self, name: str) -> datetime | None:
        return self._c.execute(select(heartbeats.c.at).where(heartbeats.c.name == name)).scalar()
