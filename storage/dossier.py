"""Everything that is kept about one case, read across the tables: for its archive and for nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, or_, select

from domain.case import Case
from storage.tables import (
    audit,
    blobs,
    case_items,
    cases,
    files,
    inbox,
    issues,
    materials,
    metadata,
    outbox,
    projects,
    work_groups,
)

# Talk under way, codes and cards are no record of the case; the rest of these is read in a way of its own.
_NOT_KEPT = frozenset({"dialogs", "recents", "cards", "invitations", "inbox", "outbox", "files", "audit"})
_BY = (
    "case_item_id",
    "material_id",
    "case_id",
    "project_id",
)  # the narrowest says best what a row belongs to


class Dossier:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def rows(self, case: Case) -> dict[str, list[Mapping[str, Any]]]:
        """Table -> its rows about this case or its project, as they are. Empty tables are left out."""
        items = self._ids(case_items.c.id, case_items.c.case_id == case.id)
        keys = {
            "case_id": [case.id],
            "project_id": [case.project_id],
            "case_item_id": items,
            "material_id": self._ids(materials.c.id, materials.c.case_item_id.in_(items)),
        }
        found = {
            cases.name: self._all(cases, cases.c.id == case.id),
            projects.name: self._all(projects, projects.c.id == case.project_id),
        }
        for table in metadata.sorted_tables:
            link = next((name for name in _BY if name in table.c), None)
            if link and table.name not in _NOT_KEPT | {cases.name}:
                found[table.name] = self._all(table, table.c[link].in_(keys[link]))
        return {name: rows for name, rows in found.items() if rows}

    def received(self, project_id: int) -> list[Mapping[str, Any]]:
        """Messages about the project with the answers given, oldest first."""
        chats = select(work_groups.c.bot_chat).where(work_groups.c.project_id == project_id)
        return self._all(inbox, or_(inbox.c.project_id == project_id, inbox.c.chat.in_(chats)))

    def sent(self, project_id: int, subjects: Iterable[str]) -> list[Mapping[str, Any]]:
        """What was told to anybody about the project, and everything posted into its group. `subjects`: "case:1" …"""
        about = select(inbox.c.id).where(inbox.c.project_id == project_id)
        group = select(work_groups.c.appchat).where(work_groups.c.project_id == project_id)
        return self._all(
            outbox,
            or_(
                outbox.c.inbox_id.in_(about),
                outbox.c.target.in_(group),
                outbox.c.subject.in_(set(subjects)),
            ),
        )

    def files(self, project_id: int) -> list[Mapping[str, Any]]:
        """Files that were handed in for the project, with their size and without their bytes."""
        about = select(inbox.c.id).where(inbox.c.project_id == project_id)
        query = (
            select(files, blobs.c.size)
            .join(blobs)
            .where(or_(files.c.project_id == project_id, files.c.inbox_id.in_(about)))
            .order_by(files.c.id)
        )
        return [dict(row._mapping) for row in self._c.execute(query)]

    def data(self, sha256: str) -> bytes:
        return bytes(self._c.execute(select(blobs.c.data).where(blobs.c.sha256 == sha256)).scalar_one())

    def chain(self, project_id: int) -> list[Mapping[str, Any]]:
        """The audit rows of the project, in order."""
        query = select(audit).where(audit.c.project_id == project_id).order_by(audit.c.seq)
        return [dict(row._mapping) for row in self._c.execute(query)]

    def issue_numbers(self, project_id: int) -> list[int]:
        return self._ids(issues.c.no, issues.c.project_id == project_id)

    def _ids(self, column: Column[Any], condition: Any) -> list[int]:
        return list(self._c.execute(select(column).where(condition)).scalars())

    def _all(self, table: Table, condition: Any) -> list[Mapping[str, Any]]:
        order: Sequence[Any] = list(table.primary_key)
        rows = self._c.execute(select(table).where(condition).order_by(*order))
        return [dict(row._mapping) for row in rows]
