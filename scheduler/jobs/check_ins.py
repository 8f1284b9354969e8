"""Who has been silent for long is asked, once a week: the enterprise (R090), the representatives (R091). No answer:
the service officer is told."""

from __future__ import annotations

from datetime import datetime

from bot.moves import following
from bot.moves.work import CaseWork
from bot.wiring import Parts


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        projects = sorted(tx.projects.with_open_case())
    for project_id in projects:
        with parts.store.transaction() as tx:
            facts = parts.sites.get(tx)
            work = CaseWork(tx, facts.site, facts.calendar, at)
            rows = following.check_in(work, tx.projects.get(project_id))
            if rows:
                tx.outbox.add(rows, at)
