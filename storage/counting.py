"""What only counting needs: grades given, and what files lie with a ledger's rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from storage.tables import attachments, cases, files, ratings


class Counting:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def grades(
        self, start: datetime, end: datetime, project_ids: Iterable[int] | None = None
    ) -> list[tuple[int, int, int, datetime]]:
        """(rating id, case id, grade, when) from `start` up to but without `end`."""
        query = (
            select(ratings.c.id, ratings.c.case_id, ratings.c.grade, ratings.c.rated_at)
            .join(cases, cases.c.id == ratings.c.case_id)
            .where(ratings.c.rated_at >= start, ratings.c.rated_at < end)
            .order_by(ratings.c.id)
        )
        if project_ids is not None:
            query = query.where(cases.c.project_id.in_(set(project_ids)))
        return [(row.id, row.case_id, row.grade, row.rated_at) for row in self._c.execute(query)]

    def log_files(self, entry_ids: Iterable[int]) -> dict[int, list[str]]:
        """Id of a ledger row -> names of its files."""
        query = (
            select(attachments.c.target, files.c.name)
            .join(files, files.c.id == attachments.c.file_id)
            .where(attachments.c.purpose == "log", attachments.c.target.in_(set(entry_ids)))
            .order_by(attachments.c.id)
        )
        found: dict[int, list[str]] = {}
        for row in self._c.execute(query):
            found.setdefault(row.target, []).append(row.name)
        return found
