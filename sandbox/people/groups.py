"""Changes people make to a group in their client; the platform tells nobody of them."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.messages import SYSTEM, group_thread
from sandbox.people.wishes import BadWish
from sandbox.tenant import Group
from sandbox.world import World

Json = dict[str, Any]


def change_members(world: World, wish: Json) -> Json:
    """{chat, add, remove, name, owner, bot, dissolve}."""
    with world.lock:
        group = world.tenant.group(str(wish.get("chat", "")))
        if group is None:
            raise BadWish("没有这个群")
        if wish.get("dissolve"):
            world.tenant.groups.remove(group)
            return {"dissolved": True}
        told = _change_people(world, group, wish)
        if isinstance(wish.get("name"), str):
            group.name = wish["name"]
        if isinstance(wish.get("bot"), bool):
            told += _change_bot(world, group, present=wish["bot"])
        for words in told:
            world.post(SYSTEM, "system", {"text": words}, [group_thread(group.key)])
        return chat_row(group)


def _change_people(world: World, group: Group, wish: Json) -> list[str]:
    told = []
    for userid in wish.get("add") or []:
        user = world.tenant.user(str(userid))
        if user is None:
            raise BadWish("没有这个成员")
        if user.userid not in group.members:
            group.members.append(user.userid)
            told.append(f"{user.name} 加入了群聊")
    for userid in wish.get("remove") or []:
        if userid in group.members:
            group.members.remove(userid)
            told.append(f"{world.name_of(userid)} 退出了群聊")
    if wish.get("owner"):
        group.owner = str(wish["owner"])
    if group.owner not in group.members and group.members:
        group.owner = group.members[0]
    return told


def _change_bot(world: World, group: Group, *, present: bool) -> list[str]:
    if group.bot == present:
        return []
    group.bot = present
    if present and not group.bot_chat:
        group.bot_chat = f"wrk{secrets.token_hex(8)}"
    return [f"智能机器人 {world.settings.bot_name} {'加入' if present else '被移出'}了群聊"]


def chat_row(group: Group) -> Json:
    return {
        "chat": group.key, "appchat": group.chat, "bot_chat": group.bot_chat, "name": group.name,
        "owner": group.owner, "members": list(group.members), "by_app": group.by_app, "bot": group.bot,
    }  # fmt: skip
