"""The AI bot's callbacks as JSON: messages, quotes, events, stream refreshes."""

from __future__ import annotations

from typing import Any

from sandbox.files import StoredFile
from sandbox.messages import Message, chat_of
from sandbox.tenant import Group
from sandbox.views import summary
from sandbox.world import World

Json = dict[str, Any]
FILES = ("image", "file", "video")
# Where a chat id came with dirt in it, the dirt was not always the same.
DIRT = ("\u0007{}", "{}\u0000", "{}\u001f\u0002")


def head(world: World, userid: str, group: Group | None, msgid: str) -> Json:
    fields: Json = {} if world.switches["missing_msgid"] else {"msgid": msgid}
    fields["aibotid"] = world.settings.bot_id
    if group:
        fields["chatid"] = _chat_id(world, group)
    return {**fields, "chattype": "group" if group else "single", "from": {"userid": userid}}


def _chat_id(world: World, group: Group) -> str:
    chat = group.bot_chat or ""
    if world.switches["chat_ids_equal"]:
        chat = group.chat or chat
    if world.switches["dirty_chat_id"]:
        return DIRT[world.feed.version % len(DIRT)].format(chat)
    return chat


def response_url(world: World, thread: str, msgid: str) -> str:
    group = thread.startswith("group/")
    code = world.codes.bot_url(thread, world.now(), group=group, quotes=msgid)
    return f"{world.settings.public_url}/cgi-bin/aibot/response?response_code={code}"


def content(world: World, message: Message, prefix: str) -> Json:
    """`prefix`: the mention that opens the words in a group."""
    body = message.body
    if message.kind == "mixed":
        items = [_item(world, item, prefix) for item in body["items"]]
        return {"msgtype": "mixed", "mixed": {"msg_item": items}}
    if message.kind in FILES:
        return {"msgtype": message.kind, message.kind: {"url": file_url(world, body["file"])}}
    if message.kind == "voice":
        return {"msgtype": "voice", "voice": {"content": body["text"]}}
    return {"msgtype": "text", "text": {"content": prefix + body["text"]}}


def _item(world: World, item: Json, prefix: str) -> Json:
    if "text" in item:
        return {"msgtype": "text", "text": {"content": prefix + item["text"]}}
    return {"msgtype": "image", "image": {"url": file_url(world, item["file"])}}


def file_url(world: World, file_id: str) -> str:
    file = world.files.get(file_id)
    ticket = world.files.ticket(file, world.now()) if file else ""
    return f"{world.settings.public_url}/sandbox/cos/{ticket}"


def quote(world: World, quoted: Message | StoredFile | str, *, in_group: bool) -> Json | None:
    """The quote of a message, or of words or a file that were never posted. None: not passed on."""
    if isinstance(quoted, str):
        return {"msgtype": "text", "text": {"content": quoted}}
    kind = quoted.kind
    if kind in FILES and in_group and world.switches["no_quote_file_in_group"]:
        return None
    if isinstance(quoted, StoredFile):
        return {"msgtype": kind, kind: {"url": file_url(world, quoted.id)}}
    if kind in (*FILES, "mixed"):
        return content(world, quoted, "")
    if kind == "voice":
        return {"msgtype": "voice", "voice": {"content": quoted.body.get("text", "")}}
    return {"msgtype": "text", "text": {"content": quoted.body.get("text") or summary(quoted)}}


def event(world: World, base: Json, name: str, details: Json) -> Json:
    return {
        **base, "create_time": int(world.now()), "msgtype": "event",
        "event": {"eventtype": name, **({name: details} if details else {})},
    }  # fmt: skip


def selected_items(selected: dict[str, list[str]]) -> Json:
    rows = [{"question_key": key, "option_ids": {"option_id": ids}} for key, ids in selected.items()]
    return {"selected_items": {"selected_item": rows}} if rows else {}


def refresh(world: World, userid: str, stream: Message) -> Json:
    with world.lock:
        chat = chat_of(stream.threads[0])
        group = world.tenant.group(chat) if chat != "bot" else None
        base = head(world, userid, group, world.new_id("s"))
    return {**base, "msgtype": "stream", "stream": {"id": stream.stream_id}}
