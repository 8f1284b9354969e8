"""Append-only: what was changed by whom; one hash chain per project (contract §10).

hash = SHA-256 over the previous hash and the row's own fields as canonical JSON. A changed, removed or
re-ordered row breaks every hash after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text

from storage.tables import audit

# Built once: these stand on the way of every change.
_LAST = (
    select(audit.c.seq, audit.c.hash)
    .where(audit.c.project_id == bindparam("project"))
    .order_by(audit.c.seq.desc())
    .limit(1)
)
_ADD = insert(audit)
_START = "0" * 64
_CHAIN_LOCK = 72_031_002  # pg advisory lock, with the project: two writers of one chain follow each other


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(
        self, project_id: int, at: datetime, actor: str, action: str, subject: str,
        details: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """`actor`: user id, or "clock" / "cli". `details`: ids and states, never people's words."""
        if self._c.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:lock, CAST(:project AS integer))")
            self._c.execute(lock, {"lock": _CHAIN_LOCK, "project": project_id % 2**31})
        last = self._c.execute(_LAST, {"project": project_id}).first()
        seq, previous = (last.seq + 1, last.hash) if last else (1, _START)
        row = {
            "project_id": project_id,
            "seq": seq,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "details": dict(details or {}),
        }
        self._c.execute(_ADD, {**row, "previous": previous, "hash": _hash(previous, row)})

    def broken_at(self, project_id: int) -> int | None:
        """The first `seq` that does not fit the chain, None when the chain is whole."""
        query = select(audit).where(audit.c.project_id == project_id).order_by(audit.c.seq)
        return broken_in(dict(row._mapping) for row in self._c.execute(query))

    def of_subject(self, subject: str) -> list[tuple[datetime, str, str, Mapping[str, Any]]]:
        query = select(audit).where(audit.c.subject == subject).order_by(audit.c.id)
        return [(row.at, row.actor, row.action, row.details) for row in self._c.execute(query)]


def broken_in(rows: Iterable[Mapping[str, Any]]) -> int | None:
    """The first `seq` of one project's rows, in order, that does not fit; None when the chain is whole."""
    previous, expected = _START, 1
    for row in rows:
        values = {k: v for k, v in row.items() if k not in {"id", "previous", "hash"}}
        if row["seq"] != expected or row["previous"] != previous or row["hash"] != _hash(previous, values):
            return int(row["seq"])
        previous, expected = row["hash"], expected + 1
    return None


def _hash(previous: str, row: Mapping[str, Any]) -> str:
    # As it will be read back: in UTC, whatever zone it was said in.
    fields = {**row, "at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")}
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + canonical).encode()).hexdigest()
