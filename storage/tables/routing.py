"""Whose hands a problem went through and why, who handles it beside the lead, and what was learnt from it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Id, UtcDateTime
from storage.tables.base import metadata, own_id, ref

issue_turns = Table(
    "issue_turns", metadata,
    own_id(),
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    ref("person_id", "people", nullable=True, index=False),  # none: the clock
    Column("kind", String(16), nullable=False),  # TurnKind
    Column("department", String(32)),  # who gave it away, or said the words
    Column("to_department", String(32)),
    Column("words", Text, nullable=False),  # the reason as typed, or the second wording of a merged problem
)  # fmt: skip

# Departments that handle it beside the lead, each with its own clock and answer; the lead stands in the issue.
issue_parts = Table(
    "issue_parts", metadata,
    own_id(),
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False),
    Column("department", String(32), nullable=False),
    ref("representative_id", "people", nullable=True),
    Column("status", String(16), nullable=False),  # PartStatus
    Column("respond_by", UtcDateTime),
    Column("answer_by", UtcDateTime),
    Column("next_at", UtcDateTime, index=True),  # when the clock has something to say
    Column("answer", Text, nullable=False),
    Column("answered_by", Id),
    UniqueConstraint("issue_no", "department"),
)  # fmt: skip

# One row a problem that was sorted by hand: features without people, and where it belonged.
routing_lessons = Table(
    "routing_lessons", metadata,
    Column("issue_no", Integer, ForeignKey("issues.no"), primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("item_id", String(64)),
    Column("category", String(24), nullable=False),
    Column("words", Text, nullable=False),  # masked, without names
    Column("department", String(32), nullable=False),  # where it belonged
    Column("guess", String(32)),  # what the rules had said; none: not sure
)  # fmt: skip
