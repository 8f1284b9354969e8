"""The weekly summary: taken from what is kept, posted to the group with its picture, put right when it was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.case_view import cases_of
from bot.documents import fonts
from bot.moves.work import CaseWork
from bot.platform import Paper, Say
from bot.records import to_record
from bot.texts import groups as group_words
from bot.texts import summaries
from bot.texts import weekly as texts
from domain.calendar import WorkCalendar
from domain.errors import InvalidAnswer
from domain.project import Project, WorkGroup
from domain.site import Site
from domain.week_report import Found, WeekReport, report
from domain.weeks import Week
from storage.outbox import NewMessage
from storage.store import Transaction


def reports(
    tx: Transaction, site: Site, calendar: WorkCalendar, project_ids: Iterable[int], week: Week, at: datetime
) -> dict[int, WeekReport]:
    """Of all projects with an open case, as they stand now, with the officer's line."""
    ids = set(project_ids)
    projects = tx.projects.many(ids)
    cases = cases_of(tx, ids, site, calendar, at.astimezone(calendar.zone).date())
    issues = tx.issues.of_projects(ids, open_only=False)
    asked = [
        v.item.id for found in cases.values() for case in found for v in (*case.running, *case.planned[:1])
    ]
    materials = tx.materials.of_items(asked)
    lines = tx.week_reports.lines(ids, week.name)
    departments = {key: one.short for key, one in site.departments.items()}
    found = {}
    for project_id, views in cases.items():
        items = [view for case in views for view in case.items]
        read = Found(items, issues.get(project_id, []), materials)
        told = report(projects[project_id], week, read, departments, calendar, at)
        found[project_id] = replace(told, line=lines.get(project_id, ""))
    return found


def posts(
    tx: Transaction, group: WorkGroup, project: Project, told: WeekReport, due_at: datetime
) -> list[NewMessage]:
    """Text and, when something happened, the picture; where the app cannot post, to the officer."""
    subject = f"summary:{group.id}:{told.week}"
    once = subject if told.version == 1 else f"{subject}:{told.version}"
    text = summaries.weekly(told)
    if group.appchat:
        kind, target, say = "group", group.appchat, Say(text, markdown=True)
    else:
        kind, target = "person", tx.people.get(project.officer_id).userid
        say = Say(group_words.by_hand(group.name, (), text), markdown=True)
    rows = [NewMessage(kind, target, to_record(say), subject, due_at, once)]
    if fonts.there() and told.total and (told.version > 1 or not told.quiet):
        paper = to_record(Paper("week", f"{told.week}:{told.version}", told.project_id))
        rows.append(
            NewMessage(kind, target, paper, f"week:{group.id}:{told.week}", due_at, f"{once}:picture")
        )
    return rows


def correct(
    work: CaseWork, group: WorkGroup, project: Project, before: WeekReport, week: Week, note: str
) -> WeekReport:
    """A new version from what is kept now; the caller posts it. The old one stays as it was."""
    fresh = reports(work.tx, work.site, work.calendar, [project.id], week, work.now)[project.id]
    told = replace(fresh, line=before.line, version=before.version + 1, correction=note)
    if project.id not in work.tx.week_reports.add([told]):
        raise InvalidAnswer(texts.at_once())
    details = {"week": told.week, "version": told.version}
    work.audit(project.id, "summary.correct", f"summary:{group.id}:{told.week}"[:64], details)
    return told
