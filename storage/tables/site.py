"""The site's own facts, by version."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from storage.columns import Json, UtcDateTime
from storage.tables.base import metadata, own_id

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

# What a version's catalogue says otherwise than the one before (R075).
catalogue_changes = Table(
    "catalogue_changes", metadata,
    own_id(),
    Column("version", Integer, ForeignKey("site_versions.version"), nullable=False),
    Column("item_id", String(64), nullable=False),
    Column("name", String(128), nullable=False),
    Column("what", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("version", "item_id"),
)  # fmt: skip
