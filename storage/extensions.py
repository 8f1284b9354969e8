"""延期 of issues: asked for, granted, refused. One at a time is open for an issue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from domain.extensions import Extension, ExtensionState
from storage.errors import Stale
from storage.tables import issue_extensions


class Extensions:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def ask(self, issue_no: int, days: int, reason: str, *, by: int, at: datetime, was_by: datetime) -> int:
        values = {
            "issue_no": issue_no, "days": days, "reason": reason, "asked_by": by, "asked_at": at,
            "was_by": was_by, "state": ExtensionState.ASKED,
        }  # fmt: skip
        statement = insert(issue_extensions).values(**values).returning(issue_extensions.c.id)
        return int(self._c.execute(statement).scalar_one())

    def asked(self, issue_no: int) -> Extension | None:
        """The one that waits for a decision."""
        query = select(issue_extensions).where(
            issue_extensions.c.issue_no == issue_no, issue_extensions.c.state == ExtensionState.ASKED
        )
        row = self._c.execute(query.order_by(issue_extensions.c.id.desc()).limit(1)).first()
        if row is None:
            return None
        return Extension(
            row.id, row.issue_no, row.days, row.reason, row.asked_by, row.asked_at, row.was_by,
            ExtensionState(row.state),
        )  # fmt: skip

    def decide(self, extension_id: int, state: ExtensionState, by: int | None, at: datetime) -> None:
        """Raises Stale when it was decided already."""
        changed = self._c.execute(
            update(issue_extensions)
            .where(issue_extensions.c.id == extension_id, issue_extensions.c.state == ExtensionState.ASKED)
            .values(state=state, decided_by=by, decided_at=at)
        )
        if changed.rowcount != 1:
            raise Stale("extension")
