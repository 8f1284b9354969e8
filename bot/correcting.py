"""What people put right in a talk, as training rows (`./daiban understand --corrections`): without names and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.platform import IncomingMessage
from bot.pointing import CORRECTED
from bot.records import from_record
from bot.scrubbing import Scrubber
from domain.people import speaks_as
from storage.inbox import Kept
from storage.store import Transaction


def rows(tx: Transaction) -> Iterator[dict[str, Any]]:
    """In the shape of contract §6: the sentence that was misunderstood, with what was meant."""
    scrubber = Scrubber.of(tx)
    for before, after in tx.inbox.corrected(CORRECTED):
        row = _row(tx, scrubber, before, after)
        if row:
            yield row


def _row(tx: Transaction, scrubber: Scrubber, before: Kept, after: Kept) -> dict[str, Any] | None:
    message: IncomingMessage = from_record(before.message)
    act = next((one for one in after.understood.get("acts", ()) if CORRECTED in one.get("rule", ())), None)
    text = scrubber.scrub(message.text)
    if act is None or not text:
        return None
    person = tx.people.by_userid(before.sender)
    return {
        "in": {
            "text": text,
            "role": speaks_as(person.roles if person else frozenset()),
            "chat": "group" if message.in_group else "single",
            "mention": True,
            "quote": None,
            "now": before.received_at.isoformat(),
            "recent": None,
        },
        "out": {"acts": [{"intent": act["intent"], "slots": dict(act["slots"])}], "decision": "act"},
    }
