"""The rows of ledger and log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.case import ContactChannel, ServiceType
from domain.ledger import LogEntry, LogStatus, Milestone
from storage.tables import log_entries

_COLUMNS = tuple(one.name for one in fields(LogEntry) if one.name != "id")


class Ledger:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, entry: LogEntry) -> int:
        values = {name: getattr(entry, name) for name in _COLUMNS}
        return int(
            self._c.execute(insert(log_entries).values(**values).returning(log_entries.c.id)).scalar_one()
        )

    def get(self, entry_id: int) -> LogEntry | None:
        row = self._c.execute(select(log_entries).where(log_entries.c.id == entry_id)).first()
        return _entry(row) if row else None

    def change(self, entry_id: int, **words: str) -> None:
        """An officer's own words instead of the system's."""
        changed = update(log_entries).where(log_entries.c.id == entry_id).values(**words, edited=True)
        self._c.execute(changed)

    def of_project(self, project_id: int) -> list[LogEntry]:
        return self._read(log_entries.c.project_id == project_id)

    def of_case(self, case_id: int) -> list[LogEntry]:
        return self._read(log_entries.c.case_id == case_id)

    def between(
        self, start: datetime, end: datetime, project_ids: Iterable[int] | None = None
    ) -> list[LogEntry]:
        """From `start` up to but without `end`, oldest first."""
        conditions = [log_entries.c.at >= start, log_entries.c.at < end]
        if project_ids is not None:
            conditions.append(log_entries.c.project_id.in_(set(project_ids)))
        return self._read(*conditions)

    def _read(self, *conditions: Any) -> list[LogEntry]:
        query = select(log_entries).where(*conditions).order_by(log_entries.c.at, log_entries.c.id)
        return [_entry(row) for row in self._c.execute(query)]


def _entry(row: Row[Any]) -> LogEntry:
    values = dict(row._mapping)
    values["channel"] = ContactChannel(row.channel)
    values["service_type"] = ServiceType(row.service_type)
    values["milestone"] = Milestone(row.milestone)
    values["status"] = LogStatus(row.status)
    return LogEntry(**values)
