"""Messages as they came, each once, with the answer given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, and_, bindparam, cast, func, or_, select, update

from storage.tables import inbox
from storage.upsert import insert_if_new

# PostgreSQL keeps neither NUL nor half of a surrogate pair (an emoji that was cut in two).
_NOT_TO_BE_KEPT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Kept:
    """`state`: pending | answered | failed. `answer` is the plain passive reply, "" for none."""

    id: int
    key: str
    state: str
    answer: str = field(repr=False)
    message: Mapping[str, Any] = field(repr=False)
    received_at: datetime
    understood: Mapping[str, Any] = field(default_factory=dict, repr=False)
    attempts: int = 0
    error: str = ""
    channel: str = ""
    sender: str = ""
    chat: str | None = None
    project_id: int | None = None


_ANSWERED = (
    update(inbox)
    .where(inbox.c.id == bindparam("this"))
    .values(
        state=bindparam("state"),
        answer=bindparam("answer"),
        understood=bindparam("understood"),
        project_id=bindparam("about"),
    )
)


class Inbox:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(
        self,
        key: str,
        *,
        channel: str,
        sender: str,
        chat: str | None,
        message: Mapping[str, Any],
        at: datetime,
    ) -> int | None:
        """The id, or None when this message is kept already. Waits while another transaction adds the same."""
        row = insert_if_new(
            self._c,
            inbox,
            {
                "key": key,
                "channel": channel,
                "sender": sender,
                "chat": chat,
                "message": _storable(message),
                "received_at": at,
                "state": "pending",
                "answer": "",
                "understood": {},
                "attempts": 0,
                "error": "",
            },
            inbox.c.id,
        )
        return int(row.id) if row else None

    def by_key(self, key: str) -> Kept | None:
        return self._one(inbox.c.key == key)

    def get(self, inbox_id: int, *, lock: bool = False) -> Kept | None:
        return self._one(inbox.c.id == inbox_id, lock=lock)

    def answered(
        self, inbox_id: int, answer: str, understood: Mapping[str, Any], project_id: int | None = None
    ) -> None:
        """`project_id`: what it was about, for the archive."""
        values = {
            "this": inbox_id,
            "state": "answered",
            "answer": answer,
            "understood": dict(understood),
            "about": project_id,
        }
        self._c.execute(_ANSWERED, values)

    def put_off(self, inbox_id: int, answer: str, error: str) -> None:
        """The honest "answer comes later"; it stays pending for the worker."""
        self._c.execute(update(inbox).where(inbox.c.id == inbox_id).values(answer=answer, error=error))

    def note_failure(self, inbox_id: int, error: str, *, most: int) -> bool:
        """One more try went wrong; after `most` it is failed for good (True)."""
        tries = inbox.c.attempts + 1
        self._c.execute(update(inbox).where(inbox.c.id == inbox_id).values(attempts=tries, error=error))
        given_up = self._c.execute(
            update(inbox)
            .where(inbox.c.id == inbox_id, inbox.c.attempts >= most, inbox.c.state == "pending")
            .values(state="failed")
        )
        return given_up.rowcount == 1

    def pending(self, received_before: datetime, limit: int) -> list[int]:
        query = (
            select(inbox.c.id)
            .where(inbox.c.state == "pending", inbox.c.received_at <= received_before)
            .order_by(inbox.c.id)
            .limit(limit)
        )
        return list(self._c.execute(query).scalars())

    def pending_of_sender(self, inbox_id: int) -> list[int]:
        """This message, if it is pending, after the earlier pending ones of the same person; oldest first."""
        sender = select(inbox.c.sender).where(inbox.c.id == inbox_id).scalar_subquery()
        query = (
            select(inbox.c.id)
            .where(
                inbox.c.state == "pending",
                inbox.c.id <= inbox_id,
                or_(inbox.c.id == inbox_id, and_(inbox.c.sender == sender, inbox.c.sender != "")),
            )
            .order_by(inbox.c.id)
        )
        return list(self._c.execute(query).scalars())

    def corrected(self, rule: str) -> Iterator[tuple[Kept, Kept]]:
        """Messages that were understood by this rule, each behind what the same person said before it in this chat."""
        marked = select(inbox).where(cast(inbox.c.understood, Text).contains(rule)).order_by(inbox.c.id)
        for row in self._c.execute(marked).all():
            after = Kept(**row._mapping)
            same_chat = inbox.c.chat == after.chat if after.chat else inbox.c.chat.is_(None)
            query = (
                select(inbox)
                .where(inbox.c.id < after.id, inbox.c.sender == after.sender, same_chat)
                .order_by(inbox.c.id.desc())
                .limit(1)
            )
            before = self._c.execute(query).first()
            if before:
                yield Kept(**before._mapping), after

    def oldest_pending(self) -> datetime | None:
        return self._c.execute(
            select(func.min(inbox.c.received_at)).where(inbox.c.state == "pending")
        ).scalar()

    def _one(self, condition: Any, *, lock: bool = False) -> Kept | None:
        query = select(inbox).where(condition)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return Kept(**row._mapping) if row else None


def _storable(value: Any) -> Any:
    """With the mark for an unreadable character where one cannot be kept: a message must not be lost for it."""
    if isinstance(value, str):
        return _NOT_TO_BE_KEPT.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {name: _storable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(inner) for inner in value]
    return value
