"""Cards sent to a person about a case, and their final state once anybody has decided."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from bot.cards import issue_cards
from bot.moves.work import CaseWork
from bot.platform import Card, CardClick, UpdateCard
from bot.records import to_record
from domain.people import Person
from domain.project import Project
from storage.outbox import NewMessage


def send(work: CaseWork, person: Person, card: Card, subject: str) -> NewMessage:
    task_id = f"{subject.replace(':', '')}_{uuid4().hex[:12]}"
    work.tx.cards.open(task_id, person.id, subject, work.now)
    return _row(work, "person", person, replace(card, task_id=task_id), subject)


def settle(
    work: CaseWork, subject: str, title: str, project: Project, line: str, but: str | None = None
) -> list[NewMessage]:
    """`but`: the clicked one, which the answer to the click changes."""
    rows = []
    for card in work.tx.cards.live(subject):
        if card.task_id != but:
            person = work.tx.people.get(card.person_id)
            final = settled(title, project, card.task_id, line)
            rows.append(_row(work, "card_update", person, final, f"card:{card.task_id}"))
        work.tx.cards.finish(card.task_id)
    return rows


def settled(title: str, project: Project, task_id: str, line: str) -> UpdateCard:
    return UpdateCard(issue_cards.settled(title, project.name, task_id, line), line)


def note_click(work: CaseWork, click: CardClick) -> None:
    """The click's fresh code, for the card's final state."""
    if work.tx.cards.by_task(click.task_id) and click.response_code:
        work.tx.cards.note_code(click.task_id, click.response_code)


def _row(work: CaseWork, kind: str, person: Person, speech: Card | UpdateCard, subject: str) -> NewMessage:
    return NewMessage(kind, person.userid, to_record(speech), subject, work.now, inbox_id=work.inbox_id)
