"""Files people handed in: bytes with their SHA-256. The same bytes of one project are kept once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.tables import files


class Files:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(
        self, name: str, data: bytes, at: datetime, *, project_id: int | None, uploaded_by: int | None,
        inbox_id: int | None = None,
    ) -> int:  # fmt: skip
        digest = hashlib.sha256(data).hexdigest()
        known = select(files.c.id).where(files.c.sha256 == digest, files.c.project_id == project_id)
        found = self._c.execute(known).scalar()
        if found is not None:
            return int(found)
        values = {
            "name": name,
            "sha256": digest,
            "size": len(data),
            "data": data,
            "project_id": project_id,
            "uploaded_by": uploaded_by,
            "inbox_id": inbox_id,
            "uploaded_at": at,
        }
        return int(self._c.execute(insert(files).values(**values).returning(files.c.id)).scalar_one())

    def get(self, file_id: int) -> tuple[str, bytes] | None:
        row = self._c.execute(select(files.c.name, files.c.data).where(files.c.id == file_id)).first()
        return (row.name, row.data) if row else None

    def of_inbox(self, inbox_id: int) -> list[str]:
        return list(self._c.execute(select(files.c.name).where(files.c.inbox_id == inbox_id)).scalars())
