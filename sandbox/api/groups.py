"""appchat/*: groups the app made; webhook/send: a group's own push address."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from typing import Any

from sandbox.api.call import OK, Call
from sandbox.cards import CardRules, check_card
from sandbox.content import article, articles_of, file_body, read_content, string
from sandbox.limits import DAY, GROUP_PER_MEMBER, HOUR, MINUTE, RULES, Refused, must_fit
from sandbox.messages import APP, SYSTEM, WEBHOOK, group_thread
from sandbox.tenant import Group
from sandbox.world import World

Json = dict[str, Any]
CHAT_ID = re.compile(r"[0-9A-Za-z]{1,32}")
USER_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_@.-]{0,63}")
LONGEST_NAME = 50


def create(world: World, call: Call) -> Json:
    _must_be_root_app(world)
    name, owner, chat = call.text("name"), call.text("owner"), call.text("chatid")
    members = _members(world, call.texts("userlist"))
    if not name.strip():
        raise Refused("group_name")
    owner_user = world.tenant.user(owner)
    if owner and owner_user is None:
        raise Refused("group_owner")
    if not 2 <= len(members) <= RULES["group_size"].most:
        raise Refused("group_size")
    owner = owner_user.userid if owner_user else members[0]
    if owner not in members:
        raise Refused("group_owner_outside")
    chat = _new_chat_id(world, chat)
    _count(world, "group_creates", DAY)
    group = Group(name[:LONGEST_NAME], owner, members, chat=chat, by_app=True)
    world.tenant.groups.append(group)
    _tell_group(world, group, f"{world.name_of(owner)} 等 {len(members)} 人加入了群聊")
    return {**OK, "chatid": chat}


def update(world: World, call: Call) -> Json:
    _must_be_root_app(world)
    group = _own_group(world, call.text("chatid"))
    add, remove = (_members(world, call.texts(name)) for name in ("add_user_list", "del_user_list"))
    members = [user for user in dict.fromkeys([*group.members, *add]) if user not in remove]
    owner = _next_owner(world, call.text("owner"), group, members)
    if not 2 <= len(members) <= RULES["group_size"].most:
        raise Refused("group_size")
    _count(world, "group_changes", HOUR)
    group.name = call.text("name")[:LONGEST_NAME] or group.name
    group.owner, group.members = owner, members
    if add or remove:
        _tell_group(world, group, "群成员有变动")
    return OK


def _next_owner(world: World, wanted: str, group: Group, members: list[str]) -> str:
    user = world.tenant.user(wanted)
    if wanted and user is None:
        raise Refused("group_owner")
    owner = user.userid if user else group.owner
    if owner not in members:
        raise Refused("group_owner_outside")
    return owner


def get(world: World, call: Call) -> Json:
    _must_be_root_app(world)
    group = _own_group(world, call.query.get("chatid", ""))
    info = {"chatid": group.chat, "name": group.name, "owner": group.owner, "userlist": list(group.members)}
    return {**OK, "chat_info": {**info, "chat_type": 0}}


def send(world: World, call: Call) -> Json:
    _must_be_root_app(world)
    group = _own_group(world, call.text("chatid"))
    if call.body.get("safe", 0) not in (0, 1):
        raise Refused("safe")
    content = read_content(world, call.body, group=True)
    now, people = world.now(), len(group.members)
    most = RULES["group_person_times"].most
    if not world.rates.allow("appchat", ((MINUTE, most),), now, times=people):
        raise Refused("group_person_times")
    dropped = [m for m in group.members if not world.rates.allow(f"appchat/{m}", GROUP_PER_MEMBER, now)]
    world.post(APP, content.kind, content.body, [group_thread(group.key)], unseen=frozenset(dropped))
    call.effect = "dropped" if len(dropped) == people else "delivered"
    if dropped:
        call.detail["dropped"] = dropped
    if content.warnings:
        call.detail["warnings"] = content.warnings
    return OK


def _must_be_root_app(world: World) -> None:
    if world.switches["no_appchat_right"]:
        raise Refused("appchat_right")


def _own_group(world: World, chat_id: str) -> Group:
    group = next((g for g in world.tenant.groups if chat_id and chat_id == g.chat), None)
    if group and group.by_app:
        return group
    foreign = world.tenant.group(chat_id) if chat_id else None
    raise Refused("group_foreign" if foreign and not foreign.by_app else "group_unknown")


def _members(world: World, userids: list[str]) -> list[str]:
    found = []
    for userid in userids:
        if not USER_ID.fullmatch(userid):
            raise Refused("group_member_id")
        user = world.tenant.user(userid)
        if user is None:
            raise Refused("group_member")
        found.append(user.userid)
    return list(dict.fromkeys(found))


def _new_chat_id(world: World, wanted: str) -> str:
    if not wanted:
        return f"wr{secrets.token_hex(14)}"
    if not CHAT_ID.fullmatch(wanted):
        raise Refused("group_chat_id")
    if world.tenant.group(wanted):
        raise Refused("group_exists")
    return wanted


def _count(world: World, rule: str, seconds: int) -> None:
    if not world.rates.allow(rule, ((seconds, RULES[rule].most),), world.now()):
        raise Refused(rule)


def _tell_group(world: World, group: Group, text: str) -> None:
    world.post(SYSTEM, "system", {"text": text}, [group_thread(group.key)])


# ---------------------------------------------------------------- webhook


def webhook(world: World, call: Call) -> Json:
    key = call.query.get("key")
    group = next((g for g in world.tenant.groups if key and g.webhook == key), None)
    if group is None:
        raise Refused("webhook_key")
    kind = call.text("msgtype")
    part = call.body.get(kind)
    if kind not in WEBHOOK_READERS or not isinstance(part, dict):
        raise Refused("message_type")
    if not world.rates.allow(f"webhook/{key}", ((MINUTE, RULES["webhook_rate"].most),), world.now()):
        raise Refused("webhook_rate")
    shown_as, body = WEBHOOK_READERS[kind](world, part)
    world.post(WEBHOOK, shown_as, body, [group_thread(group.key)])
    call.effect = "delivered"
    return OK


def _webhook_words(shown_as: str, rule: str) -> Any:
    def read(_world: World, part: Json) -> tuple[str, Json]:
        content = string(part, "content")
        if not content.strip():
            raise Refused("empty_text")
        must_fit(rule, content)
        return shown_as, {"text": content, "mentions": list(part.get("mentioned_list") or [])}

    return read


def _webhook_image(world: World, part: Json) -> tuple[str, Json]:
    try:
        data = base64.b64decode(string(part, "base64"), validate=True)
    except binascii.Error:
        raise Refused("webhook_image") from None
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if not data or len(data) > RULES["webhook_image"].most or digest != part.get("md5"):
        raise Refused("webhook_image")
    file = world.files.keep("图片.png", data, kind="image", now=world.now())
    return "image", {"name": file.name, "size": len(data), "file": file.id}


def _webhook_news(_world: World, part: Json) -> tuple[str, Json]:
    return "news", {"articles": [article(one) for one in articles_of(part)]}


def _webhook_file(kind: str) -> Any:
    def read(world: World, part: Json) -> tuple[str, Json]:
        return kind, file_body(world, string(part, "media_id"))

    return read


def _webhook_card(world: World, part: Json) -> tuple[str, Json]:
    def known(userid: str) -> bool:
        return world.tenant.user(userid) is not None

    check_card(part, CardRules("webhook", lambda _: False, known, None, has_callback=False))
    return "card", {"card": part}


WEBHOOK_READERS: dict[str, Any] = {
    "text": _webhook_words("text", "webhook_text"),
    "markdown": _webhook_words("markdown", "webhook_markdown"),
    "markdown_v2": _webhook_words("markdown", "webhook_markdown"),
    "image": _webhook_image,
    "news": _webhook_news,
    "file": _webhook_file("file"),
    "voice": _webhook_file("voice"),
    "template_card": _webhook_card,
}
