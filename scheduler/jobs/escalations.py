"""Reminders before a deadline, escalation after it: the steps frozen into each issue, as they fall due."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from bot.faults import kind, place
from bot.issue_clocks import IssueClocks
from bot.issue_routing import IssueRouting
from bot.moves import pressing
from bot.moves.work import CaseWork
from bot.wiring import Parts
from storage.errors import Busy, DatabaseDown

log = logging.getLogger(__name__)
PAGE = 100


def run(parts: Parts, at: datetime) -> None:
    """Each issue in a transaction of its own, its row locked: an answer at the same instant wins or loses
    cleanly. While the offices are closed only what is urgent."""
    seen: set[int] = set()
    while True:
        with parts.store.reading() as tx:
            closed = not any(hours.is_open(at) for hours in parts.sites.get(tx).all_hours)
            due = tx.issues.with_step_due(at, PAGE + len(seen), urgent_only=closed)
        fresh = [no for no in due if no not in seen]
        seen.update(fresh)
        for no in fresh:
            _safely(parts, no, at)
        if len(fresh) < PAGE:
            return


def _safely(parts: Parts, no: int, at: datetime) -> None:
    try:
        one(parts, no, at)
    except (Busy, DatabaseDown):
        raise
    # One issue that cannot be told of must not silence all that are due after it.
    except Exception as error:  # noqa: BLE001
        log.error("steps of issue %d not done: %s at %s", no, kind(error), place(error))


def one(parts: Parts, no: int, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = IssueRouting(tx, facts.site, facts.calendar, at, "clock")
        issue, project = work.locked(no)
        rules = work.rules(issue)
        if any(step.at <= at and rules.may(step, at) for step in issue.steps):
            press = partial(pressing.by_the_clock, CaseWork(tx, facts.site, facts.calendar, at))
            tx.outbox.add(IssueClocks(work, press).fall_due(issue, project), at)
