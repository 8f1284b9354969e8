from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform import (
    Channel,
    EnteredChat,
    FeedbackGiven,
    OtherEvent,
    Say,
    SayAndCard,
    StreamRefresh,
    Text,
    Unknown,
    UpdateCard,
)
from bot.wecom.limits import cut_bytes
from bot.wecom.replies import app_reply, bot_reply, plain_text
from tests.wire.envelopes import STAMP, click, message
from tests.wire.test_cards import BUTTONS, NOTICE

ANY_TEXT = st.text(max_size=30000)


def app(answer, content=None) -> ET.Element:
    return ET.fromstring(app_reply(answer, message(content, Channel.APP), "ww00corp"))


def bot(answer, content=None) -> dict:
    return json.loads(bot_reply(answer, message(content)))


# ---------------------------------------------------------------- the app


def test_the_app_answers_a_text_with_the_time_of_the_message():
    root = app(Say("已收到"))
    assert [each.tag for each in root] == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]
    assert [each.text for each in root] == ["chen.jing", "ww00corp", str(STAMP), "text", "已收到"]


def test_the_app_answers_plain_words_where_there_is_no_markdown():
    marked = '## 进度\n> **已办结** `A1`\n[查看](https://a.example) <font color="info">绿</font>'
    assert (
        app(Say(marked, markdown=True)).findtext("Content") == "进度\n已办结 A1\n查看：https://a.example 绿"
    )
    assert app(Say("2 * 3 ** 4")).findtext("Content") == "2 * 3 ** 4"


def test_a_card_as_answer_of_the_app_is_its_numbered_text():
    assert "1 已完成\n2 办理中" in app(BUTTONS).findtext("Content")
    assert app(SayAndCard(Say("请选：\n1 已完成"), BUTTONS)).findtext("Content") == "请选：\n1 已完成"


def test_a_click_in_the_app_greys_the_buttons_or_changes_the_card():
    greyed = app(UpdateCard(None, "已提交，谢谢您的大力配合"), click())
    assert greyed.findtext("MsgType") == "update_button"
    assert greyed.findtext("Button/ReplaceName") == "已提交，谢谢您的大…"
    changed = app(UpdateCard(replace(BUTTONS, task_id="other", replaced="已完成")), click())
    assert changed.findtext("MsgType") == "update_template_card"
    assert changed.findtext("TemplateCard/TaskId") == "prj31_s4_v1"
    assert changed.findtext("TemplateCard/ReplaceText") == "已完成"


@given(ANY_TEXT)
def test_the_apps_text_is_never_longer_than_2048_bytes_and_always_xml(text):
    content = app(Say(text)).findtext("Content") or ""
    assert len(content.encode()) <= 2048


# ---------------------------------------------------------------- the bot


def test_the_bot_answers_with_a_finished_stream_whose_id_is_stable():
    first, second = bot(Say("好")), bot(Say("好"))
    assert first == second
    assert first["msgtype"] == "stream"
    assert first["stream"]["finish"] is True
    assert first["stream"]["content"] == "好"
    other = json.loads(bot_reply(Say("好"), replace(message(), key="bot:m-002")))
    assert other["stream"]["id"] != first["stream"]["id"]


def test_entering_the_chat_is_answered_with_a_text():
    assert bot(Say("您好", markdown=True), EnteredChat()) == {"msgtype": "text", "text": {"content": "您好"}}
    assert bot(NOTICE, EnteredChat())["msgtype"] == "template_card"


def test_a_card_and_words_with_a_card():
    assert bot(BUTTONS)["template_card"]["task_id"] == "prj31_s4_v1"
    both = bot(SayAndCard(Say("1 已完成"), BUTTONS))
    assert both["msgtype"] == "stream_with_template_card"
    assert both["stream"]["content"] == "1 已完成"
    assert both["template_card"]["card_type"] == "button_interaction"


def test_a_click_changes_the_card_of_the_clicker_with_the_equal_task_id():
    update = bot(UpdateCard(replace(BUTTONS, task_id="other")), click())
    assert update["response_type"] == "update_template_card"
    assert update["userids"] == ["chen.jing"]
    assert update["template_card"]["task_id"] == "prj31_s4_v1"


@pytest.mark.parametrize("answer", [UpdateCard(None, "已受理问题12"), Say("已受理问题12"), Say("")])
def test_words_to_a_click_become_the_changed_card_because_nothing_else_is_legal(answer):
    card = bot(answer, click())["template_card"]
    assert card["main_title"]["title"] in ("已受理问题12", "已处理")
    assert card["button_list"] == [{"text": "已处理", "style": 2, "key": "prj31.s4.done"}]


def test_a_card_to_a_click_becomes_the_changed_card():
    for answer in (BUTTONS, SayAndCard(Say("x"), BUTTONS)):
        assert bot(answer, click("t@9"))["template_card"]["task_id"] == "t@9"


def test_a_stream_is_ended_by_a_stream_of_the_same_id():
    assert bot(Say("好"), StreamRefresh("S1"))["stream"]["id"] == "S1"
    assert "1 已完成" in bot(BUTTONS, StreamRefresh("S1"))["stream"]["content"]


@pytest.mark.parametrize("content", [FeedbackGiven("f", 1), OtherEvent("x"), Unknown("event.x")])
def test_what_takes_no_answer_gets_none(content):
    assert bot_reply(Say("好"), message(content)) == ""


def test_a_message_of_unknown_kind_may_be_answered():
    assert bot(Say("看不懂"), Unknown("hologram"))["stream"]["content"] == "看不懂"


def test_the_bots_words_keep_marks_but_not_colours():
    text = '**好** <font color="warning">急</font>'
    assert bot(Say(text, markdown=True))["stream"]["content"] == "**好** 急"
    assert bot(Say(text))["stream"]["content"] == text


@pytest.mark.parametrize("content", [Text("好"), EnteredChat()])
def test_without_a_click_there_is_no_card_to_change(content):
    for reply in (
        lambda: bot_reply(UpdateCard(None, "x"), message(content)),
        lambda: app(UpdateCard(None), content),
    ):
        with pytest.raises(ValueError, match="click"):
            reply()


@given(ANY_TEXT | st.text("进度", min_size=6800, max_size=6900))
def test_the_bots_text_is_never_longer_than_20480_bytes(text):
    assert len(bot(Say(text))["stream"]["content"].encode()) <= 20480


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60), st.integers(3, 100))
def test_a_cut_never_splits_a_character_and_keeps_what_fits(text, most):
    cut = cut_bytes(text, most)
    assert len(cut.encode()) <= most
    assert cut == text if len(text.encode()) <= most else (cut.endswith("…") and text.startswith(cut[:-1]))
    assert len(cut.encode()) >= min(len(text.encode()), most - 3)


@given(st.text(max_size=300))
def test_any_text_may_be_freed_of_marks(text):
    assert len(plain_text(text)) <= len(text)
