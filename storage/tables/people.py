"""People, enterprises, projects and their groups."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from storage.columns import Id, Json, UtcDateTime
from storage.tables.base import metadata, own_id, ref

people = Table(
    "people", metadata,
    own_id(),
    Column("userid", String(64), nullable=False, unique=True),  # lower case: unique ignoring case
    Column("name", String(64), nullable=False),
    Column("phone", String(32), nullable=False),
    Column("active", Boolean, nullable=False),
)  # fmt: skip

duties = Table(
    "duties", metadata,
    own_id(),
    ref("person_id", "people"),
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
    own_id(),
    Column("name", String(128), nullable=False),
    Column("credit_code", String(18), nullable=False, unique=True),
    Column("address", String(255), nullable=False),
)  # fmt: skip

projects = Table(
    "projects", metadata,
    own_id(),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("type", String(32), nullable=False),
    ref("enterprise_id", "enterprises"),
    ref("officer_id", "people"),
    ref("deputy_id", "people", nullable=True),
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
    own_id(),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("appchat", String(64), unique=True),
    Column("bot_chat", String(128), unique=True),
    Column("owner", String(64), nullable=False),
    Column("members", Json, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("since", UtcDateTime, nullable=False),  # known to us: no summary of an earlier week
)  # fmt: skip

# A page opened outside the client: hashes of the link and of the code that was said beside it.
page_links = Table(
    "page_links", metadata,
    own_id(),
    Column("token", String(64), nullable=False, unique=True),
    Column("code", String(64), nullable=False),
    ref("person_id", "people"),
    Column("page", String(128), nullable=False),  # the only one it opens, "" for all
    Column("until", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used_at", UtcDateTime),
)  # fmt: skip
