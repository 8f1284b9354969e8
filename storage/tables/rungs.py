"""The higher rungs of the ladder: joint meetings and who can come, tasks, papers to the government and letters."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

meetings = Table(
    "meetings", metadata,
    own_id(),
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False, index=True),
    ref("project_id", "projects", index=False),
    ref("called_by", "people", index=False),
    Column("called_at", UtcDateTime, nullable=False),
    Column("slots", Json, nullable=False),  # instants with their offset
    Column("state", String(16), nullable=False),  # MeetingState
    Column("at", UtcDateTime),
    Column("place", Text, nullable=False),
    ref("form_id", "filled_forms", nullable=True, index=False),  # the minutes
    Column("version", Integer, nullable=False),
)  # fmt: skip

# Who was asked to come, and which of the times suit.
meeting_ballots = Table(
    "meeting_ballots", metadata,
    own_id(),
    ref("meeting_id", "meetings", index=False),
    ref("person_id", "people", index=False),
    Column("slots", Json),  # numbers; none: not voted yet
    UniqueConstraint("meeting_id", "person_id"),
)  # fmt: skip

tasks = Table(
    "tasks", metadata,
    own_id(),
    Column("text", Text, nullable=False),
    ref("owner_id", "people"),
    Column("department", String(32)),
    Column("due", Date, nullable=False),
    Column("source", String(16), nullable=False),  # TaskSource
    Column("source_id", Id, nullable=False),
    Column("issue_no", Integer, ForeignKey("issues.no"), index=True),
    ref("project_id", "projects", nullable=True, index=False),
    ref("made_by", "people", index=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # TaskState
    Column("note", Text, nullable=False),
    ref("ended_by", "people", nullable=True, index=False),
    Column("ended_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_tasks_state_due", "state", "due"),
)  # fmt: skip

submissions = Table(
    "submissions", metadata,
    own_id(),
    Column("kind", String(16), nullable=False),  # SubmissionKind
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False, index=True),
    ref("project_id", "projects", index=False),
    ref("form_id", "filled_forms", index=False),
    Column("to_whom", Text, nullable=False),
    ref("made_by", "people", index=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # SubmissionState
    Column("channel", String(32), nullable=False),
    Column("sent_on", Date),
    Column("answer", Text, nullable=False),
    Column("answered_on", Date),
    Column("version", Integer, nullable=False),
)  # fmt: skip
