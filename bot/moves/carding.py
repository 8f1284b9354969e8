"""Cards sent to a person about something, and their final state once anybody has decided: one way for all of them."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from bot.cards import issue_cards
from bot.context import Context
from bot.moves.work import CaseWork
from bot.platform import Card, CardClick, UpdateCard
from bot.records import to_record
from bot.texts.phrases import moment
from domain.people import Person
from storage.outbox import NewMessage


def send(work: CaseWork, person: Person, card: Card, subject: str) -> NewMessage:
    """`subject`: like "case:12"; everything sent under it is settled together."""
    task_id = f"{subject.replace(':', '')}_{uuid4().hex[:12]}"
    work.tx.cards.open(task_id, person.id, subject, work.now)
    return _row(work, "person", person, replace(card, task_id=task_id), subject)


def settle(  # noqa: PLR0913 – which cards, and what they show
    work: CaseWork, subject: str, title: str, about: str, line: str, *, but: str | None = None,
    only: frozenset[int] | None = None, nameless: bool = False,
) -> list[NewMessage]:  # fmt: skip
    """`about`: the project's name; `but`: the clicked one, which the answer to the click changes; `only`: of these
    persons; `nameless`: who did it stands on no card."""
    rows = []
    who, when = "" if nameless or not work.actor else work.actor.name, moment(work.now, work.calendar.zone)
    for card in work.tx.cards.live(subject):
        if only is not None and card.person_id not in only:
            continue
        if card.task_id != but:
            person = work.tx.people.get(card.person_id)
            shown = issue_cards.settled(title, about, card.task_id, line)
            final = UpdateCard(issue_cards.handled(shown, who, when), line)
            rows.append(_row(work, "card_update", person, final, f"card:{card.task_id}"))
        work.tx.cards.finish(card.task_id)
    return rows


def settled(title: str, about: str, task_id: str, line: str) -> UpdateCard:
    return UpdateCard(issue_cards.settled(title, about, task_id, line), line)


def note_click(context: Context, click: CardClick) -> None:
    """The click's fresh code, for the card's final state."""
    if click.response_code and context.tx.cards.by_task(click.task_id):
        context.tx.cards.note_code(click.task_id, click.response_code, context.now)


def _row(work: CaseWork, kind: str, person: Person, speech: Card | UpdateCard, subject: str) -> NewMessage:
    return NewMessage(kind, person.userid, to_record(speech), subject, work.now, inbox_id=work.inbox_id)
