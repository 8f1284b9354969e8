"""What the worker runs; ids only. A job may run twice without harm.

Errors leave a job as their class only: RQ keeps and logs the text of an exception, and that may be people's
words (contract §10).
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec

from bot import conversation, delivery
from bot.bootstrap import parts
from bot.faults import kind, place
from bot.issue_work import IssueWork
from bot.platform import AnswerLost, DeliveryFailed, IncomingMessage, RemoteFile, Unreachable
from bot.records import from_record
from bot.wiring import Parts
from storage.errors import StorageError

log = logging.getLogger(__name__)
P = ParamSpec("P")
MOST_FILE_BYTES = 100 * 1024 * 1024


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
    wired = parts()
    now = wired.clock.now()
    try:
        reply = conversation.answer_pending(wired, inbox_id, now)
    except StorageError:
        raise
    except Exception as error:
        conversation.note_failure(wired, inbox_id, type(error).__name__)
        raise
    wake(wired, reply)


@without_words
def route_issue(no: int) -> None:
    """Department, representative, deadlines, card: all or nothing."""
    wired = parts()
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        facts = wired.sites.get(tx)
        work = IssueWork(tx, facts.site, facts.calendar, now, "clock")
        issue, project = work.locked(no)
        told = bool(tx.outbox.add(work.route(issue, project), now))
    if told:
        wired.queue.wake_delivery()


@without_words
def keep_files(inbox_id: int) -> None:
    """Fetch what a message brought before its link dies (5 minutes), decrypt and keep it."""
    wired = parts()
    with wired.store.reading() as tx:
        kept = tx.inbox.get(inbox_id)
    if kept is None:
        return
    message: IncomingMessage = from_record(kept.message)
    for file in conversation.files_of(message):
        _keep_file(wired, inbox_id, message, file)


def _keep_file(wired: Parts, inbox_id: int, message: IncomingMessage, file: RemoteFile) -> None:
    try:
        fetched = wired.platform.download(file, most=MOST_FILE_BYTES)
    except (DeliveryFailed, AnswerLost, Unreachable) as error:
        log.warning("file of message %d not fetched: %s", inbox_id, type(error).__name__)
        return
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        sender = tx.people.by_userid(message.sender)
        group = tx.groups.by_bot_chat(message.chat_id) if message.chat_id else None
        tx.files.add(
            fetched.name or file.name or f"未命名.{file.kind}",
            fetched.data,
            now,
            project_id=group.project_id if group else None,
            uploaded_by=sender.id if sender else None,
            inbox_id=inbox_id,
        )


@without_words
def deliver() -> None:
    """Drain what is due; one job sends a batch."""
    wired = parts()
    wired.queue.delivery_begins()
    delivery.drain(wired)


def wake(wired: Parts, reply: conversation.Reply) -> None:
    for job in reply.jobs:
        wired.queue.enqueue(job.name, *job.ids)
    if reply.told:
        wired.queue.wake_delivery()
