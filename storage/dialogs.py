"""Unfinished talks, and what the last exchange was about. A dialog belongs to (person, project)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from storage.tables import dialogs, recents
from storage.upsert import upsert


@dataclass(frozen=True)
class OpenDialog:
    person_id: int
    project_id: int
    kind: str
    step: str
    answers: Mapping[str, Any] = field(repr=False)
    updated_at: datetime


@dataclass(frozen=True)
class Recent:
    """What the last exchange in this chat was about."""

    project_id: int | None = None
    item_id: str | None = None
    issue_no: int | None = None


class Dialogs:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def open_for(self, person_id: int, project_id: int | None, since: datetime) -> OpenDialog | None:
        """The newest dialog of this person touched after `since`; in a group only that project's."""
        query = select(dialogs).where(dialogs.c.person_id == person_id, dialogs.c.updated_at > since)
        if project_id is not None:
            query = query.where(dialogs.c.project_id == project_id)
        row = self._c.execute(query.order_by(dialogs.c.updated_at.desc()).limit(1)).first()
        if row is None:
            return None
        return OpenDialog(row.person_id, row.project_id, row.kind, row.step, row.answers, row.updated_at)

    def save(self, dialog: OpenDialog) -> None:
        values = {
            "kind": dialog.kind,
            "step": dialog.step,
            "answers": dict(dialog.answers),
            "updated_at": dialog.updated_at,
        }
        upsert(self._c, dialogs, {"person_id": dialog.person_id, "project_id": dialog.project_id}, values)

    def end(self, person_id: int, project_id: int) -> None:
        self._c.execute(
            delete(dialogs).where(dialogs.c.person_id == person_id, dialogs.c.project_id == project_id)
        )

    def recent(self, person_id: int, chat: str, since: datetime) -> Recent:
        row = self._c.execute(
            select(recents).where(
                recents.c.person_id == person_id, recents.c.chat == chat, recents.c.updated_at > since
            )
        ).first()
        return Recent(row.project_id, row.item_id, row.issue_no) if row else Recent()

    def remember(self, person_id: int, chat: str, recent: Recent, at: datetime) -> None:
        values = {
            "project_id": recent.project_id,
            "item_id": recent.item_id,
            "issue_no": recent.issue_no,
            "updated_at": at,
        }
        upsert(self._c, recents, {"person_id": person_id, "chat": chat}, values)
