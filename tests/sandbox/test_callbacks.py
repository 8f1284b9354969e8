"""What people say and tap, on the wire to a product and back."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from sandbox.limits import DAY, HOUR
from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, app_reply, app_text, button_card, stream

Json = dict[str, Any]
CHEN, LI, HUANG = "chen.jing", "li.na", "huang.zhijian"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def answering(product: Product, answer: Json) -> None:
    product.answer = lambda door, message: answer


def wait_for(check: Any) -> None:
    deadline = time.monotonic() + 5
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_both_addresses_are_verified(platform: Platform) -> None:
    found = platform.control("verify_callbacks")
    assert found["app"]["ok"]
    assert found["bot"]["ok"]
    assert platform.look("state")["callbacks"]["app"]["ok"]


def test_a_mention_in_a_group_reaches_the_bot_and_the_answer_the_group(
    platform: Platform, product: Product
) -> None:
    answering(product, stream("**已受理**"))
    said = platform.say(CHEN, "施工许可办到哪了")
    (heard,) = product.messages("bot")
    assert heard["msgid"] == said["msgid"]
    assert heard["aibotid"] == "aib-daiban"
    assert (heard["chattype"], heard["chatid"]) == ("group", "wrkYX001aibot")
    assert heard["from"] == {"userid": CHEN}
    assert heard["text"]["content"] == "@代办助手 施工许可办到哪了"
    assert "/cgi-bin/aibot/response?response_code=" in heard["response_url"]
    assert said["status"] == 200
    assert said["answer"]["stream"]["content"] == "**已受理**"
    assert platform.texts(LI, "yx2026001") == ["施工许可办到哪了", "**已受理**"]


def test_without_a_mention_the_bot_hears_nothing(platform: Platform, product: Product) -> None:
    said = platform.say(CHEN, "大家好", mention=False)
    assert said["status"] is None
    assert not said["delivered"]
    assert product.heard == []
    assert platform.texts(LI, "yx2026001") == ["大家好"]


def test_the_app_gets_xml_and_answers_in_xml(platform: Platform, product: Product) -> None:
    product.answer = lambda door, message: app_text("收到", message["FromUserName"])
    said = platform.say(HUANG, "待办", chat="app")
    (heard,) = product.messages("app")
    assert (heard["MsgType"], heard["Content"], heard["FromUserName"]) == ("text", "待办", HUANG)
    assert heard["MsgId"] == said["msgid"]
    assert heard["AgentID"] == "1000002"
    assert said["answer"]["Content"] == "收到"
    assert platform.texts(HUANG, "app") == ["待办", "收到"]


def test_a_file_to_the_app_is_not_delivered(platform: Platform, product: Product) -> None:
    said = platform.say(HUANG, chat="app", file={"name": "a.pdf", "text": "%PDF"})
    assert said["status"] is None
    assert product.heard == []


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        ({"file": {"name": "a.png", "base64": "iVBORw0KGgo="}}, "image"),
        ({"file": {"name": "a.amr", "text": "#!AMR\n"}}, "voice"),
        ({"file": {"name": "a.mp4", "text": "mp4"}}, "video"),
        ({"location": {"latitude": "24.1", "longitude": "114.2", "label": "工地"}}, "location"),
        ({"link": {"title": "公示", "url": "https://example.invalid/"}}, "link"),
    ],
)
def test_the_app_is_told_of_other_kinds(platform: Platform, product: Product, wish: Json, kind: str) -> None:
    assert platform.say(HUANG, chat="app", **wish)["status"] == 200
    assert product.messages("app")[0]["MsgType"] == kind


def test_a_file_in_the_bots_chat_is_downloaded_and_decrypted(platform: Platform, product: Product) -> None:
    platform.say(CHEN, chat="bot", file={"name": "用地预审.pdf", "text": "%PDF-1.4"})
    url = product.messages("bot")[0]["file"]["url"]
    answer = platform.client.get(url.split(":8100")[1])
    assert product.envelopes["bot"].open_file(answer.data) == b"%PDF-1.4"
    assert "%E7%94%A8%E5%9C%B0" in answer.headers["Content-Disposition"]
    platform.switch("no_file_name")
    assert "Content-Disposition" not in platform.client.get(url.split(":8100")[1]).headers
    platform.later(301)
    assert platform.client.get(url.split(":8100")[1]).status_code == 403


def test_text_and_picture_make_a_mixed_message(platform: Platform, product: Product) -> None:
    platform.say(CHEN, "现场照片", file={"name": "a.png", "base64": "iVBORw0KGgo="})
    items = product.messages("bot")[0]["mixed"]["msg_item"]
    assert items[0]["text"]["content"] == "@代办助手 现场照片"
    assert items[1]["image"]["url"].startswith("http://127.0.0.1:8100/sandbox/cos/")


def test_voice_arrives_as_words_in_a_single_chat(platform: Platform, product: Product) -> None:
    platform.say(CHEN, chat="bot", voice={"text": "进度"})
    assert product.messages("bot")[0]["voice"] == {"content": "进度"}


def test_a_file_in_a_group_is_heard_only_when_quoted(platform: Platform, product: Product) -> None:
    posted = platform.say(CHEN, file={"name": "图纸.pdf", "text": "%PDF"})
    assert posted["status"] is None
    platform.say(CHEN, "这是补正材料", quote=posted["msgid"])
    quote = product.messages("bot")[0]["quote"]
    assert quote["msgtype"] == "file"
    assert platform.history(LI, "yx2026001")[-1]["quoted"]["text"] == "[文件] 图纸.pdf"
    platform.switch("no_quote_file_in_group")
    platform.say(CHEN, "这是补正材料", quote=posted["msgid"])
    assert "quote" not in product.messages("bot")[1]


@pytest.mark.parametrize(
    ("quote", "kind"), [({"text": "请补交"}, "text"), ({"file": {"name": "a.pdf", "text": "x"}}, "file")]
)
def test_words_and_files_never_posted_can_be_quoted(
    platform: Platform, product: Product, quote: Json, kind: str
) -> None:
    platform.say(CHEN, "这个怎么办", quote=quote)
    assert product.messages("bot")[0]["quote"]["msgtype"] == kind


def test_an_unanswered_callback_is_repeated_three_times(platform: Platform, product: Product) -> None:
    product.statuses = [500, 302, 500]
    answering(product, stream("好"))
    said = platform.say(CHEN, "进度")
    assert (said["status"], said["tries"]) == (200, 4)
    assert len({heard["msgid"] for heard in product.messages("bot")}) == 1
    product.statuses = [500] * 4
    assert platform.say(CHEN, "进度")["status"] == 500
    assert platform.log("callback/bot")[-1]["effect"] == "callback_failed"


def test_a_late_answer_counts_for_nothing(platform: Platform, product: Product) -> None:
    product.delay = 0.8
    answering(product, stream("迟到"))
    said = platform.say(CHEN, "进度")
    assert said["status"] is None
    assert platform.texts(LI, "yx2026001") == ["进度"]


@pytest.mark.parametrize("mode", ["serial", "parallel"])
def test_the_same_callback_can_be_sent_several_times(platform: Platform, product: Product, mode: str) -> None:
    answering(product, stream("好"))
    said = platform.say(CHEN, "进度", repeat=3, repeat_mode=mode)
    assert [answer["status"] for answer in said["answers"]] == [200] * 3
    assert {heard["msgid"] for heard in product.messages("bot")} == {said["msgid"]}
    assert platform.texts(LI, "yx2026001") == ["进度", "好"]


def test_a_stream_is_asked_for_until_it_is_finished(platform: Platform, product: Product) -> None:
    frames = iter([stream("正在查询", finish=False), stream("正在查询…", finish=False), stream("查到了")])
    product.answer = lambda door, message: next(frames)
    platform.say(CHEN, "进度")
    wait_for(lambda: platform.history(CHEN, "yx2026001")[-1]["finished"])
    assert platform.texts(CHEN, "yx2026001") == ["进度", "查到了"]
    refreshes = product.messages("bot")[1:]
    assert [r["stream"] for r in refreshes] == [{"id": "S1"}, {"id": "S1"}]
    assert {r["msgtype"] for r in refreshes} == {"stream"}


def test_a_stream_is_given_up_after_six_minutes(platform: Platform, product: Product) -> None:
    answering(product, stream("正在查询", finish=False))
    platform.say(CHEN, "进度")
    platform.later(361)
    wait_for(lambda: platform.history(CHEN, "yx2026001")[-1].get("timed_out"))


def test_at_most_three_interactions_are_in_progress(platform: Platform, product: Product) -> None:
    names = iter(f"S{n}" for n in range(100))
    product.answer = lambda door, message: (
        stream("…", finish=False, name=message["stream"]["id"] if "stream" in message else next(names))
    )
    for _ in range(3):
        assert platform.say(CHEN, "进度")["status"] == 200
    assert platform.say(CHEN, "进度")["status"] is None
    platform.control("reset")


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
    for raw in (b"ok", b"{}", b"[]", json.dumps({"encrypt": "x", "msgsignature": "y", "timestamp": 1, "nonce": "z"}).encode()):
        product.raw = raw
        assert platform.say(CHEN, "进度")["illegal"]
    product.raw = b"<!DOCTYPE x><xml/>"
    assert platform.say(CHEN, "进度", chat="app")["illegal"]


def test_images_of_a_finished_stream_are_shown(platform: Platform, product: Product) -> None:
    import base64
    import hashlib

    image = {"base64": base64.b64encode(PNG).decode(), "md5": hashlib.md5(PNG, usedforsecurity=False).hexdigest()}
    answer = stream("进度图")
    answer["stream"]["msg_item"] = [{"msgtype": "image", "image": image}]
    answering(product, answer)
    platform.say(CHEN, "进度")
    (shown,) = platform.history(CHEN, "yx2026001")[-1]["images"]
    assert platform.client.get(f"/sandbox/file/{shown}").data == PNG


def test_the_bot_answers_with_words_and_a_card(platform: Platform, product: Product) -> None:
    answering(product, {**stream("请选择"), "msgtype": "stream_with_template_card", "template_card": button_card()})
    platform.say(CHEN, "我要反映问题")
    words, card = platform.history(CHEN, "yx2026001")[-2:]
    assert words["text"] == "请选择"
    assert [button["text"] for button in card["buttons"]] == ["已完成", "办理中"]


def test_a_card_in_a_group_may_not_show(platform: Platform, product: Product) -> None:
    platform.switch("card_in_group_hidden")
    answering(product, {"msgtype": "template_card", "template_card": button_card()})
    platform.say(CHEN, "我要反映问题")
    hidden = platform.history(CHEN, "yx2026001")[-1]
    assert hidden["hidden"]
    assert hidden["buttons"] == []
    assert "error" in platform.control("tap", user=CHEN, message=hidden["id"], key="done")


def test_a_tap_on_a_bot_card_is_told_once_and_updates_it(platform: Platform, product: Product) -> None:
    answering(product, {"msgtype": "template_card", "template_card": button_card("prj31@v1")})
    platform.say(CHEN, "我要反映问题")
    card = platform.history(CHEN, "yx2026001")[-1]
    new = button_card("prj31@v1", replace_text="已提交")
    answering(product, {"response_type": "update_template_card", "userids": [CHEN], "template_card": new})
    tapped = platform.control("tap", user=CHEN, message=card["id"], key="done")
    event = product.messages("bot")[-1]["event"]
    assert event["eventtype"] == "template_card_event"
    assert event["template_card_event"] == {
        "card_type": "button_interaction", "event_key": "done", "task_id": "prj31@v1",
    }  # fmt: skip
    assert tapped["status"] == 200
    assert platform.history(CHEN, "yx2026001")[-1]["state"] == "replaced"
    assert platform.history(LI, "yx2026001")[-1]["state"] == "active"
    assert "error" in platform.control("tap", user=CHEN, message=card["id"], key="done")
    product.statuses = [500]
    assert platform.control("tap", user=LI, message=card["id"], key="done")["tries"] == 1


def test_an_update_with_another_task_is_illegal(platform: Platform, product: Product) -> None:
    answering(product, {"msgtype": "template_card", "template_card": button_card("a")})
    platform.say(CHEN, "我要反映问题")
    card = platform.history(CHEN, "yx2026001")[-1]
    answering(product, {"response_type": "update_template_card", "template_card": button_card("b")})
    assert "task_id" in platform.control("tap", user=CHEN, message=card["id"], key="done")["illegal"]


def test_selections_travel_with_the_tap(platform: Platform, product: Product) -> None:
    options = [{"id": "d0", "text": "不延期"}, {"id": "d3", "text": "3天"}]
    selection = {"question_key": "delay", "title": "延期", "selected_id": "d0", "option_list": options}
    platform.send(HUANG, template_card=button_card("t1", button_selection=selection))
    card = platform.history(HUANG, "app")[-1]
    platform.control("tap", user=HUANG, message=card["id"], key="done", selected={"delay": "d3"})
    heard = product.messages("app")[-1]
    assert (heard["Event"], heard["EventKey"], heard["TaskId"]) == ("template_card_event", "done", "t1")
    assert heard["SelectedItems"]["SelectedItem"] == {"QuestionKey": "delay", "OptionIds": {"OptionId": "d3"}}
    assert heard["ResponseCode"]
    platform.control("tap", user=HUANG, message=card["id"], key="done")
    assert product.messages("app")[-1]["SelectedItems"]["SelectedItem"]["OptionIds"] == {"OptionId": "d0"}
    assert "error" in platform.control("tap", user=HUANG, message=card["id"], key="done", selected={"x": "d3"})


def test_the_corner_menu_is_an_event_of_its_own(platform: Platform, product: Product) -> None:
    menu = {"desc": "更多", "action_list": [{"text": "转交", "key": "handover"}]}
    platform.send(HUANG, template_card=button_card("t1", action_menu=menu))
    card = platform.history(HUANG, "app")[-1]
    platform.control("tap", user=HUANG, message=card["id"], key="handover")
    assert product.messages("app")[-1]["Event"] == "template_card_menu_event"


def test_the_app_updates_the_clickers_card(platform: Platform, product: Product) -> None:
    platform.send(f"{HUANG}|{LI}", template_card=button_card("t1"))
    card = platform.history(HUANG, "app")[-1]
    product.answer = lambda door, m: app_reply(m, MsgType="update_button", Button={"ReplaceName": "已完成"})
    platform.control("tap", user=HUANG, message=card["id"], key="done")
    assert platform.history(HUANG, "app")[-1]["state_text"] == "已完成"
    assert platform.history(LI, "app")[-1]["state"] == "active"


def test_the_app_replaces_the_card_with_camel_case_xml(platform: Platform, product: Product) -> None:
    platform.send(HUANG, template_card=button_card("t1"))
    card = platform.history(HUANG, "app")[-1]
    new = {
        "CardType": "text_notice", "MainTitle": {"Title": "已反馈"}, "CardAction": {"Type": 1, "Url": "http://x.invalid/"},
        "HorizontalContentList": [{"KeyName": "结果", "Value": "已完成"}, {"KeyName": "时间", "Value": "今天"}],
        "JumpList": [{"Type": 1, "Title": "查看", "Url": "http://x.invalid/"}], "Source": {"DescColor": 1},
    }  # fmt: skip
    product.answer = lambda door, m: app_reply(m, MsgType="update_template_card", TemplateCard=new)
    platform.control("tap", user=HUANG, message=card["id"], key="done")
    shown = platform.history(HUANG, "app")[-1]["card"]
    assert [field["keyname"] for field in shown["horizontal_content_list"]] == ["结果", "时间"]
    assert shown["jump_list"][0]["title"] == "查看"


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


def test_entering_the_bots_chat_is_told_once_a_day(platform: Platform, product: Product) -> None:
    answering(product, {"msgtype": "text", "text": {"content": "您好，我是代办助手"}})
    assert platform.control("event", user=CHEN, event="enter_chat")["status"] == 200
    assert platform.texts(CHEN, "bot") == ["您好，我是代办助手"]
    assert platform.control("event", user=CHEN, event="enter_chat")["status"] is None
    platform.later(DAY)
    assert platform.control("event", user=CHEN, event="enter_chat")["status"] == 200


def test_the_menu_of_the_app_is_an_event(platform: Platform, product: Product) -> None:
    platform.call("menu/create", {"button": [{"type": "click", "name": "今日待办", "key": "todo"}]}, agentid=1000002)
    platform.control("event", user=HUANG, event="click", key="todo")
    heard = product.messages("app")[-1]
    assert (heard["Event"], heard["EventKey"]) == ("click", "todo")
    assert "MsgId" not in heard
    assert "error" in platform.control("event", user=HUANG, event="click", key="nothing")
    platform.control("event", user=HUANG, event="enter_agent")
    assert product.messages("app")[-1]["Event"] == "enter_agent"


def test_a_thumb_is_told_with_the_answers_id(platform: Platform, product: Product) -> None:
    answer = stream("好")
    answer["stream"]["feedback"] = {"id": "fb1"}
    answering(product, answer)
    platform.say(CHEN, "进度")
    shown = platform.history(CHEN, "yx2026001")[-1]
    product.answer = lambda door, message: None
    platform.control("event", user=CHEN, event="feedback", message=shown["id"], type=2, content="不对")
    event = product.messages("bot")[-1]["event"]["feedback_event"]
    assert (event["id"], event["type"], event["content"]) == ("fb1", 2, "不对")


def test_unconfirmed_shapes_of_a_callback_are_switches(platform: Platform, product: Product) -> None:
    platform.switch("missing_msgid")
    platform.switch("chat_ids_equal")
    platform.say(CHEN, "进度")
    heard = product.messages("bot")[-1]
    assert "msgid" not in heard
    assert heard["chatid"] == "yx2026001"
    platform.say(HUANG, "待办", chat="app")
    assert "MsgId" not in product.messages("app")[-1]
    platform.switch("dirty_chat_id")
    platform.say(CHEN, "进度")
    dirty = product.messages("bot")[-1]["chatid"]
    assert dirty != "yx2026001"
    assert "".join(c for c in dirty if c.isprintable()) == "yx2026001"


def test_events_may_be_repeated(platform: Platform, product: Product) -> None:
    platform.switch("event_repeated")
    platform.control("event", user=HUANG, event="enter_agent")
    assert len(product.messages("app")) == 2


def test_a_later_answer_goes_by_the_response_url_once(platform: Platform, product: Product) -> None:
    platform.say(CHEN, "进度")
    url = product.messages("bot")[0]["response_url"].split(":8100")[1]
    body = {"msgtype": "markdown", "markdown": {"content": "查到了"}}
    assert platform.client.post(url, json=body).get_json()["errcode"] == 0
    shown = platform.history(LI, "yx2026001")[-1]
    assert (shown["text"], shown["quoted"]["text"]) == ("查到了", "进度")
    assert platform.client.post(url, json=body).get_json()["errcode"] != 0


def test_a_response_url_dies_after_an_hour(platform: Platform, product: Product) -> None:
    platform.say(CHEN, "进度", chat="bot")
    url = product.messages("bot")[0]["response_url"].split(":8100")[1]
    platform.later(HOUR)
    body = {"msgtype": "template_card", "template_card": button_card()}
    assert platform.client.post(url, json=body).get_json()["errcode"] == 40058


def test_a_bot_that_is_not_in_the_group_hears_nothing(platform: Platform, product: Product) -> None:
    assert platform.say(LI, "有人吗", chat="yxofficers")["status"] is None
    platform.control("members", chat="yxofficers", bot=True)
    assert platform.say(LI, "有人吗", chat="yxofficers")["status"] == 200
