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

from storage.columns import Id, Json, UtcDateTime
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
    Column("stages", Json, nullable=False, server_default="[]"),  # of scope STAGE
    Column("service_types", Json, nullable=False, server_default="[]"),
    Column("channel", String(16), nullable=False, server_default="group"),
    Column("applied_by", Id),
    Column("applied_at", UtcDateTime),
    Column("decided_by", Id),
    Column("closed_on", Date),
    Column("green_channel", String(64), nullable=False, server_default=""),  # who granted it
    Column("version", Integer, nullable=False, server_default="0"),
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
    Column("parallel_group", String(32), nullable=False, server_default=""),  # handled side by side with these
    Column("commitment", Text, nullable=False, server_default=""),  # 告知承诺: what was promised
    # When the clock looks at it next; at once after every change, never when there is nothing to wait for.
    Column("look_at", UtcDateTime, server_default="1970-01-01 00:00:00.000000"),
    Column("told_lamp", String(8), nullable=False, server_default=""),  # the colour somebody was told of
    # Begun and not ended: lists read these only, a tenth of all. In doubt true; what is read is looked at again.
    Column("running", Boolean, nullable=False, server_default=text("true")),
    UniqueConstraint("case_id", "item_id"),
    Index("ix_case_items_running", "item_id", sqlite_where=text("running"), postgresql_where=text("running")),
    Index(
        "ix_case_items_look_at", "look_at",
        sqlite_where=text("look_at IS NOT NULL"), postgresql_where=text("look_at IS NOT NULL"),
    ),
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
    Column("commitment", Text, nullable=False, server_default=""),  # 容缺: the written promise
    Column("listed", Boolean, nullable=False, server_default=text("true")),  # False: asked for outside the list
    UniqueConstraint("case_item_id", "name"),
)  # fmt: skip

# Every file that was handed in for a material, with the decision about it.
material_versions = Table(
    "material_versions", metadata,
    own_id(),
    ref("material_id", "materials"),
    Column("version", Integer, nullable=False),
    ref("file_id", "files"),
    ref("uploaded_by", "people", index=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("truthful", Boolean, nullable=False),  # the statement of R015 was made with it
    Column("decision", String(16), nullable=False),  # "" | accepted | returned
    Column("reason", Text, nullable=False),
    ref("decided_by", "people", nullable=True, index=False),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("material_id", "version"),
)  # fmt: skip

# 一次性告知: what was told once to be supplemented; whatever comes later is a defect (R083, R086).
one_time_notices = Table(
    "one_time_notices", metadata,
    own_id(),
    ref("case_item_id", "case_items"),
    Column("told_at", UtcDateTime, nullable=False),
    ref("told_by", "people", index=False),
    Column("materials", Json, nullable=False),  # [{name, opinion}]
    Column("due", Date),
    Column("extra", Boolean, nullable=False),  # came after the one notice
)  # fmt: skip

demand_defects = Table(
    "demand_defects", metadata,
    own_id(),
    ref("case_item_id", "case_items"),
    Column("kind", String(16), nullable=False),  # late | off_list
    Column("what", Text, nullable=False),
    ref("reported_by", "people", nullable=True, index=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),  # open | founded | justified
    Column("answer", Text, nullable=False),
)  # fmt: skip

# What a person decided about an item of the plan: it outranks what the facts say.
plan_choices = Table(
    "plan_choices", metadata,
    own_id(),
    ref("case_id", "cases"),
    Column("item_id", String(64), nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    ref("decided_by", "people", index=False),
    Column("decided_at", UtcDateTime, nullable=False),
    UniqueConstraint("case_id", "item_id"),
)  # fmt: skip

# 清单外要素 (R074): what the list does not say and the window asks for, told by the representatives.
item_factors = Table(
    "item_factors", metadata,
    own_id(),
    Column("item_id", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    ref("told_by", "people", index=False),
    Column("told_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
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
    Column("offered_department", String(32)),  # passed on to, not taken yet
    Column("offered_to", Id),
    Column("offer_until", UtcDateTime),
    Column("private", Boolean, nullable=False, server_default=text("false")),
    Column("about_person", Id),
    Column("kind", String(24), nullable=False, server_default=""),  # IssueKind of its limits
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("clock_from", UtcDateTime),
    Column("desk_by", UtcDateTime),
    Column("told_level", Integer, nullable=False, server_default="0"),
    Column("extended", Integer, nullable=False, server_default="0"),
    Column("relieved_id", Id),
    Column("rung", String(24), nullable=False, server_default=""),  # Rung: the next step on a higher rung
    Column("version", Integer, nullable=False),
    Index("ix_issues_status", "status"),
    Index(
        "ix_issues_next_step_at", "next_step_at",
        sqlite_where=text("next_step_at IS NOT NULL"), postgresql_where=text("next_step_at IS NOT NULL"),
    ),
)  # fmt: skip

# 延期: asked for by the holder before expiry, decided by the officer or the supervisor.
issue_extensions = Table(
    "issue_extensions", metadata,
    own_id(),
    Column("issue_no", Integer, ForeignKey("issues.no"), nullable=False, index=True),
    Column("days", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    ref("asked_by", "people", index=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("was_by", UtcDateTime, nullable=False),  # the date before
    Column("state", String(16), nullable=False),  # ExtensionState
    ref("decided_by", "people", nullable=True, index=False),
    Column("decided_at", UtcDateTime),
)  # fmt: skip

counters = Table(
    "counters", metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
)  # fmt: skip
