"""Passive answers of the AI bot: JSON, legal or thrown away."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any

from sandbox.callbacks.post import IllegalAnswer
from sandbox.cards import check_card
from sandbox.content import bot_card_rules
from sandbox.limits import MB, RULES, Refused, size
from sandbox.messages import BOT, EVERYBODY, Face, Message
from sandbox.world import World

Json = dict[str, Any]

# What answers what (101027, 101031).
LEGAL = {
    "message": ("stream", "template_card", "stream_with_template_card"),
    "enter_chat": ("text", "template_card"),
    "card": ("update_template_card",),
    "stream": ("stream",),
    "feedback": (),
}


@dataclass
class Occasion:
    """What is answered: `clicked` is the card of a tap, `stream` the message a refresh asks for."""

    kind: str
    thread: str
    clicked: Message | None = None
    task_id: str = ""
    stream: Message | None = None


def accept(world: World, answer: Json, occasion: Occasion) -> Message | None:
    """Shows the answer; the message of an unfinished stream comes back. Raises IllegalAnswer."""
    kind = str(answer.get("msgtype") or answer.get("response_type") or "")
    if kind not in LEGAL[occasion.kind]:
        raise IllegalAnswer(f"{kind or 'nothing'} does not answer {occasion.kind}")
    if kind == "update_template_card":
        _update(world, answer, occasion)
        return None
    card = _card(world, answer) if "template_card" in kind else None
    stream = _stream(answer) if kind.startswith("stream") else None
    if kind == "text":
        world.post(BOT, "text", {"text": _words(answer), "mentions": []}, [occasion.thread])
    shown = _show_stream(world, stream, occasion) if stream else None
    if card:
        _show_card(world, card, occasion.thread)
    return shown if shown and not shown.body["finished"] else None


def _words(answer: Json) -> str:
    part = answer.get("text")
    content = part.get("content") if isinstance(part, dict) else None
    if not isinstance(content, str) or not content.strip():
        raise IllegalAnswer("empty text")
    return content


def _card(world: World, answer: Json, *, new: bool = True) -> Json:
    card = answer.get("template_card")
    try:
        check_card(card, bot_card_rules(world, new=new))
    except Refused as refused:
        raise IllegalAnswer(f"template_card: {refused.answer['errmsg']}") from None
    if not isinstance(card, dict):
        raise IllegalAnswer("template_card")
    _feedback(card)
    return card


def _stream(answer: Json) -> Json:
    stream = answer.get("stream")
    if not isinstance(stream, dict) or not isinstance(stream.get("id"), str) or not stream["id"]:
        raise IllegalAnswer("stream.id missing")
    content, finish = stream.get("content", ""), stream.get("finish", False)
    if not isinstance(content, str) or not isinstance(finish, bool):
        raise IllegalAnswer("stream: content is text, finish is true or false")
    if size(content) > RULES["bot_markdown"].most:
        raise IllegalAnswer("stream.content longer than 20480 bytes")
    items = stream.get("msg_item") or []
    if items and not finish:
        raise IllegalAnswer("msg_item only with finish")
    if finish and not content.strip() and not items:
        raise IllegalAnswer("stream finished without content")
    if not isinstance(items, list) or len(items) > 10:
        raise IllegalAnswer("msg_item: at most 10")
    images = [_image(item) for item in items]
    return {**stream, "content": content, "finish": finish, "images": images, "feedback": _feedback(stream)}


def _image(item: Any) -> bytes:
    image = item.get("image") if isinstance(item, dict) and item.get("msgtype") == "image" else None
    if not isinstance(image, dict):
        raise IllegalAnswer("msg_item: images only")
    try:
        data = base64.b64decode(image.get("base64", ""), validate=True)
    except (binascii.Error, TypeError):
        raise IllegalAnswer("msg_item: base64") from None
    if not 0 < len(data) <= 10 * MB or not data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        raise IllegalAnswer("msg_item: JPG or PNG up to 10 MB")
    if hashlib.md5(data, usedforsecurity=False).hexdigest() != image.get("md5"):
        raise IllegalAnswer("msg_item: md5 differs")
    return data


def _feedback(part: Json) -> str:
    feedback = part.get("feedback")
    if feedback is None:
        return ""
    name = feedback.get("id") if isinstance(feedback, dict) else None
    if not isinstance(name, str) or size(name) > RULES["bot_feedback"].most:
        raise IllegalAnswer("feedback.id longer than 256 bytes")
    return name


def _show_stream(world: World, stream: Json, occasion: Occasion) -> Message:
    now = world.now()
    images = [world.files.keep("图片.png", data, kind="image", now=now).id for data in stream["images"]]
    body = {"text": stream["content"], "finished": stream["finish"], "images": images}
    message = occasion.stream
    if message is None:
        return world.post(
            BOT, "stream", body, [occasion.thread], stream_id=stream["id"], feedback_id=stream["feedback"]
        )
    if message.stream_id != stream["id"]:
        raise IllegalAnswer("stream.id differs from the one asked for")
    message.body = body
    world.feed.changed(message)
    return message


def _show_card(world: World, card: Json, thread: str) -> None:
    if card.get("task_id"):
        world.tasks["bot"].add(card["task_id"])
    hidden = thread.startswith("group/") and world.switches["card_in_group_hidden"]
    world.post(BOT, "card", {"card": card}, [thread], hidden=hidden)


def _update(world: World, answer: Json, occasion: Occasion) -> None:
    card = _card(world, answer, new=False)
    if card.get("task_id", "") != occasion.task_id or occasion.clicked is None:
        raise IllegalAnswer("task_id differs from the callback's")
    userids = answer.get("userids")
    if userids is not None and not isinstance(userids, list):
        raise IllegalAnswer("userids: a list")
    if userids is None:
        occasion.clicked.faces.clear()
    for userid in [EVERYBODY] if userids is None else userids:
        occasion.clicked.faces[str(userid)] = Face(card, card.get("replace_text"))
    world.feed.changed(occasion.clicked)
