"""政企互动 and 培训 with who was invited and what was asked there; wishes for a visit."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.columns import UtcDateTime
from storage.tables.base import metadata, own_id, ref

events = Table(
    "events", metadata,
    own_id(),
    Column("kind", String(16), nullable=False),  # EventKind
    Column("topic", Text, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("department", String(32)),
    ref("planned_by", "people", index=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # EventState
    Column("attendance", Integer),
    Column("version", Integer, nullable=False),
)  # fmt: skip

event_invitations = Table(
    "event_invitations", metadata,
    own_id(),
    ref("event_id", "events", index=False),
    ref("project_id", "projects"),
    UniqueConstraint("event_id", "project_id"),
)  # fmt: skip

event_questions = Table(
    "event_questions", metadata,
    own_id(),
    ref("event_id", "events", index=False),
    Column("issue_no", Integer, nullable=False),
    UniqueConstraint("event_id", "issue_no"),
)  # fmt: skip

visit_wishes = Table(
    "visit_wishes", metadata,
    own_id(),
    ref("project_id", "projects"),
    Column("words", Text, nullable=False),
    ref("asked_by", "people", index=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("day", Date),
    Column("visited_on", Date),
    Column("version", Integer, nullable=False),
    Index(
        "uq_visit_wishes_one_open", "project_id", unique=True,
        sqlite_where=text("visited_on IS NULL"), postgresql_where=text("visited_on IS NULL"),
    ),
)  # fmt: skip
