"""Counts the board of a large site anew, so that nobody waits for it. Twice does no harm: the later one stays."""

from __future__ import annotations

from datetime import datetime

from bot.documents import board_figures
from bot.wiring import Parts


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:  # long: nobody may wait for a lock meanwhile
        facts = parts.sites.get(tx)
        counted = board_figures.to_keep(tx, facts.site, facts.calendar, at)
    if counted is not None:
        with parts.store.transaction() as tx:
            tx.boards.keep(*counted, at)
