"""Tokens, people, departments, logins, the app's menu, the platform's addresses."""

from __future__ import annotations

from typing import Any

from sandbox.api.call import OK, Call, Json
from sandbox.limits import RULES, Refused, must_fit
from sandbox.world import World

MENU_TYPES = (
    "click", "view", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin",
    "location_select", "view_miniprogram",
)  # fmt: skip


def get_token(world: World, call: Call) -> Json:
    if call.query.get("corpid") != world.settings.corp_id:
        raise Refused("corp_id")
    if call.query.get("corpsecret") != world.settings.secret:
        raise Refused("secret")
    token, left = world.codes.token(world.now())
    return {**OK, "access_token": token, "expires_in": left}


def get_user(world: World, call: Call) -> Json:
    userid = call.query.get("userid", "")
    if not userid:
        raise Refused("userid")
    user = world.tenant.user(userid)
    if user is None:
        raise Refused("user_unknown")
    return {
        **OK, "userid": user.userid, "name": user.name, "department": [user.department], "order": [0],
        "position": user.position, "is_leader_in_dept": [0], "direct_leader": [], "status": 1,
        "main_department": user.department, "alias": "", "extattr": {"attrs": []},
    }  # fmt: skip


def old_userinfo(world: World, call: Call) -> Json:
    userid = world.codes.person_of_login(call.query.get("code", ""), world.now())
    return {**OK, "UserId": userid, "DeviceId": ""}


def userinfo(world: World, call: Call) -> Json:
    if world.switches["old_userinfo_only"]:
        raise Refused("userinfo_right")
    return {**OK, "userid": world.codes.person_of_login(call.query.get("code", ""), world.now())}


def departments(world: World, call: Call) -> Json:
    rows = world.tenant.departments
    wanted = call.query.get("id", "")
    if wanted:
        if wanted not in {str(row.id) for row in rows}:
            raise Refused("department")
        below = {int(wanted)}
        while more := {row.id for row in rows if row.parent in below} - below:
            below |= more
        rows = [row for row in rows if row.id in below]
    shown = [
        {"id": r.id, "name": r.name, "name_en": "", "department_leader": [], "parentid": r.parent, "order": 1}
        for r in rows
    ]
    return {**OK, "department": shown}


def callback_ips(_world: World, _call: Call) -> Json:
    return {**OK, "ip_list": ["127.0.0.1"]}


# ---------------------------------------------------------------- menu


def create_menu(world: World, call: Call) -> Json:
    _check_agent(world, call)
    buttons = _entries(call.body.get("button"), "menu_buttons")
    for button in buttons:
        if button.get("sub_button"):
            must_fit("menu_name", _named(button, "menu_name"))
            for entry in _entries(button["sub_button"], "menu_sub_buttons", most=5):
                _check_entry(entry, "menu_sub_name")
        else:
            _check_entry(button, "menu_name")
    world.menu = {"button": buttons}
    return OK


def get_menu(world: World, call: Call) -> Json:
    _check_agent(world, call)
    return {**OK, **(world.menu or {"button": []})}


def delete_menu(world: World, call: Call) -> Json:
    _check_agent(world, call)
    world.menu = None
    return OK


def _check_agent(world: World, call: Call) -> None:
    if call.query.get("agentid") != str(world.settings.agent_id):
        raise Refused("agent_id")


def _entries(value: Any, rule: str, most: int = 3) -> list[Json]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise Refused(rule)
    if not all(isinstance(entry, dict) for entry in value):
        raise Refused(rule)
    return value


def _named(entry: Json, rule: str) -> str:
    name = entry.get("name")
    if not isinstance(name, str) or not name:
        raise Refused(rule)
    return name


def _check_entry(entry: Json, name_rule: str) -> None:
    must_fit(name_rule, _named(entry, name_rule))
    kind = entry.get("type")
    if kind not in MENU_TYPES:
        raise Refused("menu_type")
    target, rule = ("url", "menu_url") if kind == "view" else ("key", "menu_key")
    if kind == "view_miniprogram":
        target, rule = "pagepath", "menu_url"
    value = entry.get(target)
    if not isinstance(value, str) or not 0 < len(value.encode()) <= RULES[rule].most:
        raise Refused(rule)
