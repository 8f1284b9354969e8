"""What was said, what is to be said, and unfinished talks."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

inbox = Table(
    "inbox", metadata,
    own_id(),
    Column("key", String(128), nullable=False, unique=True),
    Column("channel", String(8), nullable=False),
    Column("sender", String(64), nullable=False),
    Column("chat", String(128)),
    Column("message", Json, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # pending | answered | failed
    Column("answer", Text, nullable=False),  # the plain passive reply; a repeat gets the same
    Column("understood", Json, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", String(128), nullable=False),  # class of the error only, never its text
    Column("project_id", Id),  # what it was about, when that was known
    Index("ix_inbox_project_id", "project_id"),
    Index(
        "ix_inbox_pending", "id",
        sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'"),
    ),
)  # fmt: skip

outbox = Table(
    "outbox", metadata,
    own_id(),
    Column("kind", String(16), nullable=False),  # person | group | response | card_update | …
    Column("target", Text, nullable=False),
    Column("speech", Json, nullable=False),
    Column("subject", String(64), nullable=False),  # "issue:12", "summary:3:2026-W38" …: for people and trace
    Column("once", String(128), unique=True),  # the same thing is told once, whoever tries
    ref("inbox_id", "inbox", nullable=True),
    Column("urgent", Boolean, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # OutboxState
    Column("claimed_by", String(64)),
    Column("claimed_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("error", String(128), nullable=False),
    Column("receipt", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index(
        "ix_outbox_waiting", "due_at", "id",
        sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_under_way", "target",
        sqlite_where=text("state IN ('claimed', 'sending')"),
        postgresql_where=text("state IN ('claimed', 'sending')"),
    ),
    Index("ix_outbox_subject", "subject"),
    Index("ix_outbox_sent", "target", "sent_at"),
)  # fmt: skip

cards = Table(
    "cards", metadata,
    own_id(),
    Column("task_id", String(128), nullable=False, unique=True),
    ref("person_id", "people"),
    Column("subject", String(64), nullable=False, index=True),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("response_code", Text, nullable=False),  # once, 72 h
    Column("code_at", UtcDateTime),  # since when
    Column("done", Boolean, nullable=False),  # shows its final state
)  # fmt: skip

dialogs = Table(
    "dialogs", metadata,
    own_id(),
    ref("person_id", "people"),
    Column("project_id", Id, nullable=False),  # 0: not known yet which project
    Column("kind", String(32), nullable=False),
    Column("step", String(32), nullable=False),
    Column("answers", Json, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "project_id"),
)  # fmt: skip

recents = Table(
    "recents", metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("chat", String(128), primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("item_id", String(64)),
    Column("issue_no", Integer),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("choices", Json, nullable=False, server_default="[]"),  # "item:…" or "issue:…", as they were listed
    Column("intent", String(32), nullable=False, server_default=""),  # what was asked last
)  # fmt: skip
