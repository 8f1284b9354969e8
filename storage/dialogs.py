"""Unfinished talks, and what the last exchange was about. A dialog belongs to (person, project)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select

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
    """What the last exchange in this chat was about. `choices`: items (“item:…”) and problems (“issue:…”) in the order
    they were listed, for “第二个”. `intent`: what was asked, for “那人防呢”."""

    project_id: int | None = None
    item_id: str | None = None
    issue_no: int | None = None
    choices: tuple[str, ...] = ()
    intent: str = ""


def dialog_of(row: Row[Any]) -> OpenDialog:
    """From columns that begin with dialog_."""
    return OpenDialog(
        row.dialog_person_id, row.dialog_project_id, row.dialog_kind, row.dialog_step, row.dialog_answers,
        row.dialog_updated_at,
    )  # fmt: skip


def recent_of(row: Row[Any]) -> Recent:
    """From columns that begin with recent_."""
    return Recent(
        row.recent_project_id, row.recent_item_id, row.recent_issue_no, tuple(row.recent_choices or ()),
        row.recent_intent or "",
    )  # fmt: skip


_OF_PERSON = (
    select(dialogs)
    .where(dialogs.c.person_id == bindparam("person"), dialogs.c.updated_at > bindparam("since"))
    .order_by(dialogs.c.updated_at.desc())
)
_OPEN = _OF_PERSON.limit(1)
_OPEN_IN_PROJECT = _OF_PERSON.where(dialogs.c.project_id == bindparam("project")).limit(1)


class Dialogs:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def open_for(self, person_id: int, project_id: int | None, since: datetime) -> OpenDialog | None:
        """The newest dialog of this person touched after `since`; in a group only that project's."""
        query = _OPEN if project_id is None else _OPEN_IN_PROJECT
        row = self._c.execute(query, {"person": person_id, "since": since, "project": project_id}).first()
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

    def remember(self, person_id: int, chat: str, recent: Recent, at: datetime) -> None:
        values = {
            "project_id": recent.project_id,
            "item_id": recent.item_id,
            "issue_no": recent.issue_no,
            "choices": list(recent.choices),
            "intent": recent.intent,
            "updated_at": at,
        }
        upsert(self._c, recents, {"person_id": person_id, "chat": chat}, values)
