"""Deleting what has been kept long enough. Each method returns how many; the caller logs it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, or_, select, update

from domain.case import ENDED_CASES
from storage.tables import (
    attachments,
    blobs,
    cases,
    dialogs,
    files,
    inbox,
    invitations,
    material_versions,
    outbox,
    work_groups,
)

_GONE = {"_": "gone"}


class Retired:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def stray_messages(self, before: datetime) -> int:
        """Messages about no project: the words go, the key stays so that a repeat is still known."""
        bound = select(work_groups.c.bot_chat).where(work_groups.c.bot_chat.is_not(None))
        # A single chat has no chat id, and NULL is in nothing and out of nothing.
        in_group = and_(inbox.c.chat.is_not(None), inbox.c.chat.in_(bound))
        in_project = or_(inbox.c.project_id.is_not(None), in_group)
        return self._blank(inbox.c.received_at < before, ~in_project)

    def project_messages(self, before: datetime) -> int:
        """Messages about projects all of whose cases ended before that day."""
        day = before.date()
        under_way = exists().where(
            cases.c.project_id == inbox.c.project_id,
            or_(cases.c.status.not_in(ENDED_CASES), cases.c.closed_on.is_(None), cases.c.closed_on >= day),
        )
        return self._blank(inbox.c.received_at < before, inbox.c.project_id.is_not(None), ~under_way)

    def stray_files(self, before: datetime) -> int:
        """Files of no project that nothing refers to, and bytes no file needs any more."""
        used = or_(
            exists().where(attachments.c.file_id == files.c.id),
            exists().where(material_versions.c.file_id == files.c.id),
            exists().where(inbox.c.id == files.c.inbox_id, inbox.c.project_id.is_not(None)),
        )
        old = delete(files).where(files.c.uploaded_at < before, files.c.project_id.is_(None), ~used)
        gone = self._c.execute(old).rowcount
        if gone:
            needed = exists().where(files.c.sha256 == blobs.c.sha256)
            self._c.execute(delete(blobs).where(~needed))
        return int(gone)

    def dialogs(self, before: datetime) -> int:
        return int(self._c.execute(delete(dialogs).where(dialogs.c.updated_at < before)).rowcount)

    def codes(self, before: datetime) -> int:
        return int(self._c.execute(delete(invitations).where(invitations.c.expires_at < before)).rowcount)

    def _blank(self, *conditions: Any) -> int:
        answered = inbox.c.state != "pending"
        fresh = inbox.c.message != _GONE
        ids = list(
            self._c.execute(select(inbox.c.id).where(answered, fresh, *conditions).limit(2000)).scalars()
        )
        if not ids:
            return 0
        self._c.execute(update(inbox).where(inbox.c.id.in_(ids)).values(message=_GONE, answer=""))
        self._c.execute(
            update(outbox)
            .where(outbox.c.inbox_id.in_(ids), outbox.c.sent_at.is_not(None))
            .values(speech=_GONE)
        )
        return len(ids)
