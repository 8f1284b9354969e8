"""The site's own facts, by version."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from storage.columns import Json, UtcDateTime
from storage.tables.base import metadata

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
