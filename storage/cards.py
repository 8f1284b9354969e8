"""Cards sent to persons: their one-shot response codes, and which still wait for a final state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.tables import cards

CODE_LIVES = timedelta(hours=72)  # wecom-protocol.md §3.4
_OPEN = insert(cards)
_LIVE = select(cards).where(cards.c.subject == bindparam("about"), ~cards.c.done).order_by(cards.c.id)
_FINISH = update(cards).where(cards.c.task_id == bindparam("task")).values(done=True)


@dataclass(frozen=True)
class SentCard:
    id: int
    task_id: str
    person_id: int
    subject: str
    sent_at: datetime
    response_code: str = field(repr=False)
    done: bool
    code_at: datetime | None


class Cards:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def open(self, task_id: str, person_id: int, subject: str, at: datetime) -> None:
        values = {
            "task_id": task_id,
            "person_id": person_id,
            "subject": subject,
            "sent_at": at,
            "response_code": "",
            "done": False,
        }
        self._c.execute(_OPEN, values)

    def by_task(self, task_id: str) -> SentCard | None:
        row = self._c.execute(select(cards).where(cards.c.task_id == task_id)).first()
        return SentCard(**row._mapping) if row else None

    def live(self, subject: str) -> list[SentCard]:
        """Cards about this that do not show a final state yet."""
        return [SentCard(**row._mapping) for row in self._c.execute(_LIVE, {"about": subject})]

    def note_code(self, task_id: str, response_code: str, at: datetime) -> None:
        """The newest code wins: every click brings a fresh one."""
        values = {"response_code": response_code, "code_at": at}
        self._c.execute(update(cards).where(cards.c.task_id == task_id).values(**values))

    def finish(self, task_id: str) -> None:
        """It shows, or is about to show, its final state."""
        self._c.execute(_FINISH, {"task": task_id})

    def give_back(self, task_id: str, response_code: str) -> None:
        """A code that was not used after all, unless a click has brought a newer one."""
        unused = cards.c.task_id == task_id, cards.c.response_code == ""
        self._c.execute(update(cards).where(*unused).values(response_code=response_code))

    def spend_code(self, task_id: str, now: datetime) -> str:
        """The response code, "" when there is none that still works; it works once, so it is taken out."""
        query = select(cards.c.response_code, cards.c.code_at).where(cards.c.task_id == task_id)
        row = self._c.execute(query.with_for_update()).first()
        if row is None or not row.response_code:
            return ""
        self._c.execute(update(cards).where(cards.c.task_id == task_id).values(response_code=""))
        expired = row.code_at is not None and now - row.code_at >= CODE_LIVES
        return "" if expired else str(row.response_code)
