"""What the worker runs; ids only. A job may run twice without harm.

Errors leave a job as their class only: RQ keeps and logs the text of an exception, and that may be people's
words (contract §10).
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec

from bot import conversation, delivery, group_making, guest
from bot.bootstrap import parts
from bot.faults import kind, place
from bot.fetching import fetch_files
from bot.issue_routing import IssueRouting
from bot.wiring import Parts
from storage.errors import Busy, DatabaseDown

log = logging.getLogger(__name__)
P = ParamSpec("P")


class JobFailed(Exception):
    """The class of what went wrong, nothing else."""


def without_words(job: Callable[P, None]) -> Callable[P, None]:
    @functools.wraps(job)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        failed = ""
        try:
            job(*args, **kwargs)
        except Exception as error:  # noqa: BLE001
            failed = kind(error)
            log.error("job %s failed: %s at %s", job.__name__, failed, place(error))
        if failed:
            raise JobFailed(failed)

    return run


@without_words
def answer_message(inbox_id: int) -> None:
    """What could not be answered at the door."""
    answer(parts(), inbox_id)


def answer(wired: Parts, inbox_id: int) -> None:
    """After what the same person said before it, whichever worker is first: people build on what they said."""
    for one in conversation.waiting_until(wired, inbox_id):
        now = wired.clock.now()
        try:
            reply = conversation.answer_pending(wired, one, now)
        except (Busy, DatabaseDown):
            raise
        except Exception as error:
            conversation.note_failure(wired, one, type(error).__name__, now)
            raise
        wake(wired, reply)


@without_words
def route_issue(no: int) -> None:
    """Department, representative, deadlines, card: all or nothing."""
    route(parts(), no)


def route(wired: Parts, no: int) -> None:
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        facts = wired.sites.get(tx)
        work = IssueRouting(tx, facts.site, facts.calendar, now, "clock")
        issue, project = work.locked(no)
        told = bool(tx.outbox.add(work.route(issue, project), now))
    if told:
        wired.queue.wake_delivery()


@without_words
def keep_files(inbox_id: int) -> None:
    """Fetch what a message brought before its link dies (5 minutes), decrypt and keep it."""
    fetch_files(parts(), inbox_id)


@without_words
def ask_guest(inbox_id: int) -> None:
    """A suggestion for what was not understood."""
    guest.suggest(parts(), inbox_id)


@without_words
def create_group(project_id: int) -> None:
    """The work group of a project that is under way, or who is missing in it."""
    group_making.make(parts(), project_id)


@without_words
def deliver() -> None:
    """Drain what is due; one job sends a batch."""
    wired = parts()
    wired.queue.delivery_begins()
    delivery.drain(wired, seconds=delivery.MOST_SECONDS)


def wake(wired: Parts, reply: conversation.Reply) -> None:
    for job in reply.jobs:
        wired.queue.enqueue(job.name, *job.ids)
    if reply.told:
        wired.queue.wake_delivery()
