"""Answers the platform throws away: shown to nobody, told in the log."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, app_reply, app_text, button_card, stream

Json = dict[str, Any]
CHEN, LI, HUANG = "chen.jing", "li.na", "huang.zhijian"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def answering(product: Product, answer: Json) -> None:
    product.answer = lambda door, message: answer


ILLEGAL: list[tuple[str, Json]] = [
    ("text is for enter_chat only", {"msgtype": "text", "text": {"content": "您好"}}),
    ("no type", {}),
    ("update without a click", {"response_type": "update_template_card", "template_card": button_card()}),
    ("too long", stream("长" * 6827)),
    ("no id", stream("x", name="")),
    ("finished without words", stream("")),
    ("finish is no boolean", {"msgtype": "stream", "stream": {"id": "S", "finish": "true", "content": "x"}}),
    (
        "images before the end",
        {"msgtype": "stream", "stream": {"id": "S", "finish": False, "msg_item": [{"msgtype": "image"}]}},
    ),
    (
        "eleven images",
        {"msgtype": "stream", "stream": {"id": "S", "finish": True, "msg_item": [{"msgtype": "image"}] * 11}},
    ),
    (
        "wrong md5",
        {"msgtype": "stream", "stream": {"id": "S", "finish": True, "msg_item": [
            {"msgtype": "image", "image": {"base64": "iVBORw0KGgo=", "md5": "0"}}]}},
    ),
    (
        "feedback id too long",
        {"msgtype": "stream", "stream": {"id": "S", "finish": True, "content": "x", "feedback": {"id": "f" * 257}}},
    ),
    ("bad card", {"msgtype": "template_card", "template_card": button_card(button_list=[])}),
    ("card attachment", {"msgtype": "template_card", "template_card": button_card(
        horizontal_content_list=[{"keyname": "附件", "value": "a.pdf", "type": 2, "media_id": "M"}])}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "answer"), ILLEGAL, ids=[why for why, _ in ILLEGAL])
def test_illegal_bot_answers_are_shown_to_nobody(
    platform: Platform, product: Product, why: str, answer: Json
) -> None:
    answering(product, answer)
    said = platform.say(CHEN, "进度")
    assert said["illegal"]
    assert platform.log("callback/bot")[-1]["effect"] == "illegal_answer"
    assert platform.texts(CHEN, "yx2026001") == ["进度"]


def test_an_unreadable_envelope_is_illegal(platform: Platform, product: Product) -> None:
    for raw in (
        b"ok",
        b"{}",
        b"[]",
        json.dumps({"encrypt": "x", "msgsignature": "y", "timestamp": 1, "nonce": "z"}).encode(),
    ):
        product.raw = raw
        assert platform.say(CHEN, "进度")["illegal"]
    product.raw = b"<!DOCTYPE x><xml/>"
    assert platform.say(CHEN, "进度", chat="app")["illegal"]


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "text", "Content": "长" * 683},
        {"MsgType": "text", "Content": " "},
        {"MsgType": "update_button", "Button": {"ReplaceName": "x"}},
        {"MsgType": "image", "Image": {"MediaId": "gone"}},
        {"MsgType": "news", "Articles": {}},
        {"MsgType": "markdown"},
    ],
)
def test_illegal_app_answers_are_shown_to_nobody(platform: Platform, product: Product, fields: Json) -> None:
    product.answer = lambda door, message: app_reply(message, **fields)
    assert platform.say(HUANG, "待办", chat="app")["illegal"]
    assert platform.texts(HUANG, "app") == ["待办"]


def test_an_answer_to_somebody_else_is_illegal(platform: Platform, product: Product) -> None:
    product.answer = lambda door, message: app_text("收到", LI)
    assert platform.say(HUANG, "待办", chat="app")["illegal"]
