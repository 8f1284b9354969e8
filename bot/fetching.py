"""What a message brought is fetched before its link dies (5 minutes), decrypted and kept."""

from __future__ import annotations

import logging
from collections.abc import Callable

from bot.moves import attaching, file_checks
from bot.moves.kept import KeptFile
from bot.moves.work import CaseWork
from bot.platform import AnswerLost, DeliveryFailed, IncomingMessage, RemoteFile, Unreachable
from bot.records import from_record
from bot.wiring import Parts
from storage.outbox import NewMessage

log = logging.getLogger(__name__)
MOST_FILE_BYTES = 100 * 1024 * 1024


def fetch_files(wired: Parts, inbox_id: int) -> None:
    with wired.store.reading() as tx:
        kept = tx.inbox.get(inbox_id)
        there = kept is not None and bool(tx.files.of_inbox(inbox_id))
    if kept is None:
        return
    if there:  # a job may run twice; what the file is for may be said after it was kept
        _settle(wired, inbox_id)
        return
    message: IncomingMessage = from_record(kept.message)
    for file in message.files:
        _keep_file(wired, inbox_id, message, file)


def _keep_file(wired: Parts, inbox_id: int, message: IncomingMessage, file: RemoteFile) -> None:
    try:
        fetched = wired.platform.download(file, most=MOST_FILE_BYTES)
    except (DeliveryFailed, AnswerLost, Unreachable) as error:
        log.warning("file of message %d not fetched: %s", inbox_id, type(error).__name__)
        _told(wired, inbox_id, message.sender, lambda work: attaching.lost(work, inbox_id))
        return
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        sender = tx.people.by_userid(message.sender)
        group = tx.groups.by_bot_chat(message.chat_id) if message.chat_id else None
        name = fetched.name or file.name or f"未命名.{file_checks.kind_of(fetched.data) or file.kind}"
        file_id = tx.files.add(
            name,
            fetched.data,
            now,
            project_id=group.project_id if group else None,
            uploaded_by=sender.id if sender else None,
            inbox_id=inbox_id,
        )
        facts = wired.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, now, sender, inbox_id)
        told = attaching.kept(work, inbox_id, KeptFile(file_id, name, fetched.data))
        if told:
            tx.outbox.add(told, now)
    if told:
        wired.queue.wake_delivery()


def _settle(wired: Parts, inbox_id: int) -> None:
    with wired.store.reading() as tx:
        waiting = any(one.state == "waiting" for one in tx.files.attachments_of(inbox_id))
        kept = tx.inbox.get(inbox_id) if waiting else None
    if kept is not None:
        message: IncomingMessage = from_record(kept.message)
        _told(wired, inbox_id, message.sender, lambda work: _tie_kept(work, inbox_id))


def _tie_kept(work: CaseWork, inbox_id: int) -> list[NewMessage]:
    found = work.tx.files.first_of_inbox(inbox_id)
    return attaching.kept(work, inbox_id, KeptFile(*found)) if found else []


def _told(wired: Parts, inbox_id: int, userid: str, do: Callable[[CaseWork], list[NewMessage]]) -> None:
    now = wired.clock.now()
    with wired.store.transaction() as tx:
        facts = wired.sites.get(tx)
        sender = tx.people.by_userid(userid)
        told = do(CaseWork(tx, facts.site, facts.calendar, now, sender, inbox_id))
        if told:
            tx.outbox.add(told, now)
    if told:
        wired.queue.wake_delivery()
