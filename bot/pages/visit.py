"""One request of one person: looking in a transaction that only reads, or doing one thing in one that writes.

What is done on a page is kept like a message (unique by the form's one-time number), so that a form sent twice has one
effect, outbox rows can be traced to it, and files hang on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot import conversation
from bot.context import Answer, Context
from bot.masking import mask_private
from bot.moves.work import CaseWork, case_work
from bot.pages.sessions import Session
from bot.platform import CardClick, Channel, IncomingMessage, OtherEvent, Say, SayAndCard, Text
from bot.records import to_record
from bot.wiring import Parts
from domain.errors import DomainError, InvalidAnswer
from domain.people import Person
from domain.project import Project
from storage.store import Transaction


@dataclass(frozen=True)
class Upload:
    name: str = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Typed:
    """What a form brought. Private numbers are hidden as in a message, but for fields made for them."""

    values: Mapping[str, tuple[str, ...]] = field(repr=False)
    uploads: tuple[Upload, ...] = ()

    def raw(self, name: str) -> str:
        return "、".join(one.strip() for one in self.values.get(name, ()) if one.strip())

    def words(self, name: str) -> str:
        return mask_private(self.raw(name).replace("\r\n", "\n"))

    def number(self, name: str) -> int:
        given = self.raw(name)
        return int(given) if given.isdecimal() and len(given) <= 9 else 0

    def day(self, name: str) -> date | None:
        given = self.raw(name)
        if not given:
            return None
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise InvalidAnswer("日期看不懂，请按 2026-09-15 的样子填写。") from None


@dataclass(frozen=True)
class Visit:
    """`typed`: None while somebody only looks."""

    context: Context
    session: Session
    typed: Typed | None = None

    @property
    def person(self) -> Person:
        return self.context.must_sender

    @property
    def tx(self) -> Transaction:
        return self.context.tx

    @property
    def work(self) -> CaseWork:
        return case_work(self.context)

    @property
    def form(self) -> Typed:
        return self.typed or Typed({})

    def about(self, project: Project) -> None:
        self.context.project = project
        self.context.forget_project()

    def allowed(self, check: Callable[[], object]) -> bool:
        """Whether a button is worth showing: the very check its action makes."""
        try:
            check()
        except DomainError:
            return False
        return True

    def says(self, text: str) -> None:
        """For what reads its words from the message, as in a chat."""
        self.context.message = _message(self.person, Text(text))


@dataclass(frozen=True)
class Done:
    """What was said, and where the person goes on (the same page when empty)."""

    text: str = field(repr=False)
    to: str = ""
    anew: bool = True


Deed = Callable[[Visit], Answer | tuple[Answer, str]]


def looking(parts: Parts, tx: Transaction, session: Session) -> Visit | None:
    """None for somebody who is not, or no longer, registered."""
    person = _active(tx, session.person_id)
    if person is None:
        return None
    now = parts.clock.now()
    message = _message(person, OtherEvent("page"))
    return Visit(conversation.context_of(parts, tx, message, now, person), session)


def do(parts: Parts, session: Session, key: str, nonce: str, typed: Typed, deed: Deed) -> Done | None:
    """Everything or nothing. None for somebody who is not registered any more. `key`: page and button."""
    now = parts.clock.now()
    with parts.store.transaction() as tx:
        known = _active(tx, session.person_id)
        # The person's row is the lock of a talk, in a chat and on a page.
        person = tx.people.by_userid(known.userid, lock=True) if known else None
        if person is None:
            return None
        inbox_id = _kept(tx, person, key, nonce, now)
        if inbox_id is None:
            return said_before(tx, session, nonce)
        visit = _writing(parts, tx, person, session, typed, inbox_id)
        found = deed(visit)
        answer, to = found if isinstance(found, tuple) else (found, "")
        told = bool(answer.tell) and bool(tx.outbox.add(answer.tell, now))
        _remember(visit.context, answer)
        project = visit.context.project
        done = Done(_text(answer), to)
        evidence = {"page": key, "to": to, "told": len(answer.tell)}
        tx.inbox.answered(inbox_id, done.text, evidence, project.id if project else None)
    _wake(parts, answer, told=told)
    return done


def said_before(tx: Transaction, session: Session, nonce: str) -> Done | None:
    """What was answered to this form, for the person who sent it."""
    kept = tx.inbox.by_key(_key(nonce))
    person = _active(tx, session.person_id)
    if kept is None or person is None or kept.sender != person.userid:
        return None
    return Done(kept.answer, str(kept.understood.get("to") or ""), anew=False)


def _active(tx: Transaction, person_id: int) -> Person | None:
    person = next(iter(tx.people.many([person_id])), None)
    return person if person and person.active else None


def _message(person: Person, content: Text | OtherEvent | CardClick, key: str = "page") -> IncomingMessage:
    return IncomingMessage(key, Channel.APP, person.userid, content)


def _key(nonce: str) -> str:
    return f"page:{nonce}"


def _kept(tx: Transaction, person: Person, key: str, nonce: str, now: datetime) -> int | None:
    """No words: they stay where they belong."""
    message = to_record(_message(person, CardClick("page", "", key), _key(nonce)))
    return tx.inbox.add(
        _key(nonce), channel=Channel.APP, sender=person.userid, chat=None, message=message, at=now
    )


def _writing(
    parts: Parts, tx: Transaction, person: Person, session: Session, typed: Typed, inbox_id: int
) -> Visit:
    now = parts.clock.now()
    context = conversation.context_of(parts, tx, _message(person, OtherEvent("page")), now, person)
    context.inbox_id = inbox_id
    return Visit(context, session, typed)


def _remember(context: Context, answer: Answer) -> None:
    """“那个问题” in the chat means what was looked at last."""
    if answer.recent is not None:
        context.tx.dialogs.remember(context.must_sender.id, context.chat, answer.recent, context.now)


def _text(answer: Answer) -> str:
    say = answer.say.say if isinstance(answer.say, SayAndCard) else answer.say
    return say.text if isinstance(say, Say) else ""


def _wake(parts: Parts, answer: Answer, *, told: bool) -> None:
    for job in answer.jobs:
        parts.queue.enqueue(job.name, *job.ids)
    if told:
        parts.queue.wake_delivery()
