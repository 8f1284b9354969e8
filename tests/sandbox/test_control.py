"""The control API: state, log, faults, clock, switches, members, reset."""

from __future__ import annotations

import json

import pytest

from sandbox.switches import SWITCHES
from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, stream

CHEN, LI = "chen.jing", "li.na"


def test_the_state_tells_time_people_and_chats(platform: Platform) -> None:
    state = platform.look("state")
    assert state["now"].startswith("2026-09-15T09:30:0")
    assert state["now"].endswith("+08:00")
    assert state["weekday"] == "星期二"
    assert len(state["users"]) == 23
    group = next(chat for chat in state["chats"] if chat["chat"] == "yx2026001")
    assert (group["bot_chat"], group["owner"], group["bot"]) == ("wrkYX001aibot", LI, True)
    assert len(group["members"]) == 8


def test_the_clock_can_be_set_and_the_offset_follows(alone: Platform) -> None:
    before = alone.look("state")["offset"]
    told = alone.control("clock", now="2026-09-18T16:20:00+08:00")
    assert told["now"] == "2026-09-18T16:20:00+08:00"
    moved = told["offset"] - before
    assert 3 * 86400 + 6 * 3600 < moved <= 3 * 86400 + 6 * 3600 + 50 * 60
    assert alone.control("clock", now="2026-09-18T09:00")["now"] == "2026-09-18T09:00:00+08:00"
    assert "error" in alone.control("clock", now="Freitag")


def test_every_call_is_logged_without_secrets(alone: Platform) -> None:
    alone.send(CHEN, text={"content": "提醒"})
    token, send = alone.log()
    assert (token["path"], send["path"]) == ("/cgi-bin/gettoken", "/cgi-bin/message/send")
    assert token["query"] == {"corpid": "ww00daibansandbox"}
    assert send["body"]["text"]["content"] == "提醒"
    assert (send["n"], send["status"], send["errcode"], send["effect"]) == (2, 200, 0, "delivered")
    assert send["at"].startswith("2026-09-15T09:30")
    assert alone.look("log", since=1) == [send]
    assert alone.look("log", last=1) == [send]


def test_an_unknown_path_is_logged_too(alone: Platform) -> None:
    assert alone.client.get("/cgi-bin/message/send").status_code == 404
    assert alone.client.get("/cgi-bin/nothing").status_code == 404
    assert [entry["effect"] for entry in alone.log()] == ["unknown", "unknown"]


def test_an_errcode_spoils_the_next_calls_before_they_act(alone: Platform) -> None:
    alone.control("fault", path="message/send", errcode=-1, times=2)
    answers = [alone.send(CHEN, text={"content": f"第{n}次"})["errcode"] for n in range(3)]
    assert answers == [-1, -1, 0]
    assert alone.texts(CHEN, "app") == ["第2次"]
    assert alone.log("/cgi-bin/message/send")[0]["effect"] == "fault"


def test_a_status_spoils_it_as_well(alone: Platform) -> None:
    alone.control("fault", path="/cgi-bin/gettoken", status=500)
    assert alone.client.get("/cgi-bin/gettoken").status_code == 500
    assert alone.look("fault") == []


def test_a_delay_acts_first(alone: Platform) -> None:
    alone.control("fault", path="message/send", delay=0.05)
    assert alone.send(CHEN, text={"content": "提醒"})["errcode"] == 0
    assert alone.log("/cgi-bin/message/send")[0]["fault"] == {"delay": 0.05}
    alone.control("fault", path="message/send", delay=0.05, when="before")
    assert alone.send(CHEN, text={"content": "提醒"})["errcode"] == 0


def test_a_cut_answer_leaves_the_message_delivered(alone: Platform) -> None:
    alone.control("fault", path="message/send", cut=True)
    body = {"touser": CHEN, "agentid": 1000002, "msgtype": "text", "text": {"content": "提醒"}}
    answer = alone.client.post(f"/cgi-bin/message/send?access_token={alone.token()}", json=body)
    assert answer.status_code == 500
    assert alone.texts(CHEN, "app") == ["提醒"]


def test_an_error_may_come_after_the_act(alone: Platform) -> None:
    alone.control("fault", path="message/send", errcode=45009, when="after")
    assert alone.send(CHEN, text={"content": "提醒"})["errcode"] == 45009
    assert alone.texts(CHEN, "app") == ["提醒"]


def test_a_download_can_fail_too(platform: Platform, product: Product) -> None:
    platform.say(CHEN, chat="bot", file={"name": "a.pdf", "text": "%PDF"})
    url = product.messages("bot")[0]["file"]["url"].split(":8100")[1]
    platform.control("fault", path="/sandbox/cos", status=500)
    assert [platform.client.get(url).status_code for _ in range(2)] == [500, 200]


def test_faults_are_listed_and_cleared(alone: Platform) -> None:
    (fault,) = alone.control("fault", path="appchat/send", errcode=45033, times=5)
    assert (fault["path"], fault["times"]) == ("/cgi-bin/appchat/send", 5)
    assert alone.control("fault", path="appchat/send", times=0) == []
    alone.control("fault", path="*", status=500)
    assert alone.control("fault", path="*", times=0) == []


def test_every_switch_has_words_and_can_be_turned(alone: Platform) -> None:
    assert {row["name"] for row in alone.look("state")["switches"]} == set(SWITCHES)
    alone.switch("small_images")
    rows = {row["name"]: row for row in alone.look("state")["switches"]}
    assert rows["small_images"]["on"]
    assert "2 MB" in rows["small_images"]["explain"]
    assert "error" in alone.control("switch", name="nothing", on=True)


def test_members_change_without_a_callback(platform: Platform, product: Product) -> None:
    told = platform.control("members", chat="wrkYX003aibot", add=[CHEN], remove=["wang.lei"], name="新群名")
    assert (told["name"], told["owner"]) == ("新群名", "he.wei")
    assert CHEN in told["members"]
    assert product.heard == []
    assert platform.control("members", chat="yx2026003", bot=False)["bot"] is False
    assert platform.control("members", chat="yx2026003", dissolve=True) == {"dissolved": True}
    assert "error" in platform.control("members", chat="yx2026003")
    assert platform.fetch("appchat/get", chatid="yx2026003")["errcode"] == 86003


def test_reset_returns_to_the_seed(platform: Platform, product: Product) -> None:
    product.answer = lambda door, message: stream("好")
    platform.say(CHEN, "进度")
    platform.switch("missing_msgid")
    platform.control("fault", path="message/send", status=500)
    platform.later(86400)
    state = platform.control("reset")
    assert state["now"].startswith("2026-09-15")
    assert state["faults"] == []
    assert not any(row["on"] for row in state["switches"])
    assert platform.history(CHEN, "yx2026001") == []
    assert platform.log() == []


@pytest.mark.parametrize(
    "wish",
    [
        {"user": "nobody", "chat": "app", "text": "x"},
        {"user": CHEN, "chat": "yx2026002", "text": "x"},
        {"user": CHEN, "chat": "nowhere", "text": "x"},
        {"user": CHEN, "chat": "bot", "text": " "},
        {"user": CHEN, "chat": "bot", "text": 7},
        {"user": CHEN, "chat": "bot", "file": {"text": "ohne Namen"}},
        {"user": CHEN, "chat": "bot", "file": {"name": "a.pdf", "base64": "?"}},
        {"user": CHEN, "chat": "bot", "file": {"name": "a.pdf", "text": ""}},
        {"user": CHEN, "chat": "bot", "text": "x", "file": {"name": "a.pdf", "text": "x"}},
        {"user": CHEN, "chat": "bot", "text": "x", "quote": "unknown"},
        {"user": CHEN, "chat": "bot", "text": "x", "quote": 7},
        {"user": CHEN, "chat": "bot", "text": "x", "repeat": -1},
        {"user": CHEN, "chat": "bot", "voice": "x"},
    ],
)
def test_what_a_phone_does_not_let_you_do_is_refused_in_words(
    platform: Platform, wish: dict[str, object]
) -> None:
    answer = platform.client.post("/sandbox/say", data=json.dumps(wish))
    assert answer.status_code == 400
    assert answer.get_json()["error"]


def test_unknown_events_and_taps_are_refused(platform: Platform) -> None:
    assert "error" in platform.control("event", user=CHEN, event="sneeze")
    assert "error" in platform.control("tap", user=CHEN, message="unknown", key="x")
    assert "error" in platform.control("event", user=CHEN, event="feedback", message="unknown")


def test_a_product_that_is_not_there_is_noted(alone: Platform) -> None:
    assert alone.say(CHEN, "进度")["status"] is None
    assert not alone.control("verify_callbacks")["app"]["ok"]
