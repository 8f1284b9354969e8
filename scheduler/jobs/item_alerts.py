"""An item whose lamp turned yellow or red: its lead department's representative is told, once for each lamp (R098)."""

from __future__ import annotations

from datetime import datetime

from bot.case_view import cases_of
from bot.moves import following
from bot.moves.work import CaseWork
from bot.wiring import Parts
from domain.deadlines import Lamp

JOB = "item_lamp"
PAGE = 200


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        projects = sorted(tx.projects.with_open_case())
    for start in range(0, len(projects), PAGE):
        _page(parts, set(projects[start : start + PAGE]), at)


def _page(parts: Parts, ids: set[int], at: datetime) -> None:
    """Claimed and written in one transaction."""
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        late = [
            (project_id, view)
            for project_id, cases in cases_of(tx, ids, facts.site, facts.calendar, work.today).items()
            for case in cases
            for view in case.with_lamp(Lamp.YELLOW, Lamp.RED)
        ]
        subjects = {f"item:{v.item.id}:{v.item.accepted_on}:{v.lamp}": (p, v) for p, v in late}
        new = tx.runs.claim_many(JOB, sorted(subjects), "once", at)
        projects = tx.projects.many({subjects[one][0] for one in new})
        rows = [
            row
            for key in sorted(new)
            for row in following.alert(work, projects[subjects[key][0]], subjects[key][1])
        ]
        tx.outbox.add(rows, at)
