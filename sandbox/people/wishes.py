"""What a control call asks for, read from JSON; a wish that cannot be is refused in Chinese words."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from sandbox.files import StoredFile, kind_of
from sandbox.limits import MB
from sandbox.messages import Message
from sandbox.tenant import Group, User
from sandbox.world import World

Json = dict[str, Any]
BIGGEST_FILE = 100 * MB


class BadWish(Exception):
    """Something a phone would not let you do. The text is for people."""


def person(world: World, body: Json) -> User:
    user = world.tenant.user(str(body.get("user", "")))
    if user is None:
        raise BadWish("没有这个成员")
    return user


def chat_of(world: World, body: Json, user: User) -> tuple[str, Group | None]:
    """The thread and, for a group, the group."""
    chat = str(body.get("chat", ""))
    thread = world.thread_of(user.userid, chat)
    if thread is None:
        raise BadWish("没有这个会话，或者此人不在群里")
    return thread, None if chat in ("app", "bot") else world.tenant.group(chat)


def message_of(world: World, user: User, message_id: object) -> Message:
    message = world.feed.get(str(message_id))
    if message is None or not world.sees(user.userid, message):
        raise BadWish("此人看不到这条消息")
    return message


def file_of(world: World, part: object) -> StoredFile | None:
    """{"name", "text"} or {"name", "base64"}."""
    if part is None:
        return None
    if not isinstance(part, dict) or not isinstance(part.get("name"), str) or not part["name"]:
        raise BadWish("文件要有 name")
    try:
        coded = part.get("base64", "")
        data = part["text"].encode() if "text" in part else base64.b64decode(coded, validate=True)
    except (binascii.Error, AttributeError, TypeError):
        raise BadWish("文件内容要用 base64 或 text 给出") from None
    if not 0 < len(data) <= BIGGEST_FILE:
        raise BadWish("文件是空的，或者超过 100 MB")
    return world.files.keep(part["name"], data, kind=kind_of(part["name"]), now=world.now())


def whole_number(body: Json, name: str, default: int) -> int:
    value = body.get(name, default)
    if not isinstance(value, int) or value < 0:
        raise BadWish(f"{name} 应为非负整数")
    return value
