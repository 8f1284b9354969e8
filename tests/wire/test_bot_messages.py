from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform import (
    BadCallback,
    BotMembership,
    CardClick,
    Channel,
    EnteredChat,
    FeedbackGiven,
    FileSent,
    Mixed,
    OtherEvent,
    Quote,
    RemoteFile,
    StreamRefresh,
    Text,
    Unknown,
    Voice,
)
from bot.wecom.bot_messages import bot_message
from bot.wecom.words import cleaner
from tests.wire.envelopes import STAMP, bot_event, bot_json

CLEAN = cleaner("代办助手")
URL = "https://files.example/1"


def read(fields: object):
    return bot_message(json.dumps(fields).encode(), CLEAN)


def said(text: str) -> str:
    return read(bot_json("text", text={"content": text})).text


def test_a_group_text_has_chat_sender_key_and_the_address_for_a_later_answer():
    message = read(bot_json("text", text={"content": "@代办助手 施工许可办到哪了"}))
    assert message.content == Text("施工许可办到哪了")
    assert (message.chat_id, message.sender, message.key) == ("wrkGROUP01", "chen.jing", "bot:m-001")
    assert message.response_url.endswith("RC1")
    assert message.channel is Channel.BOT
    assert message.in_group


def test_a_single_chat_has_no_chat_id_even_if_one_is_sent():
    assert not read(bot_json("text", chattype="single", text={"content": "好"})).in_group


@pytest.mark.parametrize("chat_id", [None, "", "\x00\x01", 7.5, ["a"], "x" * 500])
def test_a_group_message_without_its_group_is_never_taken_for_a_single_chat(chat_id):
    message = read(bot_json("text", chatid=chat_id, text={"content": "好"}))
    assert message.content == Unknown("text")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@代办助手 进度", "进度"),
        ("@代办助手\u2005进度", "进度"),
        ("＠代办助手 1", "1"),
        ("请@代办助手 看看 @代办助手 催一下@代办助手", "请看看 催一下"),
        ("@代办助手", ""),
        ("@代办助手施工许可", "施工许可"),
        ("@别人 进度", "@别人 进度"),
        ("电话13812345678", "电话138****5678"),
        ("@代办助手 13812345678", "138****5678"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("零\x00宽\ud800字", "零宽字"),
    ],
)
def test_the_bots_own_name_and_private_numbers_are_taken_out(text, words):
    assert said(text) == words


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        (bot_json("image", image={"url": URL}), FileSent(RemoteFile("image", url=URL))),
        (bot_json("video", video={"url": URL}), FileSent(RemoteFile("video", url=URL))),
        (
            bot_json("file", file={"url": URL, "filename": "图纸.pdf"}),
            FileSent(RemoteFile("file", URL, name="图纸.pdf")),
        ),
        (bot_json("voice", voice={"content": "进度 13812345678"}), Voice("进度 138****5678")),
        (bot_json("stream", stream={"id": "S1"}), StreamRefresh("S1")),
        (bot_event("enter_chat"), EnteredChat()),
        (bot_json("event", event={"eventtype": "enter_chat"}), EnteredChat()),
        (bot_json("event", event={"event_type": "add_to_chat"}), BotMembership(joined=True)),
        (bot_event("delete_from_chat"), BotMembership(joined=False)),
        (bot_event("disconnected_event"), OtherEvent("disconnected_event")),
        (
            bot_event("feedback_event", id="fb1", type=2, content="不对", inaccurate_reason_list=[2, "x", 3]),
            FeedbackGiven("fb1", 2, (2, 3), "不对"),
        ),
        (bot_event("feedback_event", id="fb1", type=9), Unknown("event.feedback_event")),
        (bot_event("moon_event"), Unknown("event.moon_event")),
        (bot_json("hologram"), Unknown("hologram")),
        (bot_json("text"), Unknown("text")),
        (bot_json("text", text=[1]), Unknown("text")),
        (bot_json("text", text={"content": 5}), Unknown("text")),
        (bot_json("file", file={"url": "ftp://x"}), Unknown("file")),
        (bot_json("mixed", mixed={"msg_item": 3}), Unknown("mixed")),
        (bot_json("text", **{"from": None}, text={"content": "好"}), Unknown("text")),
        (bot_json(["text"]), Unknown("")),
        ({}, Unknown("")),
    ],
)
def test_every_kind_has_its_content_and_the_rest_is_unknown(fields, content):
    assert read(fields).content == content


@pytest.mark.parametrize(
    "sender", [None, 5.5, [], {"userid": ["x"]}, {"userid": "\x00"}, {"userid": "x" * 999}]
)
def test_a_message_without_a_readable_sender_has_an_empty_one(sender):
    message = read(bot_json("text", **{"from": sender}, text={"content": "好"}))
    assert (message.sender, message.content) == ("", Unknown("text"))


def test_text_and_images_stay_in_order():
    items = [
        {"msgtype": "text", "text": {"content": "@代办助手 "}},
        {"msgtype": "image", "image": {"url": URL}},
        {"msgtype": "text", "text": {"content": "墙裂了"}},
        {"msgtype": "text", "text": {"content": "怎么办"}},
        {"msgtype": "image", "image": {}},
    ]
    content = read(bot_json("mixed", mixed={"msg_item": items})).content
    assert content == Mixed("墙裂了\n怎么办", (RemoteFile("image", url=URL),))


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ({"msgtype": "text", "text": {"content": "请补 13812345678"}}, Quote("text", "请补 138****5678")),
        ({"msgtype": "voice", "voice": {"content": "好"}}, Quote("voice", "好")),
        ({"msgtype": "file", "file": {"url": URL}}, Quote("file", file=RemoteFile("file", url=URL))),
        (
            {"msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "text", "text": {"content": "图"}}]}},
            Quote("mixed", "图"),
        ),
        ({"msgtype": "mixed"}, Quote("mixed")),
        ({"msgtype": "poll"}, None),
        ([1], None),
        (None, None),
    ],
)
def test_quotes_are_read_and_masked(quote, expected):
    assert read(bot_json("text", text={"content": "这个"}, quote=quote)).quote == expected


@pytest.mark.parametrize(
    ("items", "selected"),
    [
        (
            {"selected_item": [{"question_key": "r", "option_ids": {"option_id": ["done", "x"]}}]},
            {"r": ("done", "x")},
        ),
        ({"selected_item": {"question_key": "r", "option_ids": {"option_id": "done"}}}, {"r": ("done",)}),
        ({"selected_item": [{"question_key": "r"}]}, {"r": ()}),
        ({"selected_item": [{"option_ids": {}}, 5]}, {}),
        (None, {}),
    ],
)
def test_a_card_click_carries_one_several_or_no_selections(items, selected):
    event = bot_event(
        "template_card_event",
        card_type="vote_interaction",
        event_key="k",
        task_id="t@1",
        selected_items=items,
    )
    message = read(event)
    assert message.content == CardClick("vote_interaction", "t@1", "k", selected)
    assert message.sent_at == STAMP


def test_control_characters_in_a_chat_id_are_removed():
    message = read(bot_json("text", chatid="\u200bwrk\x00GROUP\r\n01\u2028", text={"content": "好"}))
    assert message.chat_id == "wrkGROUP01"


@pytest.mark.parametrize("msgid", [None, "", 1.5, ["m"], "x" * 129])
def test_a_message_without_id_has_the_hash_of_its_bytes_as_key(msgid):
    body = json.dumps(bot_json("text", msgid=msgid, text={"content": "好"})).encode()
    assert bot_message(body, CLEAN).key == f"sha256:{hashlib.sha256(body).hexdigest()}"


@pytest.mark.parametrize("stamp", [None, -1, 2**80, "soon", True, 1.5, "9" * 20])
def test_an_absurd_time_counts_as_none(stamp):
    assert read(bot_json("text", create_time=stamp, text={"content": "好"})).sent_at == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'"text"', b"null", b"\xff\xff", b"[" * 200_000, b'{"a":' + b"9" * 5000 + b"}"],
    ids=["empty", "cut", "list", "number", "string", "null", "latin", "deep", "huge number"],
)
def test_what_is_no_json_object_is_refused(body):
    with pytest.raises(BadCallback, match=r"^json$"):
        bot_message(body, CLEAN)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from(["text", "image", "mixed", "voice", "file", "stream", "event", "video"])
EVENTS = st.sampled_from(["template_card_event", "feedback_event", "enter_chat", "other"])


@given(KINDS, EVENTS, st.lists(ANY, min_size=9, max_size=9))
def test_no_json_whatsoever_crashes_the_reader(kind, event, values):
    names = ("msgid", "chatid", "chattype", "from", "quote", "create_time", "response_url", kind)
    fields = dict(zip(names, values, strict=False)) | {"msgtype": kind}
    if kind == "event":
        fields["event"] = {"eventtype": event, event: values[8]}
    message = read(fields)
    assert message.key
    assert message.text.encode() is not None


def test_nothing_people_wrote_stands_in_the_repr():
    message = read(
        bot_json("text", text={"content": "机密词"}, quote={"msgtype": "text", "text": {"content": "机密词"}})
    )
    assert "机密词" not in repr(message)
    assert "RC1" not in repr(message)
