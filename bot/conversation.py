"""One message from kept to answered, in one transaction; and, when that fails, kept and answered later."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.cards.opening import with_pages
from bot.context import Answer, Context, Job
from bot.faults import kind, place
from bot.platform import (
    Callback,
    CardClick,
    Channel,
    IncomingMessage,
    PassiveAnswer,
    Say,
    SayAndCard,
    UpdateCard,
)
from bot.records import from_record, to_record
from bot.router import LONGEST_DIALOG, route
from bot.standing import standing_of
from bot.understanding.acts import Decision, Intent
from bot.wiring import Parts
from domain.people import Person
from storage.dialogs import Recent
from storage.errors import Busy, DatabaseDown
from storage.inbox import Kept
from storage.outbox import NewMessage
from storage.store import LOCK_WAIT_MS, Transaction

log = logging.getLogger(__name__)
LATER = "已收到，稍后答复。"
MOST_ATTEMPTS = 5
LONGEST_KEY, LONGEST_SENDER = 128, 64  # as the inbox keeps them; the platform's own are shorter
RECENT = timedelta(hours=2)  # how long “那个证” means what was talked of last
URL_LIVES = timedelta(minutes=55)  # the platform says one hour (wecom-protocol.md §2.5)


@dataclass(frozen=True)
class Reply:
    """`plain`: the passive reply before encryption, "" for none. `told`: outbox rows were written."""

    plain: str
    told: bool = False
    jobs: tuple[Job, ...] = ()
    pending: int | None = None


def answer(parts: Parts, callback: Callback, message: IncomingMessage, now: datetime) -> Reply:
    """Keep, answer, commit. A message kept already gets the answer already given.

    Raises storage errors when the database cannot keep it (the door spools it then).
    """
    try:
        return _answer_now(parts, callback, message, now)
    except (Busy, DatabaseDown):
        raise
    # Whatever else goes wrong is our defect and must not lose what a person said: keep it, say so, try later.
    except Exception as error:  # noqa: BLE001
        log.error("message not answered: %s at %s", kind(error), place(error))
        return put_off(parts, callback, message, now, type(error).__name__)


def _answer_now(parts: Parts, callback: Callback, message: IncomingMessage, now: datetime) -> Reply:
    with parts.store.transaction(lock_wait_ms=LOCK_WAIT_MS) as tx:
        inbox_id = _keep(tx, message, now)
        if inbox_id is None:
            kept = tx.inbox.by_key(inbox_key(message.key))
            return Reply(kept.answer if kept else "")
        outcome, evidence, about = _decide(parts, tx, message, now, inbox_id)
        plain = callback.plain(_with_pages(parts, callback, outcome.say), message)
        told = bool(outcome.tell) and bool(tx.outbox.add(outcome.tell, now))
        tx.inbox.answered(inbox_id, plain, evidence, about)
        jobs = (*outcome.jobs, *_files_job(message, inbox_id), *_guest_job(parts, evidence, inbox_id))
        return Reply(plain, told, jobs)


def _with_pages(parts: Parts, callback: Callback, say: PassiveAnswer) -> PassiveAnswer:
    """Only the app's buttons can open a page."""
    return with_pages(say, parts.settings.pages_url) if callback.channel is Channel.APP else say


def put_off(parts: Parts, callback: Callback, message: IncomingMessage, now: datetime, error: str) -> Reply:
    """Keep it as pending with the honest answer; the worker answers later."""
    plain = callback.plain(later(message), message)
    with parts.store.transaction(lock_wait_ms=LOCK_WAIT_MS) as tx:
        inbox_id = _keep(tx, message, now)
        if inbox_id is None:
            kept = tx.inbox.by_key(inbox_key(message.key))
            return Reply(kept.answer if kept else "")
        tx.inbox.put_off(inbox_id, plain, error)
        return Reply(plain, jobs=_files_job(message, inbox_id), pending=inbox_id)


def given(parts: Parts, message: IncomingMessage) -> Reply | None:
    """The answer given to a message that is kept already, None for a new one."""
    with parts.store.reading(brief=True) as tx:
        kept = tx.inbox.by_key(inbox_key(message.key))
        return Reply(kept.answer) if kept else None


def later(message: IncomingMessage) -> Say | None:
    """Only words get the promise; a click or an event is simply done later."""
    return Say(LATER) if message.text else None


def answer_pending(parts: Parts, inbox_id: int, now: datetime) -> Reply:
    """In the worker: what could not be answered at once. The answer goes by `response_url` or the app."""
    with parts.store.transaction() as tx:
        kept = tx.inbox.get(inbox_id, lock=True)
        if kept is None or kept.state != "pending":
            return Reply("")
        message: IncomingMessage = from_record(kept.message)
        outcome, evidence, about = _decide(parts, tx, message, now, inbox_id)
        rows = [*outcome.tell, *_late_answer(message, outcome, kept, now)]
        told = bool(tx.outbox.add(rows, now)) if rows else False
        tx.inbox.answered(inbox_id, kept.answer, evidence, about)
        return Reply("", told, outcome.jobs)


def _late_answer(message: IncomingMessage, outcome: Answer, kept: Kept, now: datetime) -> list[NewMessage]:
    """By the message's own URL while it lives, else by the app to the person."""
    if outcome.say is None or isinstance(outcome.say, UpdateCard):
        return []
    speech = outcome.say.say if isinstance(outcome.say, SayAndCard) else outcome.say
    in_time = message.response_url and now - kept.received_at < URL_LIVES
    kind, target = ("response", message.response_url or "") if in_time else ("person", message.sender)
    if not target:
        return []
    once = f"late:{kept.id}"
    return [NewMessage(kind, target, to_record(speech), once, now, once, kept.id, urgent=True)]


def _files_job(message: IncomingMessage, inbox_id: int) -> tuple[Job, ...]:
    return (Job("keep_files", (inbox_id,)),) if message.files else ()


def _guest_job(parts: Parts, evidence: dict[str, Any], inbox_id: int) -> tuple[Job, ...]:
    """Asked after the answer, only where nothing was understood and the site has a guest."""
    acts = evidence.get("acts", ())
    lost = evidence.get("decision") == Decision.ASK and all(act["intent"] == Intent.NONE for act in acts)
    return (Job("ask_guest", (inbox_id,)),) if lost and parts.settings.guest else ()


def waiting_until(parts: Parts, inbox_id: int) -> list[int]:
    """What waits for its answer: this message, and before it what the same person said earlier."""
    with parts.store.reading() as tx:
        return tx.inbox.pending_of_sender(inbox_id)


def note_failure(parts: Parts, inbox_id: int, error: str, now: datetime) -> None:
    """After the last try the administrators are told: somebody was promised an answer."""
    with parts.store.transaction() as tx:
        if not tx.inbox.note_failure(inbox_id, error, most=MOST_ATTEMPTS):
            return
        once = f"unanswered:{inbox_id}"
        say = to_record(
            Say(f"一条消息（编号{inbox_id}）多次处理没有成功，已停止重试，发送人还没有得到答复。请查看日志。")
        )
        people = parts.sites.get(tx).site.administrators
        tx.outbox.add(
            [NewMessage("person", one, say, once, now, f"{once}:{one}") for one in sorted(set(people))], now
        )


def inbox_key(key: str) -> str:
    """An absurdly long id is kept by its hash: it still recognises its repeat."""
    return key if len(key) <= LONGEST_KEY else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _keep(tx: Transaction, message: IncomingMessage, now: datetime) -> int | None:
    return tx.inbox.add(
        inbox_key(message.key),
        channel=message.channel,
        sender=message.sender[:LONGEST_SENDER],
        chat=message.chat_id[:LONGEST_KEY] if message.chat_id else None,
        message=to_record(message),
        at=now,
    )


def _decide(
    parts: Parts, tx: Transaction, message: IncomingMessage, now: datetime, inbox_id: int
) -> tuple[Answer, dict[str, Any], int | None]:
    facts = parts.sites.get(tx)
    # The person's row is the lock of a talk: two messages of one person are answered one after the other.
    sender, bound = tx.opening.who_and_where(message.sender, message.chat_id)
    if sender is not None and not sender.active:
        sender = None
    context = context_of(parts, tx, message, now, sender)
    context.inbox_id = inbox_id
    context.project = bound.project if bound else None
    context.group = bound.group if bound else None
    if sender is not None:
        context.waiting, context.recent = tx.opening.going_on(
            sender.id,
            context.chat,
            bound.project.id if bound else None,
            dialogs_since=now - LONGEST_DIALOG,
            recent_since=now - RECENT,
        )
    outcome = route(context, facts.dictionary)
    recent = _talked_of(context, outcome)
    if sender is not None and recent != context.recent:
        tx.dialogs.remember(sender.id, context.chat, recent, now)
    about = context.project.id if context.project else None
    return outcome, _evidence(context, outcome, facts.version), about


def context_of(
    parts: Parts, tx: Transaction, message: IncomingMessage, now: datetime, sender: Person | None
) -> Context:
    """What everybody who answers is given, in a chat or on a page."""
    facts = parts.sites.get(tx)
    return Context(
        message=message,
        tx=tx,
        site=facts.site,
        calendar=facts.calendar,
        now=now,
        today=parts.today(now),
        sender=sender,
        standing_of=partial(standing_of, facts.site.catalogue),
        group_cards=parts.settings.group_cards,
        pages_url=parts.settings.pages_url,
    )


def _talked_of(context: Context, outcome: Answer) -> Recent:
    """What was listed stays listed until something else is, so that after “第二个” there may come “第三个”."""
    before, new = context.recent, outcome.recent
    intent = before.intent if context.asked in _COURTESY else context.asked
    if new is None:
        return replace(before, intent=intent)
    same = new.project_id == before.project_id
    return replace(new, choices=new.choices or (before.choices if same else ()), intent=intent)


# After these “那人防呢” still means what was asked before.
_COURTESY = frozenset({"", Intent.GREET, Intent.THANKS, Intent.CONFIRM, Intent.DENY, Intent.CANCEL})


def _evidence(context: Context, outcome: Answer, version: int) -> dict[str, Any]:
    """For `trace`: what was understood by which rule; no words."""
    found: dict[str, Any] = {"site": version, "told": len(outcome.tell)}
    found["issues"] = [job.ids[0] for job in outcome.jobs if job.name == "route_issue"]
    if isinstance(context.message.content, CardClick):
        found["card"] = context.message.content.key
    if context.understood:
        found["decision"] = context.understood.decision
        found["acts"] = [
            {"intent": act.intent, "slots": dict(act.slots), "score": act.score, "rule": list(act.evidence)}
            for act in context.understood.acts
        ]
    return found
