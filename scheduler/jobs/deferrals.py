"""容缺 and corrections as their days come: reminded one working day before and on the day; after it a deferral lapses."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.moves import deferring, reminding
from bot.moves.work import CaseWork
from bot.wiring import Parts
from domain.materials import OneTimeNotice
from scheduler.one_by_one import one_by_one

LONGEST_HOLIDAY = timedelta(days=14)


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        today = parts.today(at)
        waiting = [one.id for one in tx.materials.deferred()]
        notices = tx.materials.notices_due(today, today + LONGEST_HOLIDAY)
    told = {notice.id: notice for notice in notices}
    one_by_one("deferral", waiting, lambda material_id: _chase(parts, at, material_id))
    one_by_one("notice", told, lambda notice_id: _remind(parts, at, told[notice_id]))


def _chase(parts: Parts, at: datetime, material_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        material = tx.materials.get(material_id, lock=True)
        if material:
            work = CaseWork(tx, facts.site, facts.calendar, at)
            reminding.later(tx, deferring.chase(work, material), at)


def _remind(parts: Parts, at: datetime, notice: OneTimeNotice) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        reminding.later(tx, deferring.remind_of_notice(work, notice), at)
