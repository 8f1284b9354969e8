"""Files people handed in: every upload a row of its own, the bytes kept once under their SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from storage.tables import attachments, blobs, files
from storage.upsert import insert_if_new

LONGEST_NAME = 255


@dataclass(frozen=True)
class Attachment:
    """`state`: waiting | kept | refused."""

    id: int
    inbox_id: int
    purpose: str
    target: int
    person_id: int
    at: datetime
    state: str
    file_id: int | None


@dataclass(frozen=True)
class KnownFile:
    id: int
    name: str = field(repr=False)
    sha256: str
    size: int


class Files:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(
        self,
        name: str,
        data: bytes,
        at: datetime,
        *,
        project_id: int | None,
        uploaded_by: int | None,
        inbox_id: int | None = None,
    ) -> int:
        digest = hashlib.sha256(data).hexdigest()
        insert_if_new(self._c, blobs, {"sha256": digest, "size": len(data), "data": data}, blobs.c.sha256)
        values = {
            "name": name[-LONGEST_NAME:],  # the ending says what it is
            "sha256": digest,
            "project_id": project_id,
            "uploaded_by": uploaded_by,
            "inbox_id": inbox_id,
            "uploaded_at": at,
        }
        return int(self._c.execute(insert(files).values(**values).returning(files.c.id)).scalar_one())

    def attach(self, inbox_id: int, purpose: str, target: int, person_id: int, at: datetime) -> int:
        """Say what the file of this message is for; `keep_files` ties it when it has been fetched. Its id."""
        values = {
            "inbox_id": inbox_id,
            "purpose": purpose,
            "target": target,
            "person_id": person_id,
            "at": at,
            "state": "waiting",
        }
        row = insert_if_new(self._c, attachments, values, attachments.c.id)
        return int(row.id) if row else 0

    def attachments_of(self, inbox_id: int) -> list[Attachment]:
        query = select(attachments).where(attachments.c.inbox_id == inbox_id).order_by(attachments.c.id)
        return [Attachment(**row._mapping) for row in self._c.execute(query)]

    def attached_to(self, purpose: str, target: int) -> list[Attachment]:
        """Oldest first."""
        query = select(attachments).where(attachments.c.purpose == purpose, attachments.c.target == target)
        return [Attachment(**row._mapping) for row in self._c.execute(query.order_by(attachments.c.id))]

    def settle(self, attachment_id: int, state: str, file_id: int | None) -> None:
        """kept | refused"""
        self._c.execute(
            update(attachments).where(attachments.c.id == attachment_id).values(state=state, file_id=file_id)
        )

    def get(self, file_id: int) -> tuple[str, bytes] | None:
        query = select(files.c.name, blobs.c.data).join(blobs).where(files.c.id == file_id)
        row = self._c.execute(query).first()
        return (row.name, row.data) if row else None

    def described(self, file_id: int) -> KnownFile | None:
        """Everything but the bytes."""
        query = select(files.c.id, files.c.name, files.c.sha256, blobs.c.size).join(blobs)
        row = self._c.execute(query.where(files.c.id == file_id)).first()
        return KnownFile(row.id, row.name, row.sha256, row.size) if row else None

    def piece(self, file_id: int, start: int, length: int) -> bytes:
        """Bytes from `start`: a large file is never in memory as a whole."""
        cut = func.substr(blobs.c.data, start + 1, length, type_=blobs.c.data.type)
        query = select(cut).select_from(files.join(blobs)).where(files.c.id == file_id)
        return bytes(self._c.execute(query).scalar_one())

    def of_inbox(self, inbox_id: int) -> list[str]:
        query = select(files.c.name).where(files.c.inbox_id == inbox_id).order_by(files.c.id)
        return list(self._c.execute(query).scalars())

    def first_of_inbox(self, inbox_id: int) -> tuple[int, str, bytes] | None:
        """Id, name and bytes."""
        query = select(files.c.id, files.c.name, blobs.c.data).join(blobs)
        row = self._c.execute(query.where(files.c.inbox_id == inbox_id).order_by(files.c.id)).first()
        return (row.id, row.name, row.data) if row else None

    def last_sent(self, person_id: int, since: datetime) -> int | None:
        """The message that brought this person's newest file, unless it was said already what that is for."""
        query = (
            select(files.c.inbox_id)
            .where(
                files.c.uploaded_by == person_id, files.c.uploaded_at >= since, files.c.inbox_id.is_not(None)
            )
            .order_by(files.c.id.desc())
            .limit(1)
        )
        inbox_id = self._c.execute(query).scalar()
        return int(inbox_id) if inbox_id is not None and not self.attachments_of(inbox_id) else None
