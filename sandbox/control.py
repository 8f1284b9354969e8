"""The control API of the sandbox: look at it, talk in it, move its clock, break it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from sandbox.api.media import disposition
from sandbox.callbacks.post import verify_url
from sandbox.calls import Fault
from sandbox.clock import iso
from sandbox.people.groups import change_members, chat_row
from sandbox.people.say import say
from sandbox.people.tap import happen, tap
from sandbox.people.wishes import BadWish, person, whole_number
from sandbox.switches import SWITCHES
from sandbox.views import view
from sandbox.world import World

Json = dict[str, Any]
WEEKDAYS = "一二三四五六日"


def blueprint(world: World) -> Blueprint:
    doors = Blueprint("control", __name__, url_prefix="/sandbox")
    for name, look in LOOKS.items():
        doors.add_url_rule(f"/{name}", f"look_{name}", _look(world, look), methods=["GET"])
    for name, act in ACTS.items():
        doors.add_url_rule(f"/{name}", f"act_{name}", _act(world, act), methods=["POST"])
    doors.add_url_rule("/file/<file_id>", "file", lambda file_id: _file(world, file_id))
    return doors


def _look(world: World, look: Callable[[World], Any]) -> Callable[[], AnyResponse]:
    return lambda: _told(lambda: look(world))


def _act(world: World, act: Callable[[World, Json], Any]) -> Callable[[], AnyResponse]:
    def answer() -> AnyResponse:
        wish = request.get_json(force=True, silent=True)
        return _told(lambda: act(world, wish if isinstance(wish, dict) else {}))

    return answer


def _told(what: Callable[[], Any]) -> AnyResponse:
    try:
        return jsonify(what())
    except BadWish as bad:
        response = jsonify({"error": str(bad)})
        response.status_code = 400
        return response


# ---------------------------------------------------------------- looking


def state(world: World) -> Json:
    with world.lock:
        return {
            **_time(world),
            "epoch": world.epoch,
            "version": world.feed.version,
            "bot_name": world.settings.bot_name,
            "users": [
                {"userid": u.userid, "name": u.name, "position": u.position, "kind": u.kind}
                for u in world.tenant.users.values()
            ],
            "chats": [chat_row(group) for group in world.tenant.groups],
            "menu": (world.menu or {}).get("button", []),
            "switches": world.switches.listed(),
            "faults": world.faults.shown(),
            "callbacks": world.verified,
        }


def _time(world: World) -> Json:
    moment = world.clock.moment()
    return {
        "now": moment.isoformat(timespec="seconds"), "offset": world.clock.offset,
        "weekday": f"星期{WEEKDAYS[moment.weekday()]}",
    }  # fmt: skip


def shown_log(world: World) -> list[Json]:
    """?since=N &path=/cgi-bin/… &last=N"""
    args = request.args
    since, last = args.get("since", 0, int), args.get("last", 0, int)
    return world.log.shown(since=since, path=args.get("path", ""), last=last)


def history(world: World) -> list[Json]:
    """?user=U&chat=app|bot|<chatid>: what this person sees there, oldest first."""
    with world.lock:
        user = person(world, {"user": request.args.get("user")})
        thread = world.thread_of(user.userid, request.args.get("chat", ""))
        if thread is None:
            raise BadWish("没有这个会话，或者此人不在群里")
        messages = world.feed.thread(thread)
        return [view(world, m, user.userid) for m in messages if user.userid not in m.unseen]


def _file(world: World, file_id: str) -> AnyResponse:
    file = world.files.get(file_id)
    if file is None:
        abort(404)
    headers = {"X-Content-Type-Options": "nosniff"}
    if file.kind == "file":
        headers["Content-Disposition"] = disposition(file.name)
    return Response(file.data, headers=headers, content_type=file.content_type)


# ---------------------------------------------------------------- acting


def move_clock(world: World, wish: Json) -> Json:
    """{now: ISO} or {advance: seconds}."""
    with world.lock:
        if isinstance(wish.get("advance"), int | float):
            world.clock.move_to(world.clock.moment() + timedelta(seconds=wish["advance"]))
            return _time(world)
        try:
            world.clock.move_to(datetime.fromisoformat(str(wish.get("now", ""))))
        except ValueError:
            raise BadWish("now 应为 ISO 时间，例如 2026-09-18T16:20:00+08:00") from None
        return _time(world)


def turn_switch(world: World, wish: Json) -> Json:
    name, on = str(wish.get("name", "")), wish.get("on")
    if name not in SWITCHES or not isinstance(on, bool):
        raise BadWish("没有这个开关，或者 on 不是 true/false")
    with world.lock:
        world.switches.turn(name, on=on)
        return {"switches": world.switches.listed()}


def put_fault(world: World, wish: Json) -> list[Json]:
    path = str(wish.get("path", ""))
    if not path:
        raise BadWish("path 应为接口路径，或者 *")
    if not path.startswith(("/", "*")):
        path = f"/cgi-bin/{path}"
    fault = Fault(
        path=path,
        times=whole_number(wish, "times", 1),
        errcode=_number(wish, "errcode"),
        status=_number(wish, "status"),
        delay=float(_number(wish, "delay") or 0),
        cut=wish.get("cut") is True,
        when=str(wish.get("when", "")),
    )
    world.faults.put(fault)
    return world.faults.shown()


def _number(wish: Json, name: str) -> Any:
    value = wish.get(name)
    if value is not None and not isinstance(value, int | float):
        raise BadWish(f"{name} 应为数字")
    return value


def reset(world: World, _wish: Json) -> Json:
    world.reset()
    return state(world)


def verify_callbacks(world: World, _wish: Json) -> Json:
    """Both doors, as when an administrator saves the addresses."""
    found = {door: {**verify_url(world, door), "at": iso(world.now())} for door in ("app", "bot")}
    with world.lock:
        world.verified = found
    return found


LOOKS: dict[str, Callable[[World], Any]] = {
    "state": state,
    "log": shown_log,
    "history": history,
    "fault": lambda world: world.faults.shown(),
}
ACTS: dict[str, Callable[[World, Json], Any]] = {
    "say": say,
    "tap": tap,
    "event": happen,
    "members": change_members,
    "fault": put_fault,
    "clock": move_clock,
    "switch": turn_switch,
    "reset": reset,
    "verify_callbacks": verify_callbacks,
}
