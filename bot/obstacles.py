"""The same obstacle in several projects: one word to the supervisors, once – never into a group."""

from __future__ import annotations

from datetime import timedelta

from bot.issue_work import IssueWork
from bot.notices import subject_of
from bot.texts import routing as words
from domain.issues import Issue
from domain.likeness import likeness
from domain.people import Role
from storage.issues import Raised
from storage.outbox import NewMessage

_JOB = "same_obstacle"


def tell_of_obstacle(work: IssueWork, issue: Issue) -> list[NewMessage]:
    """Same item, department and category – or words alike enough – in so many projects within so many days."""
    rules = work.site.routing
    if issue.private or issue.department is None:
        return []
    since = work.now - timedelta(days=rules.obstacle_days)
    recent = work.tx.issues.raised_with(issue.department, since)
    alike = [one for one in recent if one.no == issue.no or _same(one, issue, rules.alike_percent / 100)]
    projects = {one.project_id for one in alike}
    if len(projects) < rules.obstacle_projects or not _first_time(work, issue):
        return []
    names = work.tx.projects.many(projects)
    found = [(one.no, names[one.project_id].short_name) for one in alike]
    item = work.site.catalogue.items.get(issue.item_id or "")
    department = work.site.departments[issue.department].short
    what = words.obstacle_of(item.spoken if item else "", department, issue)
    text = words.obstacle(what, rules.obstacle_days, found, len(projects))
    people = work.tx.people.with_role(Role.SUPERVISOR)
    return [work.notices.say_to(one, text, subject_of(issue)) for one in people]


def _same(one: Raised, other: Issue, least: float) -> bool:
    if one.item_id is not None and one.item_id == other.item_id and one.category is other.category:
        return True
    return likeness(one.description, other.description) >= least


def _first_time(work: IssueWork, issue: Issue) -> bool:
    """Once a month, and not in the month after: what goes on is told again, but not with every problem."""
    subject = f"{issue.item_id or ''}:{issue.department}:{issue.category}"
    day = work.now.astimezone(work.calendar.zone).date()
    before = (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    if work.tx.runs.done(_JOB, subject, before):
        return False
    return work.tx.runs.claim(_JOB, subject, day.strftime("%Y-%m"), work.now)
