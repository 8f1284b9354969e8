"""The page with the phones: its files, and what it asks for every second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, send_from_directory

from sandbox.clock import summary_time
from sandbox.control import state
from sandbox.frame import phone_url
from sandbox.messages import chat_of
from sandbox.views import faces_view, receivers, summary, view
from sandbox.world import World

Json = dict[str, Any]
MOST_AT_ONCE = 400
STATIC = Path(__file__).parent / "static"


def page_blueprint(world: World) -> Blueprint:
    doors = Blueprint("page", __name__)

    def asset(name: str) -> Response:
        return send_from_directory(STATIC, name, max_age=0)

    doors.add_url_rule("/", "home", lambda: render_template("page.html"))
    doors.add_url_rule("/static/<name>", "asset", asset)
    doors.add_url_rule("/sandbox/cards", "cards", lambda: render_template("cards.html"))
    doors.add_url_rule("/sandbox/cards/list", "cards_list", lambda: jsonify(cards(world)))
    doors.add_url_rule("/sandbox/view", "view", lambda: jsonify(news(world)))
    doors.add_url_rule("/sandbox/open", "open", lambda: jsonify(address(world)))
    return doors


def news(world: World) -> Json:
    """?since=N&epoch=E&users=a,b: everything that changed for these people. An older epoch starts over."""
    with world.lock:
        since = request.args.get("since", 0, int)
        if request.args.get("epoch", 0, int) != world.epoch:
            since = 0
        changed = world.feed.since(since)
        people = [world.tenant.user(name) for name in request.args.get("users", "").split(",")]
        return {
            **state(world),
            "weekly": summary_time(world.clock.moment()).isoformat(),
            "phones": {user.userid: _phone(world, user.userid, changed) for user in people if user},
        }


def cards(world: World) -> list[Json]:
    """Every card there was, each with all its states; of those sent to several people once."""
    with world.lock:
        found = [one for one in world.feed.since(0) if one.kind == "card" and one.past]
        unique = list({one.id: one for one in found}.values())
        return [
            {
                "to": "、".join(world.name_of(user) for user in receivers(world, one)),
                "chat": chat_of(one.threads[0]),
                "states": [faces_view(face) for face in one.past],
            }
            for one in unique
        ]


def _phone(world: World, userid: str, changed: list[Any]) -> Json:
    own = world.threads_of(userid)
    messages = []
    for message in changed:
        here = [thread for thread in message.threads if thread in own]
        if here and userid not in message.unseen:
            shown = view(world, message, userid)
            messages.append({**shown, "chat": chat_of(here[0]), "summary": summary(message)})
    return {"chats": [chat_of(thread) for thread in own], "messages": messages[-MOST_AT_ONCE:]}


def address(world: World) -> Json:
    """?user=U&url=…: where a link opens inside this person's phone."""
    return {"url": phone_url(world, request.args.get("user", ""), request.args.get("url", ""))}
