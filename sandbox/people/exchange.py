"""One callback and what becomes of its answer: shown, thrown away, or a stream that is asked for again."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from sandbox.callbacks import app_answers, bot_answers
from sandbox.callbacks.bot_answers import Occasion
from sandbox.callbacks.post import Delivery, IllegalAnswer, deliver
from sandbox.limits import MOST_IN_PROGRESS, STREAM_LIFE, TRIES
from sandbox.messages import Message
from sandbox.people.bot_json import refresh
from sandbox.world import World

Json = dict[str, Any]


@dataclass
class Exchange:
    """`occasion` belongs to the bot's door, `clicked` to the app's."""

    door: str
    userid: str
    plain: str = field(repr=False)
    occasion: Occasion | None = None
    clicked: Message | None = None
    is_event: bool = False
    tries: int = TRIES
    repeat: int = 1
    parallel: bool = False


def run(world: World, exchange: Exchange) -> Json:
    """{status, answer, tries} and, where it was sent several times, all `answers`; `illegal` tells why an
    answer was thrown away."""
    if exchange.door == "bot" and not _begin(world, exchange.userid):
        world.note("callback/bot", "too_many_in_progress", user=exchange.userid)
        return {"status": None, "answer": None, "delivered": False, "reason": "此人已有 3 次对话未结束"}
    times = exchange.repeat
    if exchange.is_event and world.switches["event_repeated"]:
        times = max(times, 2)
    open_stream = False
    try:
        deliveries = _send(world, exchange, times)
        epoch, illegal, stream = _take(world, exchange, deliveries)
        open_stream = stream is not None
        if stream:
            threading.Thread(target=_poll, args=(world, exchange, stream, epoch), daemon=True).start()
    finally:
        if exchange.door == "bot" and not open_stream:
            _end(world, exchange.userid)
    return _told(deliveries, illegal)


def _told(deliveries: list[Delivery], illegal: str) -> Json:
    first = deliveries[0]
    told: Json = {
        "status": first.status, "answer": first.answer, "delivered": first.status == 200,
        "tries": first.tries,
    }  # fmt: skip
    if len(deliveries) > 1:
        told["answers"] = [{"status": d.status, "answer": d.answer} for d in deliveries]
    if illegal:
        told["illegal"] = illegal
    return told


def _send(world: World, exchange: Exchange, times: int) -> list[Delivery]:
    def once(_: int) -> Delivery:
        return deliver(world, exchange.door, exchange.plain, tries=exchange.tries)

    if not exchange.parallel or times == 1:
        return [once(n) for n in range(times)]
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


def _take(world: World, exchange: Exchange, deliveries: list[Delivery]) -> tuple[int, str, Message | None]:
    """The first answer counts. Gives the epoch, why it was thrown away, and a stream left open."""
    path = f"callback/{exchange.door}"
    with world.lock:
        if all(delivery.status != 200 for delivery in deliveries):
            world.note(path, "callback_failed", status=deliveries[0].status, tries=deliveries[0].tries)
        answered = next((d for d in deliveries if d.answer is not None or d.illegal), None)
        if answered is None:
            return world.epoch, "", None
        try:
            stream = _accept(world, exchange, answered)
        except IllegalAnswer as wrong:
            world.note(path, "illegal_answer", answered.answer, reason=str(wrong), user=exchange.userid)
            return world.epoch, str(wrong), None
    return world.epoch, "", stream


def _accept(world: World, exchange: Exchange, answered: Delivery) -> Message | None:
    if answered.illegal:
        raise IllegalAnswer(answered.illegal)
    answer = answered.answer or {}
    if exchange.occasion:
        return bot_answers.accept(world, answer, exchange.occasion)
    app_answers.accept(world, exchange.userid, answer, clicked=exchange.clicked)
    return None


def _begin(world: World, userid: str) -> bool:
    with world.lock:
        if world.in_progress[userid] >= MOST_IN_PROGRESS:
            return False
        world.in_progress[userid] += 1
        return True


def _end(world: World, userid: str) -> None:
    with world.lock:
        world.in_progress[userid] = max(0, world.in_progress[userid] - 1)


def _poll(world: World, exchange: Exchange, stream: Message, epoch: int) -> None:
    """Asks for the next frame until it is the last, for six minutes of the sandbox's time."""
    occasion = Occasion("stream", stream.threads[0], stream=stream)
    while world.epoch == epoch and world.now() - stream.at < STREAM_LIFE and not stream.body["finished"]:
        time.sleep(world.settings.callback_timeout / 5)
        plain = json.dumps(refresh(world, exchange.userid, stream), ensure_ascii=False)
        delivery = deliver(world, "bot", plain, tries=1)
        if world.epoch == epoch and (delivery.answer is not None or delivery.illegal):
            _take(world, Exchange("bot", exchange.userid, plain, occasion), [delivery])
    if world.epoch == epoch:
        with world.lock:
            if not stream.body["finished"]:
                stream.body = {**stream.body, "finished": True, "timed_out": True}
                world.feed.changed(stream)
            _end(world, exchange.userid)
