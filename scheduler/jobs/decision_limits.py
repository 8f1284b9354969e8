"""An application is decided within the site's days (R056): on the last of them its officer is reminded, once."""

from __future__ import annotations

from datetime import datetime

from bot.moves import applying, reminding
from bot.moves.work import CaseWork
from bot.texts import applications as texts
from bot.wiring import Parts
from domain.case import Case, CaseStatus

JOB = "decision_limits"


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        wanted = [case.id for case in tx.cases.in_status(CaseStatus.APPLIED) if _is_due(work, case)]
    for case_id in wanted:
        _remind(parts, at, case_id)


def _remind(parts: Parts, at: datetime, case_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        case, project = work.locked(case_id)
        if case.status is CaseStatus.APPLIED and tx.runs.claim(JOB, f"case:{case.id}", "due", at):
            text = texts.decision_due(case, project, applying.decided_until(work, case), work.today)
            reminding.later(tx, [work.tell_officer(project, text, f"case:{case.id}")], at)


def _is_due(work: CaseWork, case: Case) -> bool:
    return case.applied_at is not None and applying.decided_until(work, case) <= work.today
