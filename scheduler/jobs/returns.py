"""Returns of departments (R043, R156, R157): asked for on the first working day of the period that follows, reminded of
before, on and after their last day; whoever is silent stands on the supervisors' list."""

from __future__ import annotations

from datetime import datetime

from bot.moves import returning
from bot.moves.work import CaseWork
from bot.wiring import Parts


def run(parts: Parts, at: datetime) -> None:
    """All in one transaction: one message per person, whatever it is about."""
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        told = returning.look(CaseWork(tx, facts.site, facts.calendar, at))
        if told:
            tx.outbox.add(told, at)
