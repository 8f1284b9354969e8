"""Who has been silent for long is asked, once a week: the enterprise (R090), the representatives (R091). No answer:
the service officer is told."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.moves import following, reminding
from bot.moves.work import CaseWork
from bot.wiring import Parts
from scheduler.one_by_one import one_by_one


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        projects = sorted(tx.projects.with_open_case())
    one_by_one("check-in", projects, partial(_one, parts, at))


def _one(parts: Parts, at: datetime, project_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        rows = following.check_in(work, tx.projects.get(project_id))
        reminding.later(tx, rows, at)
