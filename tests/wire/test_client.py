from __future__ import annotations

import json
import logging
import os
import socket

import pytest

from bot.platform import AnswerLost, DeliveryFailed, Remedy, Say, Unreachable
from bot.wecom.errors import failure
from bot.wecom.tenant import WeComTenant
from bot.wecom.transport import Transport
from tests.wire.conftest import settings_for
from tests.wire.standin import Reply, StandIn, says


def send(tenant: WeComTenant):
    return tenant.send_to_person("chen.jing", Say("项目 A 今日到期"))


@pytest.mark.parametrize("code", [40014, 42001])
def test_a_refused_token_is_fetched_again_and_the_call_repeated_once(tenant, platform: StandIn, code):
    platform.will("message/send", says(errcode=code), says(msgid="M1"))
    assert send(tenant).message_id == "M1"
    assert [call.query["access_token"] for call in platform.asked("message/send")] == ["token-1", "token-2"]


def test_a_token_refused_twice_is_left_to_a_later_try(tenant, platform: StandIn):
    platform.will("message/send", says(errcode=42001), says(errcode=42001))
    with pytest.raises(DeliveryFailed) as refusal:
        send(tenant)
    assert refusal.value.remedy is Remedy.RETRY
    assert len(platform.asked("message/send")) == 2


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (-1, Remedy.RETRY),
        (45009, Remedy.RETRY),
        (45033, Remedy.RETRY),
        (40001, Remedy.ALARM),
        (48002, Remedy.ALARM),
        (60020, Remedy.ALARM),
        (81013, Remedy.GIVE_UP),
        (86008, Remedy.GIVE_UP),
        (99999999, Remedy.GIVE_UP),
    ],
)
def test_every_refusal_says_what_helps_and_never_repeats_the_platforms_words(tenant, platform, code, remedy):
    platform.will("message/send", says(errcode=code, errmsg="from ip: 10.1.2.3, hint: [x]"))
    with pytest.raises(DeliveryFailed) as refusal:
        send(tenant)
    assert (refusal.value.code, refusal.value.remedy) == (code, remedy)
    assert "10.1.2.3" not in str(refusal.value)
    assert len(platform.asked("message/send")) == 1


def test_an_errcode_written_as_text_counts(tenant, platform):
    platform.will("message/send", says(errcode="81013"))
    with pytest.raises(DeliveryFailed, match="81013"):
        send(tenant)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(cut=True),
        Reply(status=500),
        Reply(status=502, body=b"<html>bad gateway</html>"),
        Reply(body=b"<html>login page</html>"),
        Reply(body=b"[]"),
        Reply(body=b""),
        Reply(cut_body=True),
        says(errcode=["?"]),
    ],
    ids=["cut", "500", "502", "html", "list", "empty", "half", "strange errcode"],
)
def test_a_send_without_a_readable_answer_is_lost_and_not_repeated(tenant, platform, reply):
    tenant.check_token()
    platform.will("message/send", reply)
    with pytest.raises(AnswerLost):
        send(tenant)
    assert len(platform.asked("message/send")) == 1


def test_a_send_whose_answer_is_late_is_lost(platform):
    transport = Transport(timeouts=(2.0, 0.3))
    tenant = WeComTenant(settings_for(platform.base), transport=transport)
    platform.will("message/send", Reply(delay=1.5))
    with pytest.raises(AnswerLost, match="ReadTimeout"):
        send(tenant)
    transport.close()


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(404, Remedy.GIVE_UP), (403, Remedy.ALARM), (429, Remedy.RETRY), (302, Remedy.GIVE_UP)],
)
def test_an_http_refusal_without_json_is_a_refusal(tenant, platform, status, remedy):
    platform.will("message/send", Reply(status=status, body=b"no"))
    with pytest.raises(DeliveryFailed) as refusal:
        send(tenant)
    assert (refusal.value.code, refusal.value.remedy) == (status, remedy)


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://", "ftp://x"])
def test_a_request_that_never_went_out_is_unreachable(transport, base):
    with pytest.raises(Unreachable):
        send(WeComTenant(settings_for(base), transport=transport))


def test_a_connection_that_nobody_accepts_is_unreachable():
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(deaf.getsockname())
        transport = Transport(timeouts=(0.2, 0.2))
        with pytest.raises(Unreachable):
            send(WeComTenant(settings_for(f"http://127.0.0.1:{deaf.getsockname()[1]}"), transport=transport))
        transport.close()
        for each in waiting:
            each.close()


def test_a_proxy_that_is_down_is_unreachable(platform):
    transport = Transport(proxy="http://127.0.0.1:1")
    with pytest.raises(Unreachable):
        send(WeComTenant(settings_for(platform.base), transport=transport))
    transport.close()
    assert platform.calls == []


def test_a_configured_proxy_is_used(platform):
    transport = Transport(proxy=platform.base)
    WeComTenant(settings_for("http://qyapi.example"), transport=transport).check_token()
    transport.close()
    assert platform.calls[0].headers["Host"] == "qyapi.example"


def test_proxies_of_the_environment_are_not_used(tenant, platform, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    send(tenant)
    assert platform.asked("message/send")


@pytest.mark.parametrize(
    "reply", [Reply(cut=True), Reply(status=500), Reply(body=b"?"), says(expires_in=7200)]
)
def test_a_lost_answer_to_the_token_call_leaves_the_send_safe_to_repeat(tenant, platform, reply):
    platform.will("gettoken", reply)
    with pytest.raises(Unreachable):
        send(tenant)
    assert platform.asked("message/send") == []


def test_a_missing_lifetime_is_taken_as_two_hours(tenant, platform):
    platform.will("gettoken", says(access_token="T"))
    tenant.check_token()
    tenant.check_token()
    assert len(platform.asked("gettoken")) == 1


def test_one_connection_serves_many_calls(tenant, platform):
    for _ in range(5):
        send(tenant)
    assert len(platform.asked("message/send")) == 5


def test_a_child_process_opens_its_own_connection(tenant, platform, transport):
    send(tenant)
    before = transport._of_this_process()
    child = os.fork()
    if child == 0:
        other = transport._of_this_process()
        os._exit(0 if other is not before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert transport._of_this_process() is before


def test_no_token_secret_or_word_gets_into_logs_errors_or_reprs(tenant, platform, caplog):
    caplog.set_level(logging.DEBUG)
    platform.will("message/send", says(errcode=81013, errmsg="到期"), Reply(cut=True))
    for expected in (DeliveryFailed, AnswerLost):
        with pytest.raises(expected) as raised:
            send(tenant)
        assert "token-1" not in str(raised.value)
        assert raised.value.__cause__ is None
        assert raised.value.__suppress_context__ or raised.value.__context__ is None
    settings = settings_for("http://x")
    written = caplog.text + repr(settings) + repr(tenant)
    for secret in ("token-1", "app-secret", "到期", settings.bot_aes_key, "app-token", "bot-token"):
        assert secret not in written


def test_every_error_of_the_table_has_chinese_words():
    for code in (-1, 40014, 60020, 86215, 404, 123456):
        assert not failure(code).meaning.isascii()


def test_a_body_is_utf8_json(tenant, platform):
    send(tenant)
    (call,) = platform.asked("message/send")
    assert "项目 A 今日到期".encode() in call.body
    assert json.loads(call.body)["text"]["content"] == "项目 A 今日到期"
