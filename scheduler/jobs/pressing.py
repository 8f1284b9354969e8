"""催办 that waited for the morning, and 督办 whose feedback is missing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.moves import pressing, urging
from bot.moves.work import CaseWork
from bot.wiring import Parts
from scheduler.one_by_one import one_by_one

PAGE = 100


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        waited_for = tx.urges.people_waited_for()
        late = [press.id for press in tx.presses.due(at, PAGE)]
    one_by_one("urge", waited_for, partial(_urge, parts, at))
    one_by_one("press", late, partial(_late, parts, at))


def _urge(parts: Parts, at: datetime, person_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        tx.outbox.add(urging.pass_on(work, tx.people.get(person_id)), at)


def _late(parts: Parts, at: datetime, press_id: int) -> None:
    """Its issue's row is held: a feedback at the same instant comes before or after."""
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        known = tx.presses.get(press_id)
        if known is not None:
            tx.issues.get(known.issue_no, lock=True)
        press = tx.presses.get(press_id)
        if press is not None and press.look_at is not None and press.look_at <= at:
            tx.outbox.add(pressing.overdue(work, press), at)
