"""Cases, their items and materials; issues."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

cases = Table(
    "cases", metadata,
    own_id(),
    Column("no", String(32), nullable=False, unique=True),
    ref("project_id", "projects"),
    Column("level", String(16), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("accepted_on", Date),
)  # fmt: skip

case_items = Table(
    "case_items", metadata,
    own_id(),
    ref("case_id", "cases"),
    Column("item_id", String(64), ForeignKey("catalogue_items.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("events", Json, nullable=False),
    Column("planned_submit", Date),
    Column("planned_done", Date),
    Column("result_no", String(64), nullable=False),
    UniqueConstraint("case_id", "item_id"),
)  # fmt: skip

materials = Table(
    "materials", metadata,
    own_id(),
    ref("case_item_id", "case_items"),
    Column("name", String(128), nullable=False),
    Column("required", Boolean, nullable=False),
    Column("form", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(255), nullable=False),
    Column("deferred_until", Date),
    UniqueConstraint("case_item_id", "name"),
)  # fmt: skip

issues = Table(
    "issues", metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    ref("project_id", "projects"),
    ref("case_id", "cases", nullable=True, index=False),
    Column("category", String(24), nullable=False),
    Column("description", Text, nullable=False),
    ref("raised_by", "people", index=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("item_id", String(64)),
    Column("wish", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("level", String(24), nullable=False),
    Column("department", String(32), ForeignKey("departments.key")),
    ref("representative_id", "people", nullable=True),
    Column("why", Text, nullable=False),
    Column("respond_by", UtcDateTime),
    Column("answer_by", UtcDateTime),
    Column("rule_version", Integer, nullable=False),
    Column("steps", Json, nullable=False),
    Column("next_step_at", UtcDateTime),
    Column("returns", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    ref("answered_by", "people", nullable=True, index=False),
    Column("released_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_issues_status", "status"),
    Index(
        "ix_issues_next_step_at", "next_step_at",
        sqlite_where=text("next_step_at IS NOT NULL"), postgresql_where=text("next_step_at IS NOT NULL"),
    ),
)  # fmt: skip

counters = Table(
    "counters", metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
)  # fmt: skip
