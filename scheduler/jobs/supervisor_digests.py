"""Supervisors: the day's digest each working morning when something presses, the week's on its first working day, the
month's on the month's first – each once a person and period."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import uuid4

from bot.moves.digests import Digests, card, month_before, week_before
from bot.platform import Say
from bot.records import to_record
from bot.wiring import Parts
from domain.calendar import WorkCalendar
from domain.people import Person, Role
from domain.periods import Period
from scheduler.one_by_one import one_by_one
from storage.outbox import NewMessage

DAILY, PERIODIC = "digest", "digest_period"


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        facts = parts.sites.get(tx)
        local = at.astimezone(facts.calendar.zone)
        if local.time() < facts.site.clock.digest_at or not facts.calendar.is_open(at):
            return
        day = local.date().isoformat()
        people = {
            p.id: p for p in tx.people.with_role(Role.SUPERVISOR) if not tx.runs.done(DAILY, p.userid, day)
        }
    one_by_one("digest", people, lambda person_id: _one(parts, at, people[person_id]))


def _one(parts: Parts, at: datetime, person: Person) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        found = Digests(tx, facts.site, facts.calendar, at)
        if not tx.runs.claim(DAILY, person.userid, found.today.isoformat(), at):
            return
        rows = [*_daily(found, person), *_periodic(found, person)]
        tx.outbox.add(rows, at)


def _daily(found: Digests, person: Person) -> list[NewMessage]:
    today = found.of_day()
    if today.empty:
        return []
    say = partial(NewMessage, "person", person.userid)
    rows = [say(to_record(Say(found.said(today), markdown=True)), "digest", found.now)]
    acts = found.acts(today)
    if acts:
        task = f"digest_{uuid4().hex[:12]}"
        found.tx.cards.open(task, person.id, f"digest:{person.id}", found.now)
        rows.append(say(to_record(card(today, acts, task)), "digest", found.now))
    return rows


def _periodic(found: Digests, person: Person) -> list[NewMessage]:
    rows = []
    for name, span in _spans(found.calendar, found.today):
        if found.tx.runs.claim(PERIODIC, person.userid, f"{name} {span.first}", found.now):
            say = to_record(Say(found.of_period(name, span), markdown=True))
            rows.append(NewMessage("person", person.userid, say, "digest", found.now))
            rows += found.papers(person.userid, span)
    return rows


def _spans(calendar: WorkCalendar, today: date) -> list[tuple[str, Period]]:
    """What has ended since the last working day."""
    last = calendar.add_working_days(today, -1)
    found = []
    if last.isocalendar()[:2] != today.isocalendar()[:2]:
        found.append(("周报", week_before(today)))
    if (last.year, last.month) != (today.year, today.month):
        found.append(("月报", month_before(today)))
    return found
