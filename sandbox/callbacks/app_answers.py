"""Passive answers of the app: XML, legal or thrown away."""

from __future__ import annotations

import re
from typing import Any

from sandbox.callbacks.post import IllegalAnswer
from sandbox.callbacks.xml import as_list
from sandbox.cards import check_card
from sandbox.content import app_card_rules
from sandbox.limits import CUT, Refused, size
from sandbox.messages import APP, Face, Message, app_thread
from sandbox.world import World

Json = dict[str, Any]
LISTS = (
    "horizontal_content_list", "jump_list", "vertical_content_list", "button_list", "select_list",
    "option_list", "action_list",
)  # fmt: skip
RENAMED = {"check_box": "checkbox", "key_name": "keyname", "user_id": "userid", "app_id": "appid"}
NUMBERS = ("type", "style", "desc_color", "mode")
FLAGS = ("disable", "is_checked")
HUMP = re.compile(r"(?<!^)(?=[A-Z])")


def accept(world: World, userid: str, answer: Json, *, clicked: Message | None) -> None:
    """Shows the answer to this person. Raises IllegalAnswer. `clicked`: the card that was tapped."""
    if answer.get("ToUserName", "").lower() != userid.lower():
        raise IllegalAnswer("ToUserName is not the sender")
    if answer.get("FromUserName") != world.settings.corp_id:
        raise IllegalAnswer("FromUserName is not the corp")
    kind = answer.get("MsgType", "")
    if kind in ("update_button", "update_template_card"):
        if clicked is None:
            raise IllegalAnswer(f"{kind} answers a card's event only")
        _update(world, userid, answer, clicked)
        return
    shown_as, body = _message(world, kind, answer)
    world.post(APP, shown_as, body, [app_thread(userid)])


def _message(world: World, kind: str, answer: Json) -> tuple[str, Json]:
    if kind == "text":
        content = answer.get("Content", "")
        if not content.strip():
            raise IllegalAnswer("empty text")
        if size(content) > CUT["text"]:
            raise IllegalAnswer("text longer than 2048 bytes")
        return "text", {"text": content, "mentions": []}
    if kind in ("image", "voice", "video"):
        part = answer.get(kind.capitalize())
        media_id = part.get("MediaId", "") if isinstance(part, dict) else ""
        file = world.files.media(media_id, world.now())
        if file is None:
            raise IllegalAnswer("media_id invalid")
        return kind, {"name": file.name, "size": len(file.data), "file": file.id}
    if kind == "news":
        return "news", {"articles": _articles(answer)}
    raise IllegalAnswer("MsgType unknown")


def _articles(answer: Json) -> list[Json]:
    part = answer.get("Articles")
    items = as_list(part.get("item")) if isinstance(part, dict) else []
    if not 1 <= len(items) <= 8 or not all(isinstance(item, dict) and item.get("Title") for item in items):
        raise IllegalAnswer("news: 1 to 8 articles with a title")
    return [
        {"title": i["Title"], "description": i.get("Description", ""), "url": i.get("Url", "")} for i in items
    ]


def _update(world: World, userid: str, answer: Json, clicked: Message) -> None:
    shown = clicked.face(userid)
    if shown is None:
        raise IllegalAnswer("no card to update")
    if answer["MsgType"] == "update_button":
        button = answer.get("Button")
        name = button.get("ReplaceName", "") if isinstance(button, dict) else ""
        if not name:
            raise IllegalAnswer("Button.ReplaceName missing")
        clicked.faces[userid] = Face(shown.card, name)
    else:
        card = snake(answer.get("TemplateCard"))
        try:
            check_card(card, app_card_rules(world, new=False))
        except Refused as refused:
            raise IllegalAnswer(f"TemplateCard: {refused.answer['errmsg']}") from None
        clicked.faces[userid] = Face(card, card.get("replace_text"))
    world.feed.changed(clicked)


def snake(value: Any) -> Any:
    """TemplateCard with the names and types of message/send."""
    if not isinstance(value, dict):
        return value
    found: Json = {}
    for hump, inner in value.items():
        name = HUMP.sub("_", hump).lower()
        name = RENAMED.get(name, name)
        rows = [snake(one) for one in as_list(inner)]
        found[name] = rows if name in LISTS else _typed(name, snake(inner))
    return found


def _typed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in NUMBERS and value.isdigit():
        return int(value)
    if name == "aspect_ratio":
        try:
            return float(value)
        except ValueError:
            return value
    return value in ("true", "1") if name in FLAGS else value
