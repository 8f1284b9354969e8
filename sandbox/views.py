"""What one person sees of a message: plain JSON for the page and for /sandbox/history."""

from __future__ import annotations

import re
from typing import Any

from sandbox.cards import INTERACTIVE
from sandbox.clock import iso
from sandbox.messages import APP, BOT, SYSTEM, WEBHOOK, Face, Message
from sandbox.world import World

Json = dict[str, Any]
MENTION = re.compile(r"<@([0-9A-Za-z_@.-]+)>")
KIND_NAMES = {
    "file": "文件", "image": "图片", "voice": "语音", "video": "视频", "card": "卡片", "textcard": "卡片",
    "news": "图文", "mixed": "图文", "location": "位置", "link": "链接",
}  # fmt: skip


def view(world: World, message: Message, userid: str) -> Json:
    shown: Json = {
        "id": message.id, "n": message.n, "from": message.sender,
        "from_name": sender_name(world, message.sender), "at": iso(message.at),
        "kind": message.kind, "quoted": message.quoted, "recalled": message.recalled,
    }  # fmt: skip
    if message.recalled:
        return {**shown, "text": "消息已撤回"}
    if message.hidden:
        return {**shown, "hidden": True, "text": "[当前版本不支持查看此消息]", "buttons": []}
    if message.kind == "card":
        face = message.face(userid)
        return {**shown, **faces_view(face)} if face else shown
    body = {**message.body}
    if "text" in body:
        body["text"] = _mentions(world, body["text"], message)
    if message.feedback_id:
        shown["feedback"] = message.feedback_id
    return {**shown, **body}


def sender_name(world: World, sender: str) -> str:
    names = {APP: "帮办代办", BOT: world.settings.bot_name, WEBHOOK: "群消息推送", SYSTEM: ""}
    return names.get(sender, world.name_of(sender))


def _mentions(world: World, text: str, message: Message) -> str:
    if world.switches["no_mention_markup"] or message.single:
        return text
    named = MENTION.sub(lambda found: f"@{world.name_of(found[1])} ", text)
    extra = [m for m in message.body.get("mentions", []) if f"<@{m}>" not in text]
    called = "".join(f" @{'所有人' if m == '@all' else world.name_of(m)}" for m in extra)
    return named + called


def faces_view(face: Face) -> Json:
    """`state`: active while its buttons can be tapped, replaced after, plain for a card without."""
    card = face.card
    interactive = card["card_type"] in INTERACTIVE
    state = "replaced" if face.replaced and interactive else "active" if interactive else "plain"
    return {
        "card": card,
        "state": state,
        "state_text": face.replaced or "",
        "buttons": buttons_of(card, disabled=state == "replaced"),
        "selects": selects_of(card, disabled=state == "replaced"),
        "menu": [] if state == "replaced" else (card.get("action_menu") or {}).get("action_list", []),
    }


def receivers(world: World, message: Message) -> list[str]:
    """Of a card in a chat of one's own; nobody's by name in a group."""
    return [user for user in world.tenant.users if message.single and world.sees(user, message)]


def buttons_of(card: Json, *, disabled: bool) -> list[Json]:
    rows = list(card.get("button_list") or [])
    if card.get("submit_button"):
        rows.append(card["submit_button"])
    return [
        {
            "key": row.get("key", ""), "text": row["text"], "style": row.get("style", 1),
            "disabled": disabled, "url": row.get("url", "") if row.get("type") == 1 else "",
        }
        for row in rows
    ]  # fmt: skip


def selects_of(card: Json, *, disabled: bool) -> list[Json]:
    """Every question of a card in one form: `many` is a check list."""
    questions = [
        *([card["button_selection"]] if card.get("button_selection") else []),
        *(card.get("select_list") or []),
        *([card["checkbox"]] if card.get("checkbox") else []),
    ]
    return [
        {
            "question_key": row["question_key"], "title": row.get("title", ""),
            "kind": "check" if row is card.get("checkbox") else "drop", "many": row.get("mode", 0) == 1,
            "options": row["option_list"], "selected": _preset(row),
            "disabled": disabled or bool(row.get("disable")),
        }
        for row in questions
    ]  # fmt: skip


def _preset(question: Json) -> list[str]:
    if question.get("selected_id"):
        return [question["selected_id"]]
    return [option["id"] for option in question["option_list"] if option.get("is_checked")]


def quoted_of(world: World, message: Message) -> Json:
    """The few words shown above an answer."""
    return {"id": message.id, "from_name": sender_name(world, message.sender), "text": summary(message)}


def summary(message: Message) -> str:
    if message.recalled:
        return "消息已撤回"
    body = message.body
    words = body.get("text") or body.get("title") or body.get("name") or body.get("label") or ""
    if message.kind == "card":
        card = body["card"]
        words = (card.get("main_title") or {}).get("title") or card.get("sub_title_text") or ""
    label = KIND_NAMES.get(message.kind)
    return f"[{label}] {words}" if label else words
