"""Find what got stuck and put it back on its way: nothing waits for luck."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot import group_making, jobs
from bot.delivery import in_doubt, note_in_doubt
from bot.faults import kind, place
from bot.wiring import Parts
from storage.errors import Busy, DatabaseDown

log = logging.getLogger(__name__)
GRACE = timedelta(seconds=10)
PAGE = 200


def run(parts: Parts, at: datetime) -> None:
    """Pending messages, unrouted issues, sends whose worker died, rows that are due."""
    with parts.store.transaction() as tx:
        pending = tx.inbox.pending(at - GRACE, PAGE)
        unrouted = tx.issues.not_routed(at - GRACE, PAGE)
        groups = group_making.wanted(tx)
    for inbox_id in pending:
        parts.queue.enqueue("answer_message", inbox_id)
    for no in unrouted:
        parts.queue.enqueue("route_issue", no)
    for project_id in groups:
        parts.queue.enqueue("create_group", project_id)
    _settle_dead_sends(parts)
    with parts.store.reading() as tx:
        due = tx.outbox.any_due(at)
    if due:
        parts.queue.wake_delivery()
    if pending or unrouted:
        log.info("swept", extra={"pending": len(pending), "unrouted": len(unrouted)})


def do_what_waits(parts: Parts) -> None:
    """The same without a queue and a worker. What fails stays for the next time."""
    with parts.store.reading() as tx:
        pending = tx.inbox.pending(parts.clock.now(), PAGE)
        unrouted = tx.issues.not_routed(parts.clock.now(), PAGE)
        groups = group_making.wanted(tx)
    waiting = (
        *((jobs.answer, n) for n in pending),
        *((jobs.route, n) for n in unrouted),
        *((group_making.make, n) for n in groups),
    )
    for do, one in waiting:
        try:
            do(parts, one)
        except (Busy, DatabaseDown):
            raise
        except Exception as error:  # noqa: BLE001 – one must not keep the others waiting
            log.error("%d not done: %s at %s", one, kind(error), place(error))


def _settle_dead_sends(parts: Parts) -> None:
    with parts.store.transaction() as tx:
        for row in tx.outbox.expired(parts.clock.real_now()):
            note_in_doubt(parts, tx, in_doubt(row, parts.clock.now()), parts.clock.now())
