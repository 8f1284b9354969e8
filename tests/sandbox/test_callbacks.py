"""What people say, on the wire to a product and back."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

import pytest

from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, app_text, button_card, stream

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
    product.answer = lambda door, message: stream(
        "…", finish=False, name=message["stream"]["id"] if "stream" in message else next(names)
    )
    for _ in range(3):
        assert platform.say(CHEN, "进度")["status"] == 200
    assert platform.say(CHEN, "进度")["status"] is None
    platform.control("reset")


def test_images_of_a_finished_stream_are_shown(platform: Platform, product: Product) -> None:
    image = {
        "base64": base64.b64encode(PNG).decode(),
        "md5": hashlib.md5(PNG, usedforsecurity=False).hexdigest(),
    }
    answer = stream("进度图")
    answer["stream"]["msg_item"] = [{"msgtype": "image", "image": image}]
    answering(product, answer)
    platform.say(CHEN, "进度")
    (shown,) = platform.history(CHEN, "yx2026001")[-1]["images"]
    assert platform.client.get(f"/sandbox/file/{shown}").data == PNG


def test_the_bot_answers_with_words_and_a_card(platform: Platform, product: Product) -> None:
    answering(
        product, {**stream("请选择"), "msgtype": "stream_with_template_card", "template_card": button_card()}
    )
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
