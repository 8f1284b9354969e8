from __future__ import annotations

import dataclasses
import json
import time

import pytest
from wechatpy.enterprise import parse_message
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platform import BadCallback, CallbackQuery, Say, Text
from bot.wecom.callbacks import AppCallback, BotCallback
from tests.wire.envelopes import (
    NONCE,
    STAMP,
    app_crypto,
    app_xml,
    bot_crypto,
    bot_json,
    opened_json,
    opened_xml,
    sealed_json,
    sealed_xml,
)


@pytest.fixture
def app(settings):
    return AppCallback(settings)


@pytest.fixture
def bot(settings):
    return BotCallback(settings)


def refused(door, query: CallbackQuery, body: bytes) -> str:
    with pytest.raises(BadCallback) as refusal:
        door.open(query, body)
    return refusal.value.reason


def test_both_doors_give_the_plain_echo(app, bot, settings):
    for door, crypto in ((app, app_crypto(settings)), (bot, bot_crypto(settings))):
        query, body = sealed_json(crypto, "5927782489442352469")
        echo = json.loads(body)["encrypt"]
        asked = dataclasses.replace(query, echo=echo)
        assert door.verify_url(asked) == "5927782489442352469"
        # decoded once too often, "+" has become a blank
        assert (
            door.verify_url(dataclasses.replace(asked, echo=echo.replace("+", " "))) == "5927782489442352469"
        )
        with pytest.raises(BadCallback, match=r"^signature$"):
            door.verify_url(dataclasses.replace(asked, nonce="another"))


def test_a_text_to_the_app_is_opened_and_answered_for_wechatpy(app, settings):
    crypto = app_crypto(settings)
    query, body = sealed_xml(crypto, app_xml("text", Content="施工许可"))
    message = app.open(query, body)
    assert message.content == Text("施工许可")
    plain = opened_xml(crypto, app.seal(Say("已收到]]>&<"), message, nonce=NONCE, timestamp=STAMP))
    answer = parse_message(plain)
    assert (answer.type, answer.content) == ("text", "已收到]]>&<")
    assert (answer.target, answer.source) == ("chen.jing", "ww00corp")


def test_a_text_to_the_bot_is_opened_and_answered_for_wechatpy(bot, settings):
    crypto = bot_crypto(settings)
    query, body = sealed_json(crypto, bot_json("text", text={"content": "@代办助手 施工许可"}))
    message = bot.open(query, body)
    assert message.content == Text("施工许可")
    plain = opened_json(
        crypto, bot.seal(Say("**已办结**", markdown=True), message, nonce=NONCE, timestamp=STAMP)
    )
    assert json.loads(plain)["stream"]["content"] == "**已办结**"


def test_a_kept_answer_is_sealed_anew_for_a_repeat_with_the_same_words(bot, settings):
    query, body = sealed_json(bot_crypto(settings), bot_json("text", text={"content": "进度"}))
    message = bot.open(query, body)
    plain = bot.plain(Say("好"), message)
    first = bot.seal_plain(plain, nonce="a", timestamp=1)
    second = bot.seal_plain(plain, nonce="b", timestamp=2)
    assert first != second
    assert opened_json(bot_crypto(settings), first) == opened_json(bot_crypto(settings), second) == plain


def test_no_answer_is_an_empty_body(app, bot, settings):
    for door in (app, bot):
        query, body = sealed_json(bot_crypto(settings), bot_json("text", text={"content": "好"}))
        message = BotCallback(settings).open(query, body)
        assert door.plain(None, message) == ""
        assert door.seal(None, message, nonce=NONCE, timestamp=STAMP) == b""


def test_a_nonce_of_markup_cannot_break_out_of_the_answer(app, bot, settings):
    nonce = '"]]></Nonce><x>'
    assert opened_xml(app_crypto(settings), app.seal_plain("p", nonce=nonce, timestamp=STAMP)) == "p"
    assert opened_json(bot_crypto(settings), bot.seal_plain("p", nonce=nonce, timestamp=STAMP)) == "p"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no envelope",
        b"<xml></xml>",
        b"<xml><Encrypt/></xml>",
        b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
        b"<other><Encrypt>a</Encrypt></other>",
        b"<xml><a><Encrypt>a</Encrypt></a></xml>",
        b'<!DOCTYPE xml [<!ENTITY a "x">]><xml><Encrypt>&a;</Encrypt></xml>',
        b'{"encrypt":"x"}',
    ],
)
def test_the_apps_envelope_is_strict(app, body):
    assert refused(app, CallbackQuery("s", "1", "n"), body) == "envelope"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"encrypt":""}', b'{"encrypt":5}', b'{"Encrypt":"x"}', b"<xml/>", b"\xff"],
)
def test_the_bots_envelope_is_strict(bot, body):
    assert refused(bot, CallbackQuery("s", "1", "n"), body) == "envelope"


def test_a_wrong_signature_or_token_is_refused(app, bot, settings):
    query, body = sealed_xml(app_crypto(settings), app_xml("text", Content="好"))
    assert refused(app, dataclasses.replace(query, timestamp="1"), body) == "signature"
    stranger = WeChatCrypto("another", settings.bot_aes_key, "")
    assert refused(bot, *sealed_json(stranger, bot_json("text"))) == "signature"


def test_a_foreign_receive_id_is_refused_at_both_doors(app, bot, settings):
    foreign_app = WeChatCrypto(settings.callback_token, settings.callback_aes_key, "ww99other")
    foreign_bot = WeChatCrypto(settings.bot_token, settings.bot_aes_key, "ww00corp")
    assert refused(app, *sealed_xml(foreign_app, app_xml("text"))) == "receive_id"
    assert refused(bot, *sealed_json(foreign_bot, bot_json("text"))) == "receive_id"


def test_a_verified_body_that_cannot_be_read_is_refused_by_name(app, bot, settings):
    assert refused(app, *sealed_xml(app_crypto(settings), "{}")) == "xml"
    assert refused(bot, *sealed_json(bot_crypto(settings), "<xml/>")) == "json"


def test_a_huge_body_is_refused_before_it_is_read(app, bot):
    query = CallbackQuery("s", "1", "n")
    assert refused(app, query, b"<" * 300_000) == "too_large"
    assert refused(bot, query, b"{" * 300_000) == "too_large"


def test_opening_and_answering_are_fast(app, bot, settings):
    pairs = (
        (app, *sealed_xml(app_crypto(settings), app_xml("text", Content="施工许可办到哪了"))),
        (bot, *sealed_json(bot_crypto(settings), bot_json("text", text={"content": "@代办助手 进度"}))),
    )
    for door, query, body in pairs:
        message = door.open(query, body)
        best = min(_seconds(door, query, body, message) for _ in range(5))
        assert best < 0.0003  # one opening and one sealing; 60 µs on an idle core


def _seconds(door, query, body, message) -> float:
    started = time.perf_counter()
    for _ in range(50):
        door.open(query, body)
        door.seal(Say("已收到，稍后答复"), message, nonce=NONCE, timestamp=STAMP)
    return (time.perf_counter() - started) / 50
