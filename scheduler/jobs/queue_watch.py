"""The administrators hear of it when messages wait too long to be sent: once an hour, ahead of what waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.notices import Notices
from bot.texts import operation as words
from bot.wiring import Parts

JOB = "queue_late"


def run(parts: Parts, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        oldest = tx.outbox.oldest_due(at)
        if oldest is None or at - oldest < timedelta(minutes=facts.site.clock.late_after):
            return
        hour = at.astimezone(facts.calendar.zone)
        if not tx.runs.claim(JOB, "site", f"{hour:%Y-%m-%dT%H}", at):
            return
        text = words.queue_late(int((at - oldest).total_seconds() // 60), tx.outbox.count_due(at))
        notices = Notices(tx, facts.site, facts.calendar, at)
        people = tx.people.by_userids(facts.site.administrators).values()
        tx.outbox.add([notices.say_to(p, text, "fault:queue", urgent=True) for p in people], at)
