"""培训 and 政企互动 (R155, R161) that are near are announced, merged with what else there is to remind of; those that are
over are asked about."""

from __future__ import annotations

from datetime import datetime

from bot.moves import events, reminding
from bot.moves.work import CaseWork
from bot.wiring import Parts


def run(parts: Parts, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        told = events.look(CaseWork(tx, facts.site, facts.calendar, at))
        if told:
            reminding.later(tx, told, at)
