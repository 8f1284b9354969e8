"""The officer's day begins with their own list – the answer to “待办” – and the cards to act on it; nothing when there is
nothing to do."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import uuid4

from bot.cards import reminder_cards
from bot.context import Context
from bot.handlers import todo
from bot.platform import Channel, IncomingMessage, Say, Text
from bot.records import to_record
from bot.standing import standing_of
from bot.texts import reminders as words
from bot.texts.todo import NOTHING
from bot.understanding.acts import Act, Intent
from bot.wiring import Parts, SiteFacts
from domain.people import Person
from domain.weeks import coming
from scheduler.one_by_one import one_by_one
from storage.outbox import NewMessage
from storage.store import Transaction

JOB = "morning_list"


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        facts = parts.sites.get(tx)
        local = at.astimezone(facts.calendar.zone)
        if local.time() < facts.site.clock.morning_list_at or not facts.calendar.is_open(at):
            return
        roles, day = facts.site.clock.morning_list_for, local.date()
        held = {p.id: p for role in roles for p in tx.people.with_role(role)}
        people = {i: p for i, p in held.items() if not tx.runs.done(JOB, p.userid, day.isoformat())}
    one_by_one("morning list", people, lambda person_id: _one(parts, at, people[person_id], day))


def _one(parts: Parts, at: datetime, person: Person, day: date) -> None:
    with parts.store.transaction() as tx:
        if tx.runs.claim(JOB, person.userid, day.isoformat(), at):
            tx.outbox.add(_list(tx, parts.sites.get(tx), person, at, day), at)


def _list(tx: Transaction, facts: SiteFacts, person: Person, at: datetime, day: date) -> list[NewMessage]:
    said = todo.show(_as_if_asked(tx, facts, person, at, day), Act(Intent.TODO)).say
    if not isinstance(said, Say) or said.text == NOTHING:
        return []
    say = partial(NewMessage, "person", person.userid)
    text = words.morning(day, said.text, coming(facts.calendar, at))
    rows = [say(to_record(Say(text, markdown=True)), JOB, at)]
    own = {p.id for p in tx.projects.of_person(person.id) if person.id in (p.officer_id, p.deputy_id)}
    waiting = [i.no for i in tx.issues.on_desk(own) if not i.private or i.about_person != person.id]
    if waiting:
        task = f"morning_{uuid4().hex[:12]}"
        tx.cards.open(task, person.id, f"morning:{person.id}", at)
        rows.append(say(to_record(reminder_cards.to_do(waiting, task)), JOB, at))
    return rows


def _as_if_asked(tx: Transaction, facts: SiteFacts, person: Person, at: datetime, day: date) -> Context:
    """The person's own “待办” in the app's single chat."""
    message = IncomingMessage("", Channel.APP, person.userid, Text("待办"))
    return Context(
        message=message, tx=tx, site=facts.site, calendar=facts.calendar, now=at, today=day, sender=person,
        standing_of=partial(standing_of, facts.site.catalogue),
    )  # fmt: skip
