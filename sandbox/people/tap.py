"""Somebody taps a card, opens a chat, taps the app's menu, or gives a thumb."""

from __future__ import annotations

import json
from typing import Any

from sandbox.callbacks.bot_answers import Occasion
from sandbox.callbacks.xml import as_list
from sandbox.messages import BOT, Message, app_thread, bot_thread
from sandbox.messages import chat_of as chat_name
from sandbox.people import app_xml, bot_json
from sandbox.people.exchange import Exchange, run
from sandbox.people.wishes import BadWish, message_of, person, whole_number
from sandbox.tenant import User
from sandbox.views import view
from sandbox.world import World

Json = dict[str, Any]


def tap(world: World, wish: Json) -> Json:
    with world.lock:
        user = person(world, wish)
        message = message_of(world, user, wish.get("message"))
        shown = view(world, message, user.userid)
        key = str(wish.get("key", ""))
        button, menu = _button(shown, key)
        if button.get("url"):
            return {"status": None, "answer": None, "delivered": False, "url": button["url"]}
        selected = {} if menu else _selected(shown, wish.get("selected") or {})
        make = _bot_click if message.sender == BOT else _app_click
        exchange = make(world, user, message, key, selected, menu=menu)
    exchange.repeat = max(1, whole_number(wish, "repeat", 1))
    exchange.parallel = wish.get("repeat_mode") == "parallel"
    return run(world, exchange)


def _button(shown: Json, key: str) -> tuple[Json, bool]:
    for button in shown.get("buttons") or []:
        if button["key"] == key and not button["disabled"]:
            return button, False
    for action in shown.get("menu") or []:
        if action["key"] == key:
            return action, True
    raise BadWish("这张卡片上没有这个按钮，或者已经不能点")


def _selected(shown: Json, wanted: Json) -> dict[str, list[str]]:
    """What is chosen for each question: the wish, else what the card had chosen beforehand."""
    chosen = {}
    for question in shown["selects"]:
        key = question["question_key"]
        known = [option["id"] for option in question["options"]]
        ids = as_list(wanted.get(key, question["selected"]))
        single = question["kind"] == "drop" or not question["many"]
        if any(one not in known for one in ids) or (single and len(ids) > 1):
            raise BadWish("没有这个选项，或者只能选一项")
        if ids:
            chosen[key] = ids
    if set(wanted) - {question["question_key"] for question in shown["selects"]}:
        raise BadWish("卡片上没有这个问题")
    return chosen


def _app_click(
    world: World, user: User, message: Message, key: str, selected: dict[str, list[str]], *, menu: bool
) -> Exchange:
    face = message.face(user.userid)
    card = face.card if face else message.body["card"]
    details = {
        "EventKey": key, "TaskId": card.get("task_id") or message.body["card"].get("task_id", ""),
        "CardType": card["card_type"], "ResponseCode": world.codes.response(message.id, world.now()),
    }  # fmt: skip
    name = "template_card_menu_event" if menu else "template_card_event"
    plain = app_xml.event_xml(world, user.userid, name, {**details, **app_xml.selected_items(selected)})
    return Exchange("app", user.userid, plain, clicked=message, is_event=True)


def _bot_click(
    world: World, user: User, message: Message, key: str, selected: dict[str, list[str]], *, menu: bool
) -> Exchange:
    thread = message.threads[0]
    chat = chat_name(thread)
    group = world.tenant.group(chat) if chat != "bot" else None
    face = message.face(user.userid)
    card = face.card if face else message.body["card"]
    base = bot_json.head(world, user.userid, group, world.new_id("e"))
    base["response_url"] = bot_json.response_url(world, thread, message.id)
    task_id = card.get("task_id", "")
    details = {"card_type": card["card_type"], "event_key": key, "task_id": task_id}
    if not menu:
        details |= bot_json.selected_items(selected)
    fields = bot_json.event(world, base, "template_card_event", details)
    occasion = Occasion("card", thread, clicked=message, task_id=task_id)
    plain = json.dumps(fields, ensure_ascii=False)
    # A click on a bot's card is pushed once, whatever comes back.
    return Exchange("bot", user.userid, plain, occasion, is_event=True, tries=1)


# ---------------------------------------------------------------- other events


def happen(world: World, wish: Json) -> Json:
    """POST /sandbox/event {user, event: enter_chat|enter_agent|click|view|feedback|subscribe, …}."""
    with world.lock:
        user = person(world, wish)
        name = str(wish.get("event", ""))
        if name not in EVENTS:
            raise BadWish("没有这种事件")
        exchange = EVENTS[name](world, user, wish)
    if exchange is None:
        return {"status": None, "answer": None, "delivered": False, "reason": "今天已经推送过"}
    return run(world, exchange)


def _enter_chat(world: World, user: User, _wish: Json) -> Exchange | None:
    """Only the first entry of the day is told."""
    today = (user.userid, world.clock.moment().date().isoformat())
    if today in world.entered:
        return None
    world.entered.add(today)
    base = bot_json.head(world, user.userid, None, world.new_id("e"))
    fields = bot_json.event(world, base, "enter_chat", {})
    occasion = Occasion("enter_chat", bot_thread(user.userid))
    plain = json.dumps(fields, ensure_ascii=False)
    return Exchange("bot", user.userid, plain, occasion, is_event=True)


def _feedback(world: World, user: User, wish: Json) -> Exchange | None:
    message = message_of(world, user, wish.get("message"))
    if not message.feedback_id:
        raise BadWish("这条回答不能评价")
    details: Json = {"id": message.feedback_id, "type": whole_number(wish, "type", 1)}
    if details["type"] == 2:
        details |= {
            "content": str(wish.get("content", "")),
            "inaccurate_reason_list": list(wish.get("reasons") or [2]),
        }
    thread = message.threads[0]
    group = world.tenant.group(chat_name(thread)) if thread.startswith("group/") else None
    base = bot_json.head(world, user.userid, group, world.new_id("e"))
    plain = json.dumps(bot_json.event(world, base, "feedback_event", details), ensure_ascii=False)
    return Exchange("bot", user.userid, plain, Occasion("feedback", thread), is_event=True)


def _app_event(world: World, user: User, wish: Json) -> Exchange | None:
    name = str(wish["event"])
    details: Json = {"EventKey": str(wish.get("key", ""))}
    if name in ("click", "view") and not _in_menu(world, name, details["EventKey"]):
        raise BadWish("应用菜单里没有这一项")
    if name == "click":
        words = _menu_name(world, details["EventKey"])
        world.post(user.userid, "menu", {"text": words}, [app_thread(user.userid)])
    return Exchange("app", user.userid, app_xml.event_xml(world, user.userid, name, details), is_event=True)


def menu_entries(world: World) -> list[Json]:
    top = (world.menu or {}).get("button", [])
    return [entry for button in top for entry in (button.get("sub_button") or [button])]


def _in_menu(world: World, kind: str, target: str) -> bool:
    return any(e["type"] == kind and target in (e.get("key"), e.get("url")) for e in menu_entries(world))


def _menu_name(world: World, key: str) -> str:
    return next((str(e["name"]) for e in menu_entries(world) if e.get("key") == key), key)


EVENTS = {
    "enter_chat": _enter_chat,
    "feedback": _feedback,
    "enter_agent": _app_event,
    "click": _app_event,
    "view": _app_event,
    "subscribe": _app_event,
    "unsubscribe": _app_event,
}
