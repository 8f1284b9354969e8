"""Every table. Names of constraints are fixed, so that migrations can name what they change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Id, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[Any]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = True) -> Column[Any]:
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


# ---------------------------------------------------------------- the site's own facts, by version

site_versions = Table(
    "site_versions", metadata,
    Column("version", Integer, primary_key=True, autoincrement=True),
    Column("loaded_at", UtcDateTime, nullable=False),
    Column("document", Json, nullable=False),
)  # fmt: skip

departments = Table(
    "departments", metadata,
    Column("key", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("utility", Boolean, nullable=False),
)  # fmt: skip

catalogue_items = Table(
    "catalogue_items", metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(128), nullable=False),
    Column("lead", String(32), ForeignKey("departments.key"), nullable=False, index=True),
    Column("retired", Boolean, nullable=False),  # no longer in the newest catalogue, still on old cases
)  # fmt: skip

# ---------------------------------------------------------------- people, enterprises, projects

people = Table(
    "people", metadata,
    _id(),
    Column("userid", String(64), nullable=False, unique=True),  # lower case: unique ignoring case
    Column("name", String(64), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("active", Boolean, nullable=False),
)  # fmt: skip

duties = Table(
    "duties", metadata,
    _id(),
    _ref("person_id", "people"),
    Column("role", String(32), nullable=False),
    Column("department", String(32), ForeignKey("departments.key")),
    Column("post", String(1), nullable=False),
    Column("topics", Json, nullable=False),
    Column("leave_from", Date),
    Column("leave_to", Date),
    Index("ix_duties_department_role", "department", "role"),
)  # fmt: skip

enterprises = Table(
    "enterprises", metadata,
    _id(),
    Column("name", String(128), nullable=False),
    Column("credit_code", String(18), nullable=False, unique=True),
    Column("address", String(255), nullable=False),
)  # fmt: skip

projects = Table(
    "projects", metadata,
    _id(),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("type", String(32), nullable=False),
    _ref("enterprise_id", "enterprises"),
    _ref("officer_id", "people"),
    _ref("deputy_id", "people", nullable=True),
    Column("national_code", String(32), nullable=False, index=True),
    Column("facts", Json, nullable=False),
)  # fmt: skip

project_people = Table(
    "project_people", metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, index=True),
    Column("role", String(32), primary_key=True),
)  # fmt: skip

work_groups = Table(
    "work_groups", metadata,
    _id(),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("appchat", String(64), unique=True),
    Column("bot_chat", String(128), unique=True),
    Column("owner", String(64), nullable=False),
    Column("members", Json, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("since", UtcDateTime, nullable=False),  # known to us: no summary of an earlier week
)  # fmt: skip

# ---------------------------------------------------------------- cases and what belongs to them

cases = Table(
    "cases", metadata,
    _id(),
    Column("no", String(32), nullable=False, unique=True),
    _ref("project_id", "projects"),
    Column("level", String(16), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("accepted_on", Date),
)  # fmt: skip

case_items = Table(
    "case_items", metadata,
    _id(),
    _ref("case_id", "cases"),
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
    _id(),
    _ref("case_item_id", "case_items"),
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
    _ref("project_id", "projects"),
    _ref("case_id", "cases", nullable=True, index=False),
    Column("category", String(24), nullable=False),
    Column("description", Text, nullable=False),
    _ref("raised_by", "people", index=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("item_id", String(64)),
    Column("wish", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("level", String(24), nullable=False),
    Column("department", String(32), ForeignKey("departments.key")),
    _ref("representative_id", "people", nullable=True),
    Column("why", Text, nullable=False),
    Column("respond_by", UtcDateTime),
    Column("answer_by", UtcDateTime),
    Column("rule_version", Integer, nullable=False),
    Column("steps", Json, nullable=False),
    Column("next_step_at", UtcDateTime),
    Column("returns", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    _ref("answered_by", "people", nullable=True, index=False),
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

# ---------------------------------------------------------------- talk

inbox = Table(
    "inbox", metadata,
    _id(),
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
    Index(
        "ix_inbox_pending", "id",
        sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'"),
    ),
)  # fmt: skip

outbox = Table(
    "outbox", metadata,
    _id(),
    Column("kind", String(16), nullable=False),  # person | group | response | card_update | …
    Column("target", Text, nullable=False),
    Column("speech", Json, nullable=False),
    Column("subject", String(64), nullable=False),  # "issue:12", "summary:3:2026-W38" …: for people and trace
    Column("once", String(128), unique=True),  # the same thing is told once, whoever tries
    _ref("inbox_id", "inbox", nullable=True),
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
    _id(),
    Column("task_id", String(128), nullable=False, unique=True),
    _ref("person_id", "people"),
    Column("subject", String(64), nullable=False, index=True),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("response_code", Text, nullable=False),  # once, 72 h
    Column("done", Boolean, nullable=False),  # shows its final state
)  # fmt: skip

dialogs = Table(
    "dialogs", metadata,
    _id(),
    _ref("person_id", "people"),
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
)  # fmt: skip

# ---------------------------------------------------------------- operation

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
    _id(),
    Column("name", String(255), nullable=False),
    Column("sha256", String(64), ForeignKey("blobs.sha256"), nullable=False, index=True),
    _ref("project_id", "projects", nullable=True),
    _ref("uploaded_by", "people", nullable=True, index=False),
    _ref("inbox_id", "inbox", nullable=True),
    Column("uploaded_at", UtcDateTime, nullable=False),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    _id(),
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
