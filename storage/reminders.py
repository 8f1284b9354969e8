"""What the clock has to say to people, kept until it is told: one message a person for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from storage.tables import reminders
from storage.upsert import insert_new


@dataclass(frozen=True)
class Reminder:
    """`once`: the same thing is noted once, whoever tries."""

    userid: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    due_at: datetime
    once: str | None = None
    id: int = 0


class Reminders:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, wanted: Sequence[Reminder], at: datetime) -> None:
        rows = [
            {
                "userid": one.userid, "subject": one.subject, "text": one.text, "once": one.once, "made_at": at,
                "due_at": one.due_at,
            }
            for one in wanted
        ]  # fmt: skip
        insert_new(self._c, reminders, rows, reminders.c.id)

    def people_waiting(self, now: datetime) -> list[str]:
        """Whom something due has not been told yet."""
        query = select(reminders.c.userid).where(reminders.c.told_at.is_(None), reminders.c.due_at <= now)
        return list(self._c.execute(query.distinct().order_by(reminders.c.userid)).scalars())

    def tell(self, userid: str, now: datetime) -> list[Reminder]:
        """Marks what is due told and hands it out, oldest first: whoever comes second gets none."""
        query = (
            update(reminders)
            .where(reminders.c.userid == userid, reminders.c.told_at.is_(None), reminders.c.due_at <= now)
            .values(told_at=now)
            .returning(*reminders.c)
        )
        found = [
            Reminder(row.userid, row.subject, row.text, row.due_at, row.once, row.id)
            for row in self._c.execute(query)
        ]
        return sorted(found, key=lambda one: one.id)

    def drop(self, subject: str) -> set[str]:
        """What waits about this is not told any more. Returns who had heard nothing of it yet."""
        query = (
            delete(reminders)
            .where(reminders.c.subject == subject, reminders.c.told_at.is_(None))
            .returning(reminders.c.userid, reminders.c.due_at, reminders.c.made_at)
        )
        return {row.userid for row in self._c.execute(query) if row.due_at <= row.made_at}

    def put_off(self, userid: str, now: datetime) -> datetime | None:
        """The newest moment something was put off to that has come."""
        query = select(func.max(reminders.c.due_at)).where(
            reminders.c.userid == userid,
            reminders.c.told_at.is_(None),
            reminders.c.due_at <= now,
            reminders.c.due_at > reminders.c.made_at,
        )
        return self._c.execute(query).scalar()

    def waiting_again(self, userid: str) -> tuple[int, datetime | None]:
        """How many were put off to the latest moment, and that moment."""
        query = (
            select(func.count(), reminders.c.due_at)
            .where(
                reminders.c.userid == userid,
                reminders.c.told_at.is_(None),
                reminders.c.due_at > reminders.c.made_at,
            )
            .group_by(reminders.c.due_at)
            .order_by(reminders.c.due_at.desc())
        )
        found = self._c.execute(query.limit(1)).first()
        return (int(found[0]), found[1]) if found else (0, None)

    def last_told(self, userid: str, since: datetime) -> datetime | None:
        query = select(func.max(reminders.c.told_at)).where(
            reminders.c.userid == userid, reminders.c.told_at >= since
        )
        return self._c.execute(query).scalar()

    def again(self, userid: str, told_at: datetime, due_at: datetime) -> int:
        """稍后提醒: what was told at that moment waits once more. Returns how many."""
        changed = self._c.execute(
            update(reminders)
            .where(reminders.c.userid == userid, reminders.c.told_at == told_at)
            .values(told_at=None, due_at=due_at)
        )
        return changed.rowcount
