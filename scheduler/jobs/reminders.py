"""What waits for people goes out merged, one message each, at the site's moments and while the office is open."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.moves.reminding import Desk
from bot.wiring import Parts
from scheduler.one_by_one import one_by_one


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        if not parts.sites.get(tx).calendar.is_open(at):
            return  # the noon break is quiet too
        waiting = tx.reminders.people_waiting(at)
    one_by_one("reminders", waiting, partial(_one, parts, at))


def _one(parts: Parts, at: datetime, userid: str) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        rows = Desk(tx, facts.site.clock, facts.calendar, at).tell(userid)
        if rows:
            tx.outbox.add(rows, at)
