"""Last month's problems, analysed (R165): to every supervisor once, in the first working days of the month; quiet when
there were none."""

from __future__ import annotations

from datetime import datetime

from bot.moves import analysing
from bot.moves.work import CaseWork
from bot.wiring import Parts


def run(parts: Parts, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        told = analysing.monthly(CaseWork(tx, facts.site, facts.calendar, at))
        if told:
            tx.outbox.add(told, at)
