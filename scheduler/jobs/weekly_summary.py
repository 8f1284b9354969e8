"""The weekly summary in every project's work group (contract §10): over all open cases of the project, at 16:20
on the last working day of the ISO week; a week without one has none; caught up until Tuesday noon."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.case_view import cases_of
from bot.platform import Say
from bot.records import to_record
from bot.texts import groups as words
from bot.texts import summaries
from bot.wiring import Parts
from domain.calendar import WorkCalendar
from domain.project import WorkGroup
from domain.statistics import Week, summarise
from storage.outbox import NewMessage
from storage.store import Transaction

JOB = "weekly_summary"
POSTED_AT = time(16, 20)
CAUGHT_UP_UNTIL = time(12)
PAGE = 200


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        calendar = parts.sites.get(tx).calendar
    week = week_to_post(calendar, at)
    if week is None:
        return
    last = 0
    while True:
        with parts.store.transaction() as tx:
            groups = tx.groups.after(last, PAGE, week.posted)
            if groups:
                _page(parts, tx, groups, week, at)
        if len(groups) < PAGE:
            return
        last = groups[-1].id


def week_to_post(calendar: WorkCalendar, at: datetime) -> Week | None:
    """The week whose summary is wanted at this instant, if any."""
    today = at.astimezone(calendar.zone).date()
    for monday in (_monday(today), _monday(today) - timedelta(days=7)):
        last_day = calendar.last_working_day_of_week(monday)
        if last_day is None:
            continue
        posted = datetime.combine(last_day, POSTED_AT, calendar.zone)
        tuesday = datetime.combine(monday + timedelta(days=8), CAUGHT_UP_UNTIL, calendar.zone)
        if posted <= at < tuesday and _by_day(calendar, at):
            return Week(monday, last_day, posted)
    return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_day(calendar: WorkCalendar, at: datetime) -> bool:
    """Nothing is posted at night or on a day off, also when it is caught up."""
    day = at.astimezone(calendar.zone).date()
    return calendar.is_working_day(day) and calendar.opening(day) <= at < calendar.closing(day)


def _page(parts: Parts, tx: Transaction, groups: list[WorkGroup], week: Week, at: datetime) -> None:
    """Claimed and written in one transaction: the first to claim writes, a second finds nothing to do."""
    facts = parts.sites.get(tx)
    new = tx.runs.claim_many(JOB, [str(g.id) for g in groups], week.name, at)
    mine = [g for g in groups if str(g.id) in new]
    ids = {g.project_id for g in mine}
    projects = tx.projects.many(ids)
    cases = cases_of(tx, ids, facts.site, facts.calendar, parts.today(at))
    issues = tx.issues.of_projects(ids, open_only=False)
    items = [v.item.id for found in cases.values() for c in found for v in (*c.running, *c.planned[:1])]
    materials = tx.materials.of_items(items)
    rows = []
    for group in mine:
        views = cases.get(group.project_id)
        if not views:
            continue
        summary = summarise(
            week,
            [v for c in views for v in c.items],
            issues.get(group.project_id, []),
            materials,
            facts.calendar,
        )
        text = summaries.weekly(
            projects[group.project_id], summary, facts.site, at.astimezone(facts.calendar.zone)
        )
        rows.append(_row(tx, group, projects[group.project_id].officer_id, text, week, at))
    if rows:
        tx.outbox.add(rows, at)


def _row(
    tx: Transaction, group: WorkGroup, officer_id: int, text: str, week: Week, at: datetime
) -> NewMessage:
    subject = f"summary:{group.id}:{week.name}"
    if group.appchat:
        return NewMessage("group", group.appchat, to_record(Say(text, markdown=True)), subject, at, subject)
    officer = tx.people.get(officer_id)
    by_hand = words.by_hand(group.name, (), text)
    return NewMessage("person", officer.userid, to_record(Say(by_hand, markdown=True)), subject, at, subject)
