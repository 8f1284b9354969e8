"""The app's callbacks as XML: messages and events."""

from __future__ import annotations

from typing import Any

from sandbox.callbacks.xml import build
from sandbox.messages import Message
from sandbox.world import World

Json = dict[str, Any]


def message_xml(world: World, userid: str, message: Message) -> str | None:
    """None: apps are told nothing of this kind (files)."""
    body = message.body
    contents: dict[str, Json] = {
        "text": {"MsgType": "text", "Content": body.get("text", "")},
        "image": {
            "MsgType": "image", "PicUrl": f"{world.settings.public_url}/sandbox/file/{body.get('file', '')}",
            "MediaId": body.get("file", ""),
        },
        "voice": {"MsgType": "voice", "MediaId": body.get("file", ""), "Format": "amr"},
        "video": {"MsgType": "video", "MediaId": body.get("file", ""), "ThumbMediaId": body.get("file", "")},
        "location": {
            "MsgType": "location", "Location_X": body.get("latitude", ""),
            "Location_Y": body.get("longitude", ""), "Scale": 16, "Label": body.get("label", ""),
            "AppType": "wxwork",
        },
        "link": {
            "MsgType": "link", "Title": body.get("title", ""), "Description": body.get("description", ""),
            "Url": body.get("url", ""), "PicUrl": "",
        },
    }  # fmt: skip
    if message.kind not in contents:
        return None
    fields = {**_head(world, userid), **contents[message.kind]}
    if not world.switches["missing_msgid"]:
        fields["MsgId"] = int(message.id)
    return build({**fields, "AgentID": world.settings.agent_id})


def event_xml(world: World, userid: str, name: str, details: Json) -> str:
    fields = {**_head(world, userid), "MsgType": "event", "Event": name, **details}
    return build({**fields, "AgentID": world.settings.agent_id})


def _head(world: World, userid: str) -> Json:
    return {
        "ToUserName": world.settings.corp_id, "FromUserName": userid, "CreateTime": int(world.now()),
    }  # fmt: skip


def selected_items(selected: dict[str, list[str]]) -> Json:
    rows = [{"QuestionKey": key, "OptionIds": {"OptionId": ids}} for key, ids in selected.items()]
    return {"SelectedItems": {"SelectedItem": rows}} if rows else {}
