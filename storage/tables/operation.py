"""What was done when, files, and the audit chain."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

runs = Table(
    "runs", metadata,
    Column("job", String(48), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("period", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

heartbeats = Table(
    "heartbeats", metadata,
    Column("name", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

blobs = Table(
    "blobs", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)  # fmt: skip

files = Table(
    "files", metadata,
    own_id(),
    Column("name", String(255), nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    ref("project_id", "projects", nullable=True),
    ref("uploaded_by", "people", nullable=True, index=False),
    ref("inbox_id", "inbox", nullable=True),
    Column("uploaded_at", UtcDateTime, nullable=False),
)  # fmt: skip

# What a message's file is for, said before the file was fetched: resolved when it is kept.
attachments = Table(
    "attachments", metadata,
    own_id(),
    ref("inbox_id", "inbox"),
    Column("purpose", String(16), nullable=False),  # material | form | log | issue
    Column("target", Id, nullable=False),  # id of the material, form, entry; number of the issue
    ref("person_id", "people", index=False),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # waiting | kept | refused
    ref("file_id", "files", nullable=True),
    UniqueConstraint("inbox_id", "purpose", "target"),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    own_id(),
    Column("project_id", Id, nullable=False),  # 0: the site itself
    Column("seq", Integer, nullable=False),  # 1, 2, 3 … within the project
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(48), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("details", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("project_id", "seq"),
)  # fmt: skip

# The board as it was counted last: one row.
boards = Table(
    "boards", metadata,
    Column("key", String(16), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("mark", String(48), nullable=False),  # hour and newest audit row: nothing new, nothing counted
    Column("data", Text, nullable=False),
)  # fmt: skip
