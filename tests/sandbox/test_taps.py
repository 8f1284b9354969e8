"""Taps on cards, events, later answers, and the unconfirmed shapes of a callback."""

from __future__ import annotations

from typing import Any

from sandbox.limits import DAY, HOUR
from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, app_reply, button_card, stream

Json = dict[str, Any]
CHEN, LI, HUANG = "chen.jing", "li.na", "huang.zhijian"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def answering(product: Product, answer: Json) -> None:
    product.answer = lambda door, message: answer


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
    assert "error" in platform.control(
        "tap", user=HUANG, message=card["id"], key="done", selected={"x": "d3"}
    )


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


def test_entering_the_bots_chat_is_told_once_a_day(platform: Platform, product: Product) -> None:
    answering(product, {"msgtype": "text", "text": {"content": "您好，我是代办助手"}})
    assert platform.control("event", user=CHEN, event="enter_chat")["status"] == 200
    assert platform.texts(CHEN, "bot") == ["您好，我是代办助手"]
    assert platform.control("event", user=CHEN, event="enter_chat")["status"] is None
    platform.later(DAY)
    assert platform.control("event", user=CHEN, event="enter_chat")["status"] == 200


def test_the_menu_of_the_app_is_an_event(platform: Platform, product: Product) -> None:
    platform.call(
        "menu/create", {"button": [{"type": "click", "name": "今日待办", "key": "todo"}]}, agentid=1000002
    )
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
