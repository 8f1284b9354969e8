"""催办, 督办, and what came in as a ticket of the 12345 hotline."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from storage.columns import UtcDateTime
from storage.tables.base import metadata, own_id, ref

# 催办: who is to be told of it, once a working day; until then it waits.
urges = Table(
    "urges", metadata,
    own_id(),
    ref("project_id", "projects"),
    Column("issue_no", Integer, ForeignKey("issues.no"), index=True),  # none: about an item, or the project
    Column("item_id", String(64)),
    ref("by_id", "people", nullable=True, index=False),  # none: somebody of the group nobody registered
    ref("to_id", "people", index=False),
    Column("said", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Index(
        "ix_urges_waiting", "to_id",
        sqlite_where=text("told_at IS NULL"), postgresql_where=text("told_at IS NULL"),
    ),
)  # fmt: skip

# 督办 (form F27): one at a time is open for an issue.
presses = Table(
    "presses", metadata,
    own_id(),
    Column("no", String(32), nullable=False, unique=True),
    ref("project_id", "projects"),
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False),
    Column("department", String(32), nullable=False),
    ref("person_id", "people"),
    ref("form_id", "filled_forms", index=False),
    ref("by_id", "people", nullable=True, index=False),  # none: by the clock
    Column("at", UtcDateTime, nullable=False),
    Column("due_by", UtcDateTime, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("state", String(16), nullable=False),  # PressState
    Column("feedback", Text, nullable=False),
    ref("answered_by", "people", nullable=True, index=False),
    Column("answered_at", UtcDateTime),
    Column("reason", Text, nullable=False),
    ref("closed_by", "people", nullable=True, index=False),
    Column("closed_at", UtcDateTime),
    Column("look_at", UtcDateTime),  # when the clock tells of a missing feedback
    Index(
        "uq_presses_open", "issue_no", unique=True,
        sqlite_where=text("state <> 'closed'"), postgresql_where=text("state <> 'closed'"),
    ),
    Index(
        "ix_presses_look_at", "look_at",
        sqlite_where=text("look_at IS NOT NULL"), postgresql_where=text("look_at IS NOT NULL"),
    ),
)  # fmt: skip

# A ticket of 12345 is handled as one issue, whatever it is called there.
tickets = Table(
    "tickets", metadata,
    own_id(),
    Column("foreign_no", String(64), nullable=False, unique=True),
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False, index=True),
    Column("received_on", Date, nullable=False),
    Column("said", Text, nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
)  # fmt: skip
