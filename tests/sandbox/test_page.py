"""The page with the phones, in a real browser against a real sandbox and a tiny product."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.browser.chromium import DESKTOP, SMALL, chromium, window
from tests.sandbox.conftest import Platform
from tests.sandbox.product import Product, button_card, stream

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def url(platform: Platform) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, platform.client.application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    with window(browser, url, DESKTOP) as opened:
        expect(opened.get_by_test_id("phone-1-chat-yx2026001")).to_be_visible()
        yield opened


def test_a_talk_in_the_group_shows_on_two_phones(page: Page, product: Product) -> None:
    product.answer = lambda door, message: stream("### 进度\n- **施工许可** 在办")
    page.get_by_test_id("phone-1-input").fill("施工许可办到哪了")
    page.get_by_test_id("phone-1-input").press("Enter")
    for phone in (1, 3):
        answer = page.get_by_test_id(f"phone-{phone}-messages").locator(
            '[data-from="bot"][data-kind="stream"]'
        )
        expect(answer.locator("strong")).to_have_text("施工许可")
    assert product.messages("bot")[0]["text"]["content"] == "@代办助手 施工许可办到哪了"


def test_without_the_mention_the_page_warns(page: Page, product: Product) -> None:
    page.get_by_test_id("phone-1-mention").click()
    expect(page.get_by_test_id("phone-1-hint")).to_have_text("没有 @ 的消息机器人收不到")
    page.get_by_test_id("phone-1-input").fill("大家好")
    page.get_by_test_id("phone-1-send").click()
    expect(page.get_by_test_id("phone-3-messages").get_by_text("大家好")).to_be_visible()
    assert product.heard == []


def test_a_card_is_tapped_and_greyed(page: Page, platform: Platform, product: Product) -> None:
    product.answer = lambda door, m: {
        "ToUserName": m["FromUserName"], "FromUserName": m["ToUserName"], "CreateTime": 1,
        "MsgType": "update_button", "Button": {"ReplaceName": "已受理"},
    }  # fmt: skip
    platform.send("huang.zhijian", template_card=button_card("t1"))
    page.get_by_test_id("phone-2-messages").locator('[data-key="done"]').click()
    expect(page.get_by_test_id("phone-2-messages").get_by_test_id("card-done")).to_have_text("已受理")


def test_a_file_is_sent_and_quoted(page: Page, product: Product) -> None:
    page.get_by_test_id("phone-1-file").set_input_files(
        {"name": "图纸.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    page.get_by_test_id("phone-1-messages").locator('[data-kind="file"]').click()
    page.get_by_test_id("phone-1-quote").click()
    page.get_by_test_id("phone-1-input").fill("这是补正材料")
    page.get_by_test_id("phone-1-send").click()
    expect(page.get_by_test_id("phone-1-messages").get_by_text("[文件] 图纸.pdf")).to_be_visible()
    assert product.messages("bot")[0]["quote"]["msgtype"] == "file"


def test_unread_messages_are_counted_and_read_by_opening(page: Page, platform: Platform) -> None:
    platform.send("li.na", text={"content": "新的待办"})
    badge = page.get_by_test_id("phone-3-chat-app").locator(".badge")
    expect(badge).to_have_text("1")
    page.get_by_test_id("phone-3-chat-app").click()
    expect(page.get_by_test_id("phone-3-messages").get_by_text("新的待办")).to_be_visible()
    expect(badge).to_have_count(0)


def test_another_person_takes_the_phone(page: Page, platform: Platform) -> None:
    platform.send("xu.hui|guo.yong", text={"content": "督办摘要"})
    page.get_by_test_id("phone-1-person").select_option("guo.yong")
    page.get_by_test_id("phone-1-chat-app").click()
    expect(page.get_by_test_id("phone-1-messages").get_by_text("督办摘要")).to_be_visible()


def test_the_clock_is_moved(page: Page, platform: Platform) -> None:
    page.get_by_test_id("clock-input").fill("2026-09-18T16:20")
    page.get_by_test_id("clock-set").click()
    expect(page.get_by_test_id("clock")).to_contain_text("2026年9月18日 星期五 16:20")
    assert platform.look("state")["now"].startswith("2026-09-18T16:20")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026年9月18日 8:05", "2026年9月18日 星期五 08:05"),
        ("2026/9/18 16:20", "2026年9月18日 星期五 16:20"),
        ("明天", "时间请写成 2026-09-18 16:20"),
        ("2026-13-01 09:00", "时间请写成 2026-09-18 16:20"),
    ],
)
def test_the_clock_takes_a_time_as_people_write_it(page: Page, typed: str, told: str) -> None:
    page.get_by_test_id("clock-input").fill(typed)
    page.get_by_test_id("clock-set").click()
    expect(
        page.get_by_test_id("clock").or_(page.get_by_test_id("toast")).filter(has_text=told)
    ).to_be_visible()


def test_a_switch_is_turned_in_the_drawer(page: Page, platform: Platform) -> None:
    page.get_by_test_id("drawer-open").click()
    page.get_by_role("tab", name="开关").click()
    page.get_by_test_id("switch-no_file_name").check()
    expect(page.get_by_test_id("switch-no_file_name")).to_be_checked()
    page.wait_for_function("fetch('/sandbox/state').then(a=>a.json()).then(s=>s.switches.some(x=>x.on))")
    assert platform.world.switches["no_file_name"]


def test_words_with_tags_in_them_stay_words(page: Page, platform: Platform) -> None:
    platform.say("chen.jing", "<img src=x onerror=alert(1)> [坏](javascript:alert(1))", mention=False)
    bubble = page.get_by_test_id("phone-1-messages").locator('[data-from="chen.jing"]')
    expect(bubble).to_contain_text("<img src=x")
    expect(bubble.locator("img, a")).to_have_count(0)


def test_one_phone_fills_a_small_screen(browser: Browser, url: str) -> None:
    with window(browser, url, SMALL) as small:
        expect(small.get_by_test_id("phone-1")).to_be_visible()
        expect(small.get_by_test_id("phone-2")).to_be_hidden()
        small.get_by_test_id("tab-2").click()
        expect(small.get_by_test_id("phone-2")).to_be_visible()
        box = small.get_by_test_id("phone-2").bounding_box()
        assert box
        assert box["width"] == 390


def test_what_arrives_on_a_hidden_phone_stays_unread_until_it_is_looked_at(
    browser: Browser, url: str, platform: Platform
) -> None:
    with window(browser, url, SMALL) as small:
        expect(small.get_by_test_id("tab-2")).to_be_visible()
        platform.send("huang.zhijian", text={"content": "新的待办"})
        badge = small.get_by_test_id("tab-2").locator(".badge")
        expect(badge).to_have_text("1")
        small.get_by_test_id("tab-2").click()
        expect(badge).to_have_count(0)


def test_an_empty_chat_says_what_one_could_write(page: Page, product: Product) -> None:
    product.answer = lambda door, message: stream("在办4项")
    page.get_by_test_id("phone-1-start").get_by_role("button", name="进度", exact=True).click()
    expect(page.get_by_test_id("phone-1-messages").get_by_text("在办4项")).to_be_visible()
    expect(page.get_by_test_id("phone-1-start")).to_have_count(0)
    assert product.messages("bot")[0]["text"]["content"] == "@代办助手 进度"


def test_the_hint_for_newcomers_goes_away_for_good(page: Page) -> None:
    page.get_by_label("不再提示").click()
    page.reload()
    expect(page.get_by_test_id("phone-1-chat-yx2026001")).to_be_visible()
    expect(page.get_by_test_id("tip")).to_be_hidden()


def test_the_clock_goes_to_the_last_working_day_of_the_week(page: Page) -> None:
    page.get_by_test_id("clock-weekly").click()  # the Sunday before National Day makes up for a day off
    expect(page.get_by_test_id("clock")).to_contain_text("2026年9月20日 星期日 16:20")
    page.get_by_test_id("clock-weekly").click()  # the Friday after is Mid-Autumn Day
    expect(page.get_by_test_id("clock")).to_contain_text("2026年9月24日 星期四 16:20")


def test_a_file_is_downloaded_under_its_name(page: Page, platform: Platform) -> None:
    media = platform.upload("申请表.docx", b"PK\x03\x04 docx")["media_id"]
    platform.send("chen.jing", file={"media_id": media})
    page.get_by_test_id("phone-1-chat-app").click()
    with page.expect_download() as download:
        page.get_by_test_id("file-open").click()
    assert download.value.suggested_filename == "申请表.docx"


def test_lamps_are_drawn_where_no_font_has_them(page: Page, platform: Platform) -> None:
    platform.say("chen.jing", "🔴 环评报告表", mention=False)
    lamp = page.get_by_test_id("phone-1-messages").locator(".sign.red")
    expect(lamp).to_have_css("background-color", "rgb(229, 69, 69)")
    assert lamp.inner_text() == "🔴"


def test_words_that_could_not_be_sent_come_back(page: Page) -> None:
    page.route("**/sandbox/say", lambda route: route.abort())
    page.get_by_test_id("phone-1-input").fill("施工许可办到哪了")
    page.get_by_test_id("phone-1-send").click()
    expect(page.get_by_test_id("toast")).to_have_text("与模拟平台失去联系，没有发出")
    expect(page.get_by_test_id("phone-1-input")).to_have_value("施工许可办到哪了")
