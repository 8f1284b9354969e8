"""Every table, one file per subject."""

from __future__ import annotations

from storage.tables.base import metadata
from storage.tables.cases import case_items, cases, counters, issues, materials
from storage.tables.operation import audit, blobs, files, heartbeats, runs
from storage.tables.people import duties, enterprises, people, project_people, projects, work_groups
from storage.tables.site import catalogue_items, departments, site_versions
from storage.tables.talk import cards, dialogs, inbox, outbox, recents

__all__ = [
    "audit",
    "blobs",
    "cards",
    "case_items",
    "cases",
    "catalogue_items",
    "counters",
    "departments",
    "dialogs",
    "duties",
    "enterprises",
    "files",
    "heartbeats",
    "inbox",
    "issues",
    "materials",
    "metadata",
    "outbox",
    "people",
    "project_people",
    "projects",
    "recents",
    "runs",
    "site_versions",
    "work_groups",
]
