"""What the clock says of those who help: a helper is reminded, a late one told to the officer. Whoever holds it has
the steps frozen into the issue (escalations)."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.faults import kind, place
from bot.issue_routing import IssueRouting
from bot.wiring import Parts
from storage.errors import Busy, DatabaseDown

log = logging.getLogger(__name__)
PAGE = 100


def run(parts: Parts, at: datetime) -> None:
    """Each problem in a transaction of its own, its row locked."""
    with parts.store.reading() as tx:
        numbers = tx.parts.due(at, PAGE)
    for no in numbers:
        try:
            _one(parts, no, at)
        except (Busy, DatabaseDown):
            raise
        # One problem that cannot be told of must not silence all that come after it.
        except Exception as error:  # noqa: BLE001
            log.error("hand-over of issue %d not done: %s at %s", no, kind(error), place(error))


def _one(parts: Parts, no: int, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = IssueRouting(tx, facts.site, facts.calendar, at, "clock")
        issue, project = work.locked(no)
        due = [part for part in tx.parts.of(no) if part.next_at is not None and part.next_at <= at]
        rows = [row for part in due for row in work.remind_of_part(issue, project, part)]
        tx.outbox.add(rows, at)
