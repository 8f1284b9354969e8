from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform import (
    BadCallback,
    CardClick,
    Channel,
    EnteredChat,
    FileSent,
    Link,
    Location,
    MenuClick,
    OtherEvent,
    RemoteFile,
    Subscribed,
    Text,
    Unknown,
    Voice,
)
from bot.wecom.app_messages import app_message
from bot.wecom.words import cleaner
from tests.wire.envelopes import STAMP, app_event, app_xml

CLEAN = cleaner("代办助手")


def read(xml: str):
    return app_message(xml.encode(), CLEAN)


def test_a_text_has_its_sender_in_lower_case_its_time_and_its_key():
    message = read(app_xml("text", Content=" 施工许可办到哪了 "))
    assert message.content == Text("施工许可办到哪了")
    assert (message.sender, message.sent_at, message.key) == ("chen.jing", STAMP, "app:4561255354251345929")
    assert message.channel is Channel.APP
    assert not message.in_group


@pytest.mark.parametrize(
    ("xml", "content"),
    [
        (app_xml("image", PicUrl="http://x/y", MediaId="M1"), FileSent(RemoteFile("image", media_id="M1"))),
        (app_xml("video", MediaId="M2", ThumbMediaId="T"), FileSent(RemoteFile("video", media_id="M2"))),
        (app_xml("file", MediaId="M3"), FileSent(RemoteFile("file", media_id="M3"))),
        (app_xml("voice", MediaId="M4", Format="amr"), Voice("", RemoteFile("voice", media_id="M4"))),
        (
            app_xml("location", Location_X="24.8", Location_Y="113.6", Scale="15", Label="曲江"),
            Location("24.8", "113.6", "曲江"),
        ),
        (app_xml("link", Title="通知", Url="https://a.example/1"), Link("通知", "https://a.example/1")),
        (app_event("subscribe"), Subscribed(joined=True)),
        (app_event("unsubscribe"), Subscribed(joined=False)),
        (app_event("enter_agent", EventKey=""), EnteredChat()),
        (app_event("click", EventKey="todo"), MenuClick("todo")),
        (app_event("view", EventKey="https://a.example"), MenuClick("https://a.example", opened_url=True)),
        (app_event("LOCATION", Latitude="24.8"), OtherEvent("location")),
        (app_event("batch_job_result"), OtherEvent("batch_job_result")),
        (app_event("change_contact"), OtherEvent("change_contact")),
        (app_event("template_dance"), Unknown("event.template_dance")),
        (app_xml("hologram"), Unknown("hologram")),
        (app_xml("image"), Unknown("image")),
        (app_xml("location", Location_X="north", Location_Y="1"), Unknown("location")),
        (app_xml("link", Title="x", Url="javascript:alert(1)"), Unknown("link")),
        (app_xml("text", FromUserName="", Content="好"), Unknown("text")),
        ("<xml/>", Unknown("")),
    ],
)
def test_every_kind_has_its_content_and_the_rest_is_unknown(xml, content):
    assert read(xml).content == content


def test_a_message_without_sender_has_an_empty_one():
    assert read(app_xml("text", FromUserName="", Content="好")).sender == ""


def card_event(items: str, event: str = "template_card_event"):
    fields = {"EventKey": "prj31.s4.done", "TaskId": "prj31_s4_v1", "CardType": "button_interaction"}
    return read(app_event(event, **fields, ResponseCode="RC2", SelectedItems=items)).content


def item(question: str, *options: str) -> str:
    chosen = "".join(f"<OptionId><![CDATA[{option}]]></OptionId>" for option in options)
    return (
        f"<SelectedItem><QuestionKey>{question}</QuestionKey><OptionIds>{chosen}</OptionIds></SelectedItem>"
    )


@pytest.mark.parametrize(
    ("items", "selected"),
    [
        ("", {}),
        (item("delay", "d3"), {"delay": ("d3",)}),
        (item("a", "1", "2") + item("b", "x"), {"a": ("1", "2"), "b": ("x",)}),
        (item("a"), {"a": ()}),
        (item(""), {}),
    ],
)
def test_a_card_click_carries_one_several_or_no_selections(items, selected):
    expected = CardClick("button_interaction", "prj31_s4_v1", "prj31.s4.done", selected, "RC2")
    assert card_event(items) == expected


def test_the_corner_menu_of_a_card_is_told_apart():
    assert card_event("", "template_card_menu_event").menu


def test_an_event_has_the_hash_of_its_bytes_as_key_so_two_clicks_in_one_second_are_two():
    first, second = app_event("click", EventKey="a"), app_event("click", EventKey="b")
    assert read(first).key == f"sha256:{hashlib.sha256(first.encode()).hexdigest()}"
    assert read(first).key == read(first).key != read(second).key


def test_a_message_without_id_has_the_hash_of_its_bytes_as_key():
    assert read(app_xml("text", MsgId="", Content="好")).key.startswith("sha256:")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no xml",
        b"<xml>",
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="klingon"?><xml/>',
        b'<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><MsgType>&b;</MsgType></xml>',
        b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        b'<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><MsgType>&x;</MsgType></xml>',
    ],
)
def test_bombs_entities_and_what_is_no_xml_are_refused(body):
    with pytest.raises(BadCallback, match=r"^xml$"):
        app_message(body, CLEAN)


def test_deeply_nested_xml_is_only_unknown():
    assert read("<a>" * 20000 + "</a>" * 20000).content == Unknown("")


NAMES = st.sampled_from(
    [
        "MsgType",
        "FromUserName",
        "Content",
        "MsgId",
        "CreateTime",
        "Event",
        "EventKey",
        "SelectedItems",
        "SelectedItem",
        "OptionIds",
    ]
)
TREES = st.recursive(
    st.sampled_from(["text", "event", "voice", "-1", "9" * 5000, "template_card_event", "chen", "&#9;"]),
    lambda inner: st.lists(st.tuples(NAMES, inner), max_size=4),
    max_leaves=12,
)


def rendered(tree: object) -> str:
    if isinstance(tree, str):
        return tree
    return "".join(f"<{name}>{rendered(inner)}</{name}>" for name, inner in tree)


@given(TREES)
def test_no_xml_whatsoever_crashes_the_reader(tree):
    message = read(f"<xml>{rendered(tree)}</xml>")
    assert message.key
    assert 0 <= message.sent_at < 2**40
