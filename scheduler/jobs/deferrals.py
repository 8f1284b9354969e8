"""容缺 and corrections as their days come: reminded one working day before and on the day; after it a deferral lapses."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.moves import deferring
from bot.moves.work import CaseWork
from bot.wiring import Parts

LONGEST_HOLIDAY = timedelta(days=14)


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        today = parts.today(at)
        waiting = [one.id for one in tx.materials.deferred()]
        notices = tx.materials.notices_due(today, today + LONGEST_HOLIDAY)
    for material_id in waiting:
        with parts.store.transaction() as tx:
            facts = parts.sites.get(tx)
            material = tx.materials.get(material_id, lock=True)
            if material:
                work = CaseWork(tx, facts.site, facts.calendar, at)
                tx.outbox.add(deferring.chase(work, material), at)
    for notice in notices:
        with parts.store.transaction() as tx:
            facts = parts.sites.get(tx)
            tx.outbox.add(
                deferring.remind_of_notice(CaseWork(tx, facts.site, facts.calendar, at), notice), at
            )
