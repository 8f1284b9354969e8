"""One-time codes: kept as a hash, redeemed once, by whom and when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from domain.people import Role
from storage.tables import invitations


@dataclass(frozen=True)
class Invitation:
    """`project_id` is None for a code with which somebody may apply for a project that is new to us."""

    id: int
    project_id: int | None
    role: Role
    issued_by: int


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
        return Invitation(row.id, row.project_id, Role(row.role), row.issued_by) if row else None

    def redeem(self, invitation_id: int, person_id: int, now: datetime) -> None:
        used = update(invitations).where(invitations.c.id == invitation_id, invitations.c.used_by.is_(None))
        self._c.execute(used.values(used_by=person_id, used_at=now))

    def redeemed_by(self, person_id: int) -> bool:
        """Whether this person was invited to apply for a new project."""
        query = select(invitations.c.id).where(
            invitations.c.used_by == person_id, invitations.c.project_id.is_(None)
        )
        return self._c.execute(query.limit(1)).first() is not None


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
