"""Cards with a task of their own: sent to a person about something, and settled when it is done."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from bot.cards import issue_cards
from bot.moves.work import CaseWork
from bot.platform import Card, UpdateCard
from bot.records import to_record
from domain.people import Person
from storage.outbox import NewMessage


def send_card(work: CaseWork, person: Person, card: Card, subject: str) -> NewMessage:
    """`subject`: like "case:12"; everything sent under it is settled together."""
    task_id = f"{subject.replace(':', '')}_{uuid4().hex[:12]}"
    work.tx.cards.open(task_id, person.id, subject, work.now)
    return _row(work, "person", person, replace(card, task_id=task_id), subject)


def settle(
    work: CaseWork, subject: str, title: str, about: str, line: str, *, but: str | None = None
) -> list[NewMessage]:
    """`but`: the clicked one, which the answer to the click changes."""
    rows = []
    for sent in work.tx.cards.live(subject):
        if sent.task_id != but:
            person = work.tx.people.get(sent.person_id)
            final = UpdateCard(issue_cards.settled(title, about, sent.task_id, line), line)
            rows.append(_row(work, "card_update", person, final, f"card:{sent.task_id}"))
        work.tx.cards.finish(sent.task_id)
    return rows


def _row(work: CaseWork, kind: str, person: Person, speech: Card | UpdateCard, subject: str) -> NewMessage:
    return NewMessage(kind, person.userid, to_record(speech), subject, work.now, inbox_id=work.inbox_id)
