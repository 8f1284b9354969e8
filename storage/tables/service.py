"""What the service itself leaves behind: forms filled in and signed, the ledger, ratings, deliveries, suspensions."""

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

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

# A form of config/forms.yaml filled in for a case: numbered, versioned, signed.
filled_forms = Table(
    "filled_forms", metadata,
    own_id(),
    Column("no", String(32), nullable=False),
    Column("form", String(8), nullable=False),  # F1 …
    ref("project_id", "projects"),
    ref("case_id", "cases", nullable=True),
    Column("version", Integer, nullable=False),  # of the content under the same number: 1, 2 …
    Column("state", String(16), nullable=False),  # FormState
    Column("values", Json, nullable=False),  # by the keys of forms.yaml
    Column("signers", Json, nullable=False),  # roles that must sign, in order
    Column("signatures", Json, nullable=False),
    ref("made_by", "people", nullable=True, index=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("no", "version"),
)  # fmt: skip

# One row per contact or action: 工作台账 F3 and 日志 F10 are two views of it.
log_entries = Table(
    "log_entries", metadata,
    own_id(),
    ref("project_id", "projects"),
    ref("case_id", "cases", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("service_type", String(16), nullable=False),
    Column("item_id", String(64)),
    Column("milestone", String(16), nullable=False),  # "" or one of F10's 关键节点
    Column("summary", Text, nullable=False),
    Column("departments", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("next_step", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("recorded_by", String(64), nullable=False),  # name of a person, or 系统
    Column("subject", String(64), nullable=False),  # what the row came from: "item:12", "issue:3" …
    Column("edited", Boolean, nullable=False),
    Index("ix_log_entries_at", "at"),
    Index("ix_log_entries_subject", "subject"),
)  # fmt: skip

ratings = Table(
    "ratings", metadata,
    own_id(),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, unique=True),
    Column("grade", Integer, nullable=False),  # 5 非常满意 … 1 非常不满意
    Column("comment", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    ref("rated_by", "people", index=False),
    Column("rated_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # RatingState
    Column("rectify_by", Date),
    Column("rectification", Text, nullable=False),
    ref("rectified_by", "people", nullable=True, index=False),
    Column("rectified_at", UtcDateTime),
    Column("follow_up", Text, nullable=False),
    Column("appeal", Text, nullable=False),
)  # fmt: skip

# A result on its way to the enterprise, or papers on their way to the office (R099).
deliveries = Table(
    "deliveries", metadata,
    own_id(),
    ref("case_id", "cases"),
    Column("inbound", Boolean, nullable=False),
    Column("mode", String(16), nullable=False),  # face | post
    Column("state", String(16), nullable=False),  # DeliveryState
    Column("things", Json, nullable=False),  # [{name, number, originals, copies, case_item_id}]
    Column("courier", String(32), nullable=False),
    Column("tracking_no", String(64), nullable=False),
    Column("sent_on", Date),
    Column("received_on", Date),
    Column("received_by", String(64), nullable=False),
    ref("handled_by", "people", index=False),
    Column("created_at", UtcDateTime, nullable=False),
)  # fmt: skip

# 中止 and 终止, with the two steps of R120 and the way back of R127.
suspensions = Table(
    "suspensions", metadata,
    own_id(),
    ref("case_id", "cases"),
    Column("kind", String(16), nullable=False),  # suspend | terminate
    Column("reason", String(8), nullable=False),  # S1 … S5, S9
    Column("explanation", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("state", String(16), nullable=False),  # SuspensionState
    ref("proposed_by", "people", index=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("coordination", Text, nullable=False),
    Column("effective_on", Date),
    Column("cause_removed", Text, nullable=False),
    ref("resume_officer", "people", nullable=True, index=False),
    ref("resume_enterprise", "people", nullable=True, index=False),
    Column("ended_on", Date),
    Column("version", Integer, nullable=False),
)  # fmt: skip

# A one-time code that ties whoever redeems it to a project and role; kept as a hash only.
invitations = Table(
    "invitations", metadata,
    own_id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    ref("project_id", "projects", nullable=True),  # none: may apply for a project that is new to us
    Column("role", String(32), nullable=False),
    ref("issued_by", "people", index=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    ref("used_by", "people", nullable=True, index=False),
    Column("used_at", UtcDateTime),
)  # fmt: skip

appointments = Table(
    "appointments", metadata,
    own_id(),
    ref("project_id", "projects", nullable=True),
    Column("kind", String(16), nullable=False),  # window | video | visit | out_of_hours
    Column("wish", Text, nullable=False),
    Column("wished_at", UtcDateTime),
    ref("asked_by", "people", index=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # asked | agreed | declined | done
    ref("officer_id", "people", index=False),
    Column("agreed_at", UtcDateTime),
    Column("answer", Text, nullable=False),
)  # fmt: skip

# What the group has not been told yet of how items moved; merged per half day (R153).
progress_news = Table(
    "progress_news", metadata,
    own_id(),
    ref("project_id", "projects", index=False),
    ref("case_item_id", "case_items", index=False),
    Column("state", String(16), nullable=False),
    Column("day", Date, nullable=False),
    ref("person_id", "people", index=False),
    Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Index(
        "ix_progress_news_untold", "project_id",
        sqlite_where=text("told_at IS NULL"), postgresql_where=text("told_at IS NULL"),
    ),
)  # fmt: skip

# What the enterprise has to pay for an item, by a day; `words` are for the contact alone.
fees = Table(
    "fees", metadata,
    own_id(),
    ref("project_id", "projects"),
    ref("case_item_id", "case_items", index=False),
    Column("due", Date, nullable=False),
    Column("words", Text, nullable=False),
    ref("set_by", "people", index=False),
    Column("set_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # FeeState
    Column("ended_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_fees_state_due", "state", "due"),
    Index(
        "uq_fees_one_due", "case_item_id", unique=True,
        sqlite_where=text("state = 'due'"), postgresql_where=text("state = 'due'"),
    ),
)  # fmt: skip
