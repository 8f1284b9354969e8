"""From November on: the coming year's holidays are not loaded yet – to the administrators, once a week."""

from __future__ import annotations

from datetime import datetime

from bot.notices import Notices
from bot.texts import operation as words
from bot.wiring import Parts

JOB = "calendar_year"


def run(parts: Parts, at: datetime) -> None:
    today = parts.today(at)
    coming = today.replace(year=today.year + 1, month=1, day=1)
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        missing = [day.year for day in (today, coming) if facts.calendar.is_provisional(day)]
        if not missing or (missing == [coming.year] and today.month < 11):
            return
        year, week, _ = today.isocalendar()
        if not tx.runs.claim(JOB, "site", f"{year}-W{week:02d}", at):
            return
        notices = Notices(tx, facts.site, facts.calendar, at)
        people = tx.people.by_userids(facts.site.administrators).values()
        tx.outbox.add([notices.say_to(p, words.no_calendar(missing[0]), JOB) for p in people], at)
