"""Fees as their days come: reminded some working days before, on the day, and told of once it has passed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.moves import paying, reminding
from bot.moves.work import CaseWork
from bot.wiring import Parts
from scheduler.one_by_one import one_by_one

LONGEST_HOLIDAY = timedelta(days=14)


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        facts = parts.sites.get(tx)
        last = facts.calendar.add_working_days(parts.today(at), facts.site.clock.fee_days)
        found = tx.fees.due_until(last + LONGEST_HOLIDAY)
    one_by_one("fee", found, lambda fee_id: _one(parts, at, fee_id))


def _one(parts: Parts, at: datetime, fee_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        fee = tx.fees.get(fee_id, lock=True)
        if fee:
            reminding.later(tx, paying.remind(CaseWork(tx, facts.site, facts.calendar, at), fee), at)
