"""The callback doors: check, keep, hand on, answer. Nothing here waits for Redis or the platform."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from bot import conversation
from bot.faults import kind, place
from bot.fetching import fetch_files
from bot.metrics import CALLBACKS, REFUSED, UNKNOWN
from bot.platform import (
    BadCallback,
    Callback,
    CallbackQuery,
    Channel,
    IncomingMessage,
    OtherEvent,
    PassiveAnswer,
    Unknown,
)
from bot.records import from_record, to_record
from bot.spool import Spool
from bot.wiring import Parts
from storage.errors import Busy, DatabaseDown, StorageError

log = logging.getLogger(__name__)
MOST_BYTES = 1_000_000
_REST_SECONDS = (
    2.0  # after a dead database: straight to the spool, so that every answer comes within a second
)
_REFUSED_STATUS = {"signature": 403, "receive_id": 403}


class Door:
    """One process's way in for both callbacks."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._spool = Spool(parts.settings.var / "spool")
        self._rest_until = 0.0
        self._importer: threading.Thread | None = None

    def verify(self, callback: Callback) -> Response:
        try:
            return _plain(callback.verify_url(_query()))
        except BadCallback as bad:
            return _refused(callback, bad)

    def receive(self, callback: Callback) -> Response:
        query = _query()
        try:
            message = callback.open(query, _body())
        except BadCallback as bad:
            return _refused(callback, bad)
        if isinstance(message.content, Unknown | OtherEvent):
            UNKNOWN.labels(message.content.name[:40]).inc()
        reply = self._answer(callback, message)
        self._wake(reply)
        timestamp = int(self._parts.clock.real_now().timestamp())
        body = callback.seal_plain(reply.plain, nonce=query.nonce, timestamp=timestamp)
        return Response(body, status=200, content_type="text/plain; charset=utf-8")

    # ------------------------------------------------------------ keep and answer

    def _answer(self, callback: Callback, message: IncomingMessage) -> conversation.Reply:
        now = self._parts.clock.now()
        # While older messages wait in the spool a new one queues behind them: order is kept.
        if time.monotonic() < self._rest_until or self._spool.waiting():
            given = self._given(message)
            return given or self._spooled(callback, message, now, conversation.later(message))
        try:
            reply = conversation.answer(self._parts, callback, message, now)
        except Busy:
            # Another connection holds it: a repeat that is being answered, or a person who writes fast.
            return self._spooled(callback, message, now, None)
        except DatabaseDown as error:
            log.warning("database not reachable: %s", error)
            self._rest_until = time.monotonic() + _REST_SECONDS
            return self._spooled(callback, message, now, conversation.later(message))
        except StorageError as error:
            log.error("message refused by the database: %s", error)
            self._spool.set_aside(message.key, _record(callback, message, now))
            return conversation.Reply("")
        CALLBACKS.labels(callback.channel, "pending" if reply.pending else "answered").inc()
        return reply

    def _given(self, message: IncomingMessage) -> conversation.Reply | None:
        """A repeat gets the answer already given, whatever else waits."""
        if time.monotonic() < self._rest_until:
            return None
        try:
            return conversation.given(self._parts, message)
        except StorageError:
            self._rest_until = time.monotonic() + _REST_SECONDS
            return None

    def _spooled(
        self, callback: Callback, message: IncomingMessage, now: datetime, said: PassiveAnswer
    ) -> conversation.Reply:
        self._spool.put(message.key, _record(callback, message, now))
        CALLBACKS.labels(callback.channel, "spooled").inc()
        self._start_importer()
        return conversation.Reply(callback.plain(said, message))

    def _wake(self, reply: conversation.Reply) -> None:
        for job in reply.jobs:
            queued = self._parts.queue.enqueue(job.name, *job.ids)
            if not queued and job.name == "keep_files":
                # Its link dies in five minutes and no sweep looks for it: fetched from here (contract §9).
                threading.Thread(target=self._fetch, args=job.ids, name="files", daemon=True).start()
        if reply.pending:
            self._parts.queue.enqueue("answer_message", reply.pending)
        if reply.told:
            self._parts.queue.wake_delivery()

    def _fetch(self, inbox_id: int) -> None:
        try:
            fetch_files(self._parts, inbox_id)
        except Exception as error:  # noqa: BLE001 – nobody stands above this thread
            log.error("files of message %d not kept: %s at %s", inbox_id, kind(error), place(error))

    # ------------------------------------------------------------ the spool's way back

    def _start_importer(self) -> None:
        if self._importer is None or not self._importer.is_alive():
            self._importer = threading.Thread(target=self._import_until_empty, name="spool", daemon=True)
            self._importer.start()

    def start(self) -> None:
        """After a restart: what an earlier process left."""
        if self._spool.waiting():
            self._start_importer()

    def _import_until_empty(self) -> None:
        while self._spool.waiting():
            time.sleep(0.5)
            with self._spool.alone() as mine:
                if mine:
                    self._import_once()

    def _import_once(self) -> None:
        callbacks = {callback.channel.value: callback for callback in self._parts.callbacks}
        for path, record in self._spool.in_order():
            try:
                message = from_record(record["message"])
                at = datetime.fromisoformat(record["received_at"])
                callback = callbacks[record["channel"]]
                reply = conversation.put_off(self._parts, callback, message, at, "spooled")
            except (Busy, DatabaseDown):
                return  # later, in order
            # One that cannot be read or kept must not stand before all that come after it.
            except Exception as error:  # noqa: BLE001
                log.error("spooled message not kept: %s at %s", kind(error), place(error))
                self._spool.give_up(path)
                continue
            self._rest_until = 0.0
            self._wake(reply)
            path.unlink()  # last: whoever sees it gone finds the answer wanted


PATHS = {Channel.APP: "/callbacks/wecom/app", Channel.BOT: "/callbacks/wecom/bot"}


def blueprint(parts: Parts) -> Blueprint:
    doors = Blueprint("callbacks", __name__)
    door = Door(parts)
    door.start()
    for callback in parts.callbacks:
        path, name = PATHS[callback.channel], callback.channel.value
        doors.add_url_rule(path, f"{name}_verify", partial(door.verify, callback), methods=["GET"])
        doors.add_url_rule(path, f"{name}_receive", partial(door.receive, callback), methods=["POST"])
    return doors


def _record(callback: Callback, message: IncomingMessage, now: datetime) -> dict[str, Any]:
    return {
        "message": to_record(message),
        "received_at": now.isoformat(),
        "channel": callback.channel.value,
    }


def _query() -> CallbackQuery:
    args = request.args
    return CallbackQuery(
        args.get("msg_signature", ""),
        args.get("timestamp", ""),
        args.get("nonce", ""),
        args.get("echostr", ""),
    )


def _body() -> bytes:
    if (request.content_length or 0) > MOST_BYTES:
        raise BadCallback("too_large")
    body = request.stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise BadCallback("too_large")
    return bytes(body)


def _refused(callback: Callback, bad: BadCallback) -> Response:
    """Without detail to the outside; counted, nothing stored."""
    REFUSED.labels(callback.channel, bad.reason).inc()
    return Response(status=_REFUSED_STATUS.get(bad.reason, 400))


def _plain(text: str) -> Response:
    return Response(text.encode(), status=200, content_type="text/plain; charset=utf-8")
