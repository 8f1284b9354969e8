"""What the clock keeps: weekly summaries as they were posted, reminders until they are told, what was sent a minute."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

week_reports = Table(
    "week_reports", metadata,
    own_id(),
    ref("project_id", "projects", index=False),
    Column("week", String(8), nullable=False),  # 2026-W38
    Column("version", Integer, nullable=False),  # 1, and one more with every correction
    Column("at", UtcDateTime, nullable=False),  # of the snapshot
    Column("value", Json, nullable=False),  # domain/week_report.py
    UniqueConstraint("project_id", "week", "version"),
)  # fmt: skip

# The officer's own line for a week that is not posted yet.
week_lines = Table(
    "week_lines", metadata,
    Column("project_id", Id, primary_key=True, autoincrement=False),
    Column("week", String(8), primary_key=True),
    Column("line", Text, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

reminders = Table(
    "reminders", metadata,
    own_id(),
    Column("userid", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("once", String(128), unique=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Index(
        "ix_reminders_waiting", "due_at",
        sqlite_where=text("told_at IS NULL"), postgresql_where=text("told_at IS NULL"),
    ),
    Index("ix_reminders_told", "userid", "told_at"),
)  # fmt: skip

# Calls to the platform, counted when they are handed to a sender: one row a minute.
send_minutes = Table(
    "send_minutes", metadata,
    Column("minute", UtcDateTime, primary_key=True),
    Column("calls", Integer, nullable=False),
)  # fmt: skip
