"""Who has not rated is invited once more; a poor rating not put right in time goes to the supervisor, once each."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.moves import rating, reminding
from bot.moves.work import CaseWork
from bot.texts import ratings as texts
from bot.wiring import Parts
from domain.ratings import RatingState
from scheduler.one_by_one import one_by_one
from storage.store import Transaction

INVITED, OVERDUE = "rating_invitation", "rectification_overdue"


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        work = _work(parts, tx, at)
        rules = work.site.completion
        until = work.today - timedelta(days=rules.invite_again_after)
        silent = tx.ratings.not_rated(work.today - timedelta(days=rules.invite_until), until)
        overdue = [one.case_id for one in tx.ratings.to_rectify(work.today)]
    one_by_one("invitation", silent, lambda case_id: _invite(parts, at, case_id))
    one_by_one("rectification", overdue, lambda case_id: _press(parts, at, case_id))


def _invite(parts: Parts, at: datetime, case_id: int) -> None:
    with parts.store.transaction() as tx:
        work = _work(parts, tx, at)
        case, project = work.locked(case_id)
        fresh = tx.ratings.of_case(case_id) is None
        if fresh and tx.runs.claim(INVITED, f"case:{case_id}", "again", at):
            reminding.later(tx, rating.invite(work, project, case), at)


def _press(parts: Parts, at: datetime, case_id: int) -> None:
    """Once for every day that was set: a follow-up may set a new one."""
    with parts.store.transaction() as tx:
        work = _work(parts, tx, at)
        case, project = work.locked(case_id)
        known = tx.ratings.of_case(case_id)
        if known is None or known.state is not RatingState.RECTIFY or known.rectify_by is None:
            return
        if tx.runs.claim(OVERDUE, f"case:{case_id}", known.rectify_by.isoformat(), at):
            officer = tx.people.get(project.officer_id)
            note = texts.overdue(project, known, officer.name)
            subject = rating.subject_of(case)
            reminding.later(tx, [work.tell(person, note, subject) for person in rating.supervisors(work)], at)


def _work(parts: Parts, tx: Transaction, at: datetime) -> CaseWork:
    facts = parts.sites.get(tx)
    return CaseWork(tx, facts.site, facts.calendar, at)
