"""One-time codes: kept as a hash, redeemed once, by whom and when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, insert, or_, select, update

from domain.people import Role
from storage.tables import inbox, invitations, outbox


@dataclass(frozen=True)
class Invitation:
    """`project_id` is None for a code with which somebody may apply for a project that is new to us."""

    id: int
    project_id: int | None
    role: Role
    issued_by: int
    issued_at: datetime


class Invitations:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def is_free(self, code: str) -> bool:
        query = select(invitations.c.id).where(invitations.c.code_hash == _hash(code))
        return self._c.execute(query).first() is None

    def issue(
        self, code: str, *, project_id: int | None, role: Role, issued_by: int, at: datetime, until: datetime
    ) -> int:
        values = {
            "code_hash": _hash(code),
            "project_id": project_id,
            "role": role,
            "issued_by": issued_by,
            "issued_at": at,
            "expires_at": until,
        }
        added = insert(invitations).values(**values).returning(invitations.c.id)
        return int(self._c.execute(added).scalar_one())

    def valid(self, code: str, now: datetime) -> Invitation | None:
        """The row is held; None for a wrong, used or expired code."""
        query = select(invitations).where(
            invitations.c.code_hash == _hash(code),
            invitations.c.used_by.is_(None),
            invitations.c.expires_at > now,
        )
        row = self._c.execute(query.with_for_update()).first()
        return (
            Invitation(row.id, row.project_id, Role(row.role), row.issued_by, row.issued_at) if row else None
        )

    def redeem(self, invitation_id: int, person_id: int, now: datetime) -> None:
        used = update(invitations).where(invitations.c.id == invitation_id, invitations.c.used_by.is_(None))
        self._c.execute(used.values(used_by=person_id, used_at=now))

    def forget(self, code: str, since: datetime) -> None:
        """Wherever the used code was said since, there are dots now: in what came in, in what was answered or sent."""
        for table, words, at in (
            (inbox, ("message", "answer"), "received_at"),
            (outbox, ("speech",), "created_at"),
        ):
            said = or_(*(cast(table.c[one], Text).contains(code) for one in words))
            for row in self._c.execute(select(table).where(table.c[at] >= since, said)).all():
                masked = {one: _without(row._mapping[one], code) for one in words}
                self._c.execute(update(table).where(table.c.id == row.id).values(**masked))

    def redeemed_by(self, person_id: int) -> bool:
        """Whether this person was invited to apply for a new project."""
        query = select(invitations.c.id).where(
            invitations.c.used_by == person_id, invitations.c.project_id.is_(None)
        )
        return self._c.execute(query.limit(1)).first() is not None


def _without(value: Any, code: str) -> Any:
    if isinstance(value, str):
        return value.replace(code, "•" * len(code))
    if isinstance(value, Mapping):
        return {name: _without(inner, code) for name, inner in value.items()}
    return [_without(inner, code) for inner in value] if isinstance(value, list) else value


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
