"""Returns: what departments were asked for, and what came back."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

return_campaigns = Table(
    "return_campaigns", metadata,
    own_id(),
    Column("kind", String(24), nullable=False),  # key in returns.yaml
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "first", "last"),
)  # fmt: skip

department_returns = Table(
    "department_returns", metadata,
    own_id(),
    ref("campaign_id", "return_campaigns", index=False),
    Column("department", String(32), nullable=False),
    Column("state", String(16), nullable=False),  # ReturnState
    Column("rows", Json, nullable=False),
    Column("foot", Json, nullable=False),
    ref("returned_by", "people", nullable=True, index=False),
    Column("returned_at", UtcDateTime),
    ref("file_id", "files", nullable=True, index=False),
    ref("stamped_id", "files", nullable=True, index=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("campaign_id", "department"),
)  # fmt: skip

# 问卷: the answers themselves are forms (F26).
surveys = Table(
    "surveys", metadata,
    own_id(),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("until", Date, nullable=False),
    ref("opened_by", "people", index=False),
    Column("opened_at", UtcDateTime, nullable=False),
    UniqueConstraint("first", "last"),
)  # fmt: skip

survey_invitations = Table(
    "survey_invitations", metadata,
    own_id(),
    ref("survey_id", "surveys", index=False),
    ref("project_id", "projects"),
    ref("form_id", "filled_forms", nullable=True, index=False),
    UniqueConstraint("survey_id", "project_id"),
)  # fmt: skip

case_studies = Table(
    "case_studies", metadata,
    own_id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("lessons", Text, nullable=False),
    Column("state", String(16), nullable=False),  # StudyState
    ref("drafted_by", "people", index=False),
    Column("drafted_at", UtcDateTime, nullable=False),
    ref("decided_by", "people", nullable=True, index=False),
    Column("decided_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)  # fmt: skip
