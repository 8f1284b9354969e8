"""A language model as a guest: where nothing was understood it may suggest what to ask. It never acts, knows no names,
and everything works without it."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import requests

from bot.faults import kind
from bot.platform import IncomingMessage, Say
from bot.records import from_record, to_record
from bot.scrubbing import Scrubber
from bot.settings import Guest
from bot.texts import guest as texts
from bot.understanding.acts import Intent
from bot.understanding.dictionary import Dictionary
from bot.wiring import Parts
from storage.inbox import Kept
from storage.outbox import NewMessage
from storage.store import Transaction

log = logging.getLogger(__name__)
URL_LIVES = timedelta(minutes=55)
LONGEST_ANSWER = 4_000  # bytes; a suggestion is one small object


def suggest(wired: Parts, inbox_id: int) -> None:
    """Ask between two transactions; said once."""
    guest = wired.settings.guest
    question = _question(wired, guest, inbox_id) if guest else ""
    answer = _ask(guest, question) if guest and question else None
    if answer is None:
        return
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        kept = tx.inbox.get(inbox_id)
        sentence = _sentence(answer, wired.sites.get(tx).dictionary, tx, wired)
        if kept is None or not sentence:
            return
        told = bool(tx.outbox.add([_row(wired, kept, sentence)], now))
    if told:
        wired.queue.wake_delivery()


def _question(wired: Parts, guest: Guest, inbox_id: int) -> str:
    """The words without names and numbers; "" when there is no budget left, or it was asked before."""
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        kept = tx.inbox.get(inbox_id)
        used = tx.runs.count("guest", "asked", now - timedelta(days=1))
        if kept is None or used >= guest.daily or not tx.runs.claim("guest", "asked", str(inbox_id), now):
            return ""
        message: IncomingMessage = from_record(kept.message)
        return Scrubber.of(tx).scrub(message.text)[:300]


def _ask(guest: Guest, question: str) -> dict[str, Any] | None:
    """None for whatever is not a small JSON object; nothing of it is written into the log."""
    body = {
        "model": guest.model,
        "temperature": 0,
        "max_tokens": 60,
        "messages": [{"role": "system", "content": texts.TASK}, {"role": "user", "content": question}],
    }
    headers = {"Authorization": f"Bearer {guest.key}"} if guest.key else {}
    try:
        found = requests.post(
            f"{guest.base}/chat/completions",
            json=body,
            headers=headers,
            timeout=guest.seconds,
            allow_redirects=False,
        )
        found.raise_for_status()
        content = found.json()["choices"][0]["message"]["content"]
        answer = json.loads(str(content)[:LONGEST_ANSWER])
    except (requests.RequestException, ValueError, KeyError, IndexError, TypeError) as error:
        log.warning("guest gave no suggestion: %s", kind(error))
        return None
    return answer if isinstance(answer, dict) else None


def _sentence(answer: dict[str, Any], dictionary: Dictionary, tx: Transaction, wired: Parts) -> str:
    """One of our own sentences: of the guest's words only a known intent and a known item are taken."""
    intent = next((one for one in Intent if one == answer.get("intent")), None)
    named = str(answer.get("item") or "")[:40]
    found = [hit.ids[0] for hit in dictionary.find(named.lower()) if hit.kind == "item" and len(hit.ids) == 1]
    items = wired.sites.get(tx).site.catalogue.items
    return texts.suggestion(intent, items[found[0]].spoken if found else "") if intent else ""


def _row(wired: Parts, kept: Kept, sentence: str) -> NewMessage:
    """By the message's own address while it lives, else by the app to the person."""
    now = wired.clock.now()
    message: IncomingMessage = from_record(kept.message)
    in_time = message.response_url and now - kept.received_at < URL_LIVES
    way, target = ("response", message.response_url or "") if in_time else ("person", message.sender)
    once = f"guest:{kept.id}"
    return NewMessage(way, target, to_record(Say(sentence, markdown=True)), once, now, once, kept.id)
