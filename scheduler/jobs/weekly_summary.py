"""The weekly summary in every project's work group, over all open cases of the project; when: domain/weeks.py."""

from __future__ import annotations

from datetime import datetime

from bot.moves import weekly
from bot.wiring import Parts
from domain.project import WorkGroup
from domain.spreading import spread
from domain.weeks import Week, to_post
from storage.store import Transaction

JOB = "weekly_summary"
PAGE = 200


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        calendar = parts.sites.get(tx).calendar
    week = to_post(calendar, at)
    if week is None:
        return
    last = posted = 0
    while True:
        with parts.store.transaction() as tx:
            groups = tx.groups.after(last, PAGE, week.posted)
            if groups:
                posted += _page(parts, tx, groups, week, at, posted)
        if len(groups) < PAGE:
            return
        last = groups[-1].id


def _page(
    parts: Parts, tx: Transaction, groups: list[WorkGroup], week: Week, at: datetime, before: int
) -> int:
    """Claimed and written in one transaction: the first to claim writes, a second finds nothing to do."""
    facts = parts.sites.get(tx)
    new = tx.runs.claim_many(JOB, [str(g.id) for g in groups], week.name, at)
    mine = [g for g in groups if str(g.id) in new]
    ids = {g.project_id for g in mine}
    told = weekly.reports(tx, facts.site, facts.calendar, ids, week, at)
    if not told:
        return 0
    tx.week_reports.add(list(told.values()))
    projects = tx.projects.many(set(told))
    a_minute, rows = facts.site.clock.posts_a_minute, []
    for place, group in enumerate((g for g in mine if g.project_id in told), before):
        project = projects[group.project_id]
        rows += weekly.posts(tx, group, project, told[group.project_id], spread(at, place, a_minute))
    tx.outbox.add(rows, at)
    return len(told)
