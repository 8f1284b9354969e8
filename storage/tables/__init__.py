"""Every table, one file per subject."""

from __future__ import annotations

from storage.tables.base import metadata
from storage.tables.cases import (
    case_items,
    cases,
    counters,
    demand_defects,
    issue_extensions,
    issues,
    item_factors,
    material_versions,
    materials,
    one_time_notices,
    plan_choices,
)
from storage.tables.clock import reminders, send_minutes, week_lines, week_reports
from storage.tables.events import event_invitations, event_questions, events, visit_wishes
from storage.tables.operation import attachments, audit, blobs, boards, files, heartbeats, runs
from storage.tables.people import (
    duties,
    enterprises,
    page_links,
    people,
    project_people,
    projects,
    work_groups,
)
from storage.tables.pressing import presses, tickets, urges
from storage.tables.returns import (
    case_studies,
    department_returns,
    return_campaigns,
    survey_invitations,
    surveys,
)
from storage.tables.routing import issue_parts, issue_turns, routing_lessons
from storage.tables.rungs import meeting_ballots, meetings, submissions, tasks
from storage.tables.service import (
    appointments,
    deliveries,
    fees,
    filled_forms,
    invitations,
    log_entries,
    progress_news,
    ratings,
    suspensions,
)
from storage.tables.site import catalogue_changes, catalogue_items, departments, site_versions
from storage.tables.talk import cards, dialogs, inbox, outbox, recents

__all__ = [
    "appointments",
    "attachments",
    "audit",
    "blobs",
    "boards",
    "cards",
    "case_items",
    "case_studies",
    "cases",
    "catalogue_changes",
    "catalogue_items",
    "counters",
    "deliveries",
    "demand_defects",
    "department_returns",
    "departments",
    "dialogs",
    "duties",
    "enterprises",
    "event_invitations",
    "event_questions",
    "events",
    "fees",
    "files",
    "filled_forms",
    "heartbeats",
    "inbox",
    "invitations",
    "issue_extensions",
    "issue_parts",
    "issue_turns",
    "issues",
    "item_factors",
    "log_entries",
    "material_versions",
    "materials",
    "meeting_ballots",
    "meetings",
    "metadata",
    "one_time_notices",
    "outbox",
    "page_links",
    "people",
    "plan_choices",
    "presses",
    "progress_news",
    "project_people",
    "projects",
    "ratings",
    "recents",
    "reminders",
    "return_campaigns",
    "routing_lessons",
    "runs",
    "send_minutes",
    "site_versions",
    "submissions",
    "survey_invitations",
    "surveys",
    "suspensions",
    "tasks",
    "tickets",
    "urges",
    "visit_wishes",
    "week_lines",
    "week_reports",
    "work_groups",
]
