"""Somebody writes or sends something in a chat."""

from __future__ import annotations

import json
from typing import Any

from sandbox.callbacks.bot_answers import Occasion
from sandbox.files import StoredFile
from sandbox.messages import Message
from sandbox.people import bot_json
from sandbox.people.app_xml import message_xml
from sandbox.people.exchange import Exchange, run
from sandbox.people.wishes import BadWish, chat_of, file_of, message_of, person, whole_number
from sandbox.tenant import Group, User
from sandbox.views import quoted_of, summary
from sandbox.world import World

Json = dict[str, Any]
Quoted = Message | StoredFile | str | None
HEARD_IN_GROUPS = ("text", "mixed")
ONLY_FOR_THE_APP = ("location", "link")  # no such message of the AI bot is documented (100719)


def say(world: World, wish: Json) -> Json:
    with world.lock:
        user = person(world, wish)
        thread, group = chat_of(world, wish, user)
        quoted = _quoted(world, user, wish.get("quote"))
        mention = group is not None and wish.get("mention", True) is not False
        message = _post(world, user, thread, wish, quoted, mention=mention)
        exchange, reason = _exchange(world, user, group, message, quoted, mention=mention)
    if exchange is None:
        return {"msgid": message.id, "status": None, "answer": None, "delivered": False, "reason": reason}
    exchange.repeat = max(1, whole_number(wish, "repeat", 1))
    exchange.parallel = wish.get("repeat_mode") == "parallel"
    return {"msgid": message.id, **run(world, exchange)}


def _quoted(world: World, user: User, quote: object) -> Quoted:
    if not quote:
        return None
    if isinstance(quote, str):
        return message_of(world, user, quote)
    if not isinstance(quote, dict):
        raise BadWish("quote 应为消息编号，或 {text} / {file}")
    if "text" in quote:
        return str(quote["text"])
    return message_of(world, user, quote["id"]) if "id" in quote else file_of(world, quote.get("file"))


def _post(world: World, user: User, thread: str, wish: Json, quoted: Quoted, *, mention: bool) -> Message:
    kind, body = _content(world, wish)
    if kind in ONLY_FOR_THE_APP and not thread.startswith("app/"):
        raise BadWish("位置和链接只能发给应用，机器人收不到")
    if thread.startswith("app/"):
        message_id = str(world.new_number())
        quoted = None  # the app's chat knows no quotes
    else:
        message_id = world.new_id("m")
    if mention:
        body["mentioned"] = world.settings.bot_name
    return world.post(user.userid, kind, body, [thread], id=message_id, quoted=_above(world, quoted))


def _above(world: World, quoted: Quoted) -> Json | None:
    if quoted is None:
        return None
    if isinstance(quoted, Message):
        return quoted_of(world, quoted)
    words = f"[文件] {quoted.name}" if isinstance(quoted, StoredFile) else quoted
    return {"id": "", "from_name": "", "text": words}


def _content(world: World, wish: Json) -> tuple[str, Json]:
    text = wish.get("text") or ""
    if not isinstance(text, str):
        raise BadWish("text 应为文字")
    file = file_of(world, wish.get("file"))
    for kind in ("location", "link", "voice"):
        if kind in wish:
            return kind, _special(wish[kind])
    if file is None:
        if not text.strip():
            raise BadWish("没有内容")
        return "text", {"text": text}
    if not text:
        return file.kind, {"name": file.name, "size": len(file.data), "file": file.id}
    if file.kind != "image":
        raise BadWish("一条消息里不能同时有文字和文件，请分开发")
    return "mixed", {"items": [{"text": text}, {"file": file.id, "name": file.name}], "text": text}


def _special(part: object) -> Json:
    """{"text"} of a voice, {"latitude", "longitude", "label"} of a place, {"title", "url"} of a link."""
    if not isinstance(part, dict):
        raise BadWish("voice、location、link 应为对象")
    return {str(name): str(value) for name, value in part.items()}


def _exchange(
    world: World, user: User, group: Group | None, message: Message, quoted: Quoted,
    *, mention: bool,
) -> tuple[Exchange | None, str]:  # fmt: skip
    """What is sent to the product; or None and why it hears nothing."""
    thread = message.threads[0]
    if thread.startswith("app/"):
        plain = message_xml(world, user.userid, message)
        if plain is None:
            return None, "应用收不到文件，请发给机器人"
        return Exchange("app", user.userid, plain), ""
    if group:
        silent = _unheard(group, message, mention=mention)
        if silent:
            return None, silent
    fields = bot_json.head(world, user.userid, group, message.id)
    fields["response_url"] = bot_json.response_url(world, thread, message.id)
    prefix = f"@{world.settings.bot_name} " if group else ""
    if message.body.get("text", "").startswith(prefix.strip()):
        prefix = ""
    fields |= bot_json.content(world, message, prefix)
    quote = bot_json.quote(world, quoted, in_group=group is not None) if quoted else None
    if quote:
        fields["quote"] = quote
    plain = json.dumps(fields, ensure_ascii=False)
    return Exchange("bot", user.userid, plain, Occasion("message", thread)), ""


def _unheard(group: Group, message: Message, *, mention: bool) -> str:
    if not group.bot:
        return "机器人不在这个群里"
    if not mention:
        return "没有 @ 机器人，机器人收不到"
    if message.kind in HEARD_IN_GROUPS:
        return ""
    return f"机器人在群里收不到{summary(message)[:4]}，请引用它并 @ 机器人"
