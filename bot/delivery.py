"""The sender: claim, commit, send, mark – one send in flight at a time, so that a crash leaves one in doubt.

A send whose answer was cut off is *unknown* (contract §8): to persons it is repeated inside the platform's
duplicate check; to groups and response URLs never, but listed, and the officer is told.
"""

from __future__ import annotations

import logging
import math
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.cards.opening import with_pages
from bot.documents import papers
from bot.faults import kind, place
from bot.metrics import SENT
from bot.platform import (
    AnswerLost,
    Card,
    DeliveryFailed,
    Paper,
    Receipt,
    Remedy,
    Say,
    Speech,
    Unreachable,
    UpdateCard,
)
from bot.records import from_record, to_record
from bot.texts import groups as words
from bot.wiring import Parts
from storage.errors import StorageError
from storage.outbox import NewMessage, OutboxState, Outcome, Waiting
from storage.store import Transaction

log = logging.getLogger(__name__)
BATCH = 100
LEASE = timedelta(seconds=20)  # longer than the longest wait for an answer (3 s + 8 s)
MOST_SECONDS = 60.0  # of one job: RQ would end a longer one in the middle of a send
PATIENCE = timedelta(hours=24)  # how long a platform that is away or busy is asked again
URL_PATIENCE = timedelta(minutes=55)  # a response URL lives an hour
# The platform drops an equal message within 30 minutes of the first: repeat only well inside that.
SAFE_TO_REPEAT = timedelta(minutes=25)
BACK_OFF = (5, 20, 60, 180, 600)  # seconds
CROWDED = frozenset({45009, 429})  # the tenant's calls are used up; blocked for as long as the window (90454)
A_MINUTE = timedelta(minutes=1)
LOST, _SINCE = "answer lost", "in_doubt_since"


def drain(parts: Parts, until: datetime | None = None, *, seconds: float = math.inf) -> int:
    """Send everything due, now or at that instant; after `seconds` the rest is left to another job. Returns how many
    sends were tried."""
    sent = 0
    stop_at = time.monotonic() + seconds
    who = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        now, real = until or parts.clock.now(), parts.clock.real_now()
        with parts.store.transaction() as tx:
            ids = _claim(parts, tx, who, now, real)
        if not ids:
            return sent
        try:
            sent += _send_batch(parts, who, ids, stop_at)
        finally:
            with parts.store.transaction() as tx:
                tx.outbox.let_go(who)
        if time.monotonic() > stop_at:
            parts.queue.wake_delivery()
            return sent


def _claim(parts: Parts, tx: Transaction, who: str, now: datetime, real: datetime) -> list[int]:
    """No more than the tenant may call this minute; the sweep comes back for the rest."""
    most = parts.sites.get(tx).site.clock.calls_a_minute
    room = min(BATCH, tx.budgets.left(now, most))
    ids = tx.outbox.claim(who, now, real, room, LEASE) if room else []
    if ids:
        tx.budgets.spend(now, len(ids))
    return ids


def _send_batch(parts: Parts, who: str, ids: list[int], stop_at: float) -> int:
    """One commit per message: it notes the last send and puts the next in flight."""
    done: Outcome | None = None
    tried = 0
    for claimed in [*ids, None]:
        crowded = done is not None and done.crowded
        next_id = claimed if time.monotonic() <= stop_at and not crowded else None
        real = parts.clock.real_now()
        with parts.store.transaction() as tx:
            row = tx.outbox.pass_on(who, done, next_id, parts.clock.now(), real, LEASE)
            if crowded:  # nobody calls any more in this minute: it only makes the block longer
                tx.budgets.spend(parts.clock.now(), parts.sites.get(tx).site.clock.calls_a_minute)
            if done:
                _follow_up(parts, tx, done, parts.clock.now())
        done = None
        if next_id is None:
            break
        if row is not None:
            done = _send(parts, row)
            tried += 1
    return tried


def _send(parts: Parts, row: Waiting) -> Outcome:
    begun = parts.clock.now()
    since = _doubted_since(row)
    # One that waited too long for its repeat is not sent: the platform would not know it for a repeat any more.
    late = since is not None and abs(begun - since) >= SAFE_TO_REPEAT
    outcome = Outcome(row.id, OutboxState.UNKNOWN, LOST) if late else _tried(parts, row, begun)
    if since and outcome.state is OutboxState.FAILED:
        outcome = replace(outcome, state=OutboxState.UNKNOWN)  # the first try may have arrived
    SENT.labels(row.kind, outcome.state).inc()
    return outcome


def _tried(parts: Parts, row: Waiting, begun: datetime) -> Outcome:
    now = parts.clock.now
    try:
        receipt = _SENDERS[row.kind](parts, row)
    except (Unreachable, StorageError) as error:
        return _again(row, now(), type(error).__name__)
    except AnswerLost:
        return in_doubt(row, now(), begun)
    except DeliveryFailed as failed:
        return _refused(row, failed, now())
    # A message we cannot put together must not stand before those behind it.
    except Exception as error:  # noqa: BLE001
        log.error("message %d not made: %s at %s", row.id, kind(error), place(error))
        return Outcome(row.id, OutboxState.FAILED, type(error).__name__)
    return Outcome(row.id, OutboxState.SENT, receipt=_receipt(receipt))


def _refused(row: Waiting, failed: DeliveryFailed, now: datetime) -> Outcome:
    if failed.code in CROWDED:
        return replace(_again(row, now, str(failed), A_MINUTE), crowded=True)
    if failed.remedy is Remedy.RETRY:
        return _again(row, now, str(failed))
    return Outcome(row.id, OutboxState.FAILED, str(failed))


def _again(row: Waiting, now: datetime, error: str, least: timedelta = timedelta()) -> Outcome:
    """The platform has not taken it: nothing can be doubled, so patience costs nothing. `least`: not sooner."""
    patience = URL_PATIENCE if row.kind == "response" else PATIENCE
    if now - row.created_at >= patience:
        return Outcome(row.id, OutboxState.FAILED, error)
    return Outcome(row.id, OutboxState.WAITING, error, retry_at=now + max(least, _pause(row)))


def _pause(row: Waiting) -> timedelta:
    return timedelta(seconds=BACK_OFF[min(max(row.attempts, 1), len(BACK_OFF)) - 1])


def in_doubt(row: Waiting, now: datetime, begun: datetime | None = None) -> Outcome:
    """Nobody knows whether it arrived. `begun`: when this try began; unknown for a worker that died. Repeated at
    once, then with pauses, for as long as the platform takes it for the same message – counted from the first try."""
    doubted = _doubted_since(row)
    since = doubted or begun or max(row.created_at, row.due_at)
    repeatable = row.kind == "person" and "Paper" not in str(row.speech.get("_"))
    if not repeatable or abs(now - since) >= SAFE_TO_REPEAT:
        return Outcome(row.id, OutboxState.UNKNOWN, LOST)
    at = now + _pause(row) if doubted else now
    return Outcome(row.id, OutboxState.WAITING, LOST, {_SINCE: since.isoformat()}, at)


def _doubted_since(row: Waiting) -> datetime | None:
    since = row.receipt.get(_SINCE)
    return datetime.fromisoformat(since) if since else None


def _receipt(receipt: Receipt) -> Mapping[str, Any]:
    return {
        "message_id": receipt.message_id,
        "response_code": receipt.response_code,
        "missed": list(receipt.missed),
    }


# ---------------------------------------------------------------- what follows from it


def _follow_up(parts: Parts, tx: Transaction, done: Outcome, now: datetime) -> None:
    row = tx.outbox.get(done.id)
    if row is None:
        return
    if done.state is OutboxState.SENT:
        code, task = done.receipt.get("response_code"), row.speech.get("task_id")
        if code and task:
            tx.cards.note_code(str(task), str(code), now)
        if done.receipt.get("missed"):
            _tell_officer(parts, tx, row, f"{row.target}收不到应用消息（不在可见范围或无接口许可）", now)
    elif done.state in (OutboxState.FAILED, OutboxState.UNKNOWN):
        if done.state is OutboxState.FAILED and _by_the_app(tx, row, now):
            return
        what = "没有收到平台确认，请核对是否已送达" if done.state is OutboxState.UNKNOWN else "没有发出"
        if done.state is OutboxState.UNKNOWN or not _passed_on_by_hand(tx, row, now):
            _tell_officer(parts, tx, row, f"一条消息（编号{row.id}）{what}", now)


def _by_the_app(tx: Transaction, row: Waiting, now: datetime) -> bool:
    """A later answer whose response URL is dead goes by the app to the person who asked (contract §9)."""
    asked = tx.inbox.get(row.inbox_id) if row.kind == "response" and row.inbox_id else None
    if asked is None or not asked.sender or tx.people.by_userid(asked.sender) is None:
        return False
    once = f"by_app:{row.id}"
    tx.outbox.add([NewMessage("person", asked.sender, row.speech, once, now, once, row.inbox_id)], now)
    return True


def _passed_on_by_hand(tx: Transaction, row: Waiting, now: datetime) -> bool:
    """What the app may not post reaches the group through the service officer."""
    group = tx.groups.by_appchat(row.target) if row.kind == "group" else None
    if group is None or row.speech.get("_") not in ("Say", "Paper"):
        return False
    speech = from_record(row.speech)
    officer = tx.people.get(tx.projects.get(group.project_id).officer_id)
    said = row.speech  # a picture goes along as it is
    if isinstance(speech, Say):
        named = [person.name for person in tx.people.by_userids(speech.mentions).values()]
        said = to_record(Say(words.by_hand(group.name, named, speech.text), markdown=True))
    once = f"by_hand:{row.id}"
    tx.outbox.add([NewMessage("person", officer.userid, said, once, now, once)], now)
    return True


def _tell_officer(parts: Parts, tx: Transaction, row: Waiting, what: str, now: datetime) -> None:
    """The administrators, and for a group post the project's service officer; once per message."""
    if row.subject.startswith("fault:"):
        return  # the report about a report would never end
    site = parts.sites.get(tx).site
    group = tx.groups.by_appchat(row.target) if row.kind == "group" else None
    where = f"，发往{group.name}" if group else ""
    told = dict.fromkeys(
        site.administrators, f"{what}{where}。查看、重发或放弃：在服务器上运行 daiban outbox list。"
    )
    if group:
        officer = tx.people.get(tx.projects.get(group.project_id).officer_id)
        told[officer.userid] = f"{what}{where}。如群里没有，请告诉管理员重发，或由您在群里说明。"
    subject = f"fault:{row.id}"
    tx.outbox.add(
        [
            NewMessage("person", one, to_record(Say(text)), subject, now, f"{subject}:{one}")
            for one, text in sorted(told.items())
        ],
        now,
    )


# ---------------------------------------------------------------- the kinds


def _speech(parts: Parts, row: Waiting) -> Speech:
    speech = from_record(row.speech)
    if isinstance(speech, Paper):
        with parts.store.reading() as tx:
            facts = parts.sites.get(tx)
            return papers.draw(speech, papers.Desk(tx, facts.site, facts.calendar, parts.clock.now()))
    return speech  # type: ignore[no-any-return]


def _to_person(parts: Parts, row: Waiting) -> Receipt:
    speech = with_pages(_speech(parts, row), parts.settings.pages_url)
    return parts.platform.send_to_person(row.target, speech)


def _to_group(parts: Parts, row: Waiting) -> Receipt:
    parts.platform.send_to_group(row.target, _speech(parts, row))
    return Receipt()


def _to_response(parts: Parts, row: Waiting) -> Receipt:
    parts.platform.answer_later(row.target, _speech(parts, row))
    return Receipt()


def _card_update(parts: Parts, row: Waiting) -> Receipt:
    """The final state of a card; without a usable code the card keeps its looks and a late click is told."""
    update = from_record(row.speech)
    card = update.card if isinstance(update, UpdateCard) else None
    if not isinstance(card, Card):
        return Receipt()
    with parts.store.transaction() as tx:
        code = tx.cards.spend_code(card.task_id, parts.clock.now())
    if not code:
        return Receipt()
    try:
        return parts.platform.update_card(code, [row.target], with_pages(update, parts.settings.pages_url))
    except Unreachable:
        _give_back(parts, card, code)
        raise
    except DeliveryFailed as failed:
        if failed.remedy is Remedy.RETRY:
            _give_back(parts, card, code)
            raise
        # The code was spent or too old, or the edition has no cards: a late click is told, nobody else need be.
        log.info("card keeps its looks: %s", failed)
        return Receipt()


def _give_back(parts: Parts, card: Card, code: str) -> None:
    with parts.store.transaction() as tx:
        tx.cards.give_back(card.task_id, code)


_SENDERS: dict[str, Callable[[Parts, Waiting], Receipt]] = {
    "person": _to_person,
    "group": _to_group,
    "response": _to_response,
    "card_update": _card_update,
}


def note_in_doubt(parts: Parts, tx: Transaction, outcome: Outcome, now: datetime) -> None:
    """A send whose worker died in flight: settled by the same rule as a lost answer."""
    tx.outbox.note(outcome, now)
    _follow_up(parts, tx, outcome, now)
