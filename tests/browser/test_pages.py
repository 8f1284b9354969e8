"""The mobile pages in a real browser, in the phones of the sandbox: with one thumb, and on a wide screen."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import SMALL, window
from tests.browser.phones import GROUP, PATIENCE, four
from tests.processes.house import until
from tests.talk import CONTACT, OFFICER, OUTSIDER, PROBLEM, REPRESENTATIVE, Platform

pytestmark = [pytest.mark.browser, pytest.mark.processes]
WIDE = (1280, 800)
MOST_BYTES = 80_000
PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
PAGES = (
    (OFFICER, "/m/"), (CONTACT, "/m/"), (REPRESENTATIVE, "/m/issue/3?do=reply"), (OFFICER, "/m/issue/2"),
    (CONTACT, "/m/project/YX-2026-001"), (OFFICER, "/m/item/13"), (CONTACT, "/m/material/60"),
    (CONTACT, "/m/feedback/YX-2026-001"), (CONTACT, "/m/rating/YX-2026-001"), (CONTACT, "/m/apply/new"),
)  # fmt: skip


@contextmanager
def opened(browser: Browser, url: str, user: str, path: str, size: tuple[int, int] = SMALL) -> Iterator[Page]:
    with window(browser, f"{url}phone/{user}{path}", size) as page:
        yield page


def said(url: str, user: str, text: str, chat: str) -> None:
    Platform(url.rstrip("/")).ask("/sandbox/say", {"user": user, "chat": chat, "text": text, "mention": True})


@pytest.fixture(scope="module")
def problem(url: str) -> int:
    """The sandbox's third problem, with the housing bureau's representative."""
    platform = Platform(url.rstrip("/"))
    said(url, CONTACT, PROBLEM, GROUP)
    said(url, CONTACT, "1", GROUP)
    until(lambda: "问题3：请您办理" in str(platform.history(REPRESENTATIVE, "app")))
    return 3


def test_a_representative_answers_from_the_card_and_the_officer_releases(
    browser: Browser, url: str, problem: int
) -> None:
    with window(browser, url, WIDE) as page:
        contact, representative, officer, _ = four(page)
        representative.opens("app")
        representative.taps("回复", card=f"问题{problem}：请您办理")
        hand = representative.web
        expect(hand.get_by_label("答复内容")).to_be_focused(timeout=PATIENCE)
        hand.get_by_role("button", name=re.compile("^经核查")).click()
        expect(hand.get_by_label("答复内容")).to_have_value(re.compile("已告知窗口，可直接申报"))
        hand.get_by_role("button", name="提交答复").click()
        expect(hand.locator(".notice.good")).to_contain_text("核对发布", timeout=PATIENCE)
        representative.leaves_web()
        officer.opens("app")
        officer.taps("退回", card=f"问题{problem}：答复待发布")
        desk = officer.web
        desk.get_by_role("button", name="发布答复").click()
        expect(desk.locator(".notice.good")).to_contain_text("发到工作群", timeout=PATIENCE)
        desk.get_by_role("button", name="立即发送").click()
        expect(desk.locator(".notice.good")).to_contain_text("现在发到工作群", timeout=PATIENCE)
        contact.opens(GROUP)
        contact.shows(f"【问题{problem}答复】", sender="app")


def test_an_enterprise_uploads_a_material_and_signs_with_one_thumb(
    browser: Browser, url: str, tmp_path: Path
) -> None:
    held = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(held, "PDF")
    file = tmp_path / "放线测量报告.pdf"
    file.write_bytes(held.getvalue())
    with opened(browser, url, CONTACT, "/m/project/YX-2026-001") as page:
        page.get_by_role("link", name=re.compile("放线验线")).tap()
        page.get_by_role("link", name=re.compile("放线测量报告")).tap()
        page.get_by_label("选择文件").set_input_files(file)
        expect(page.get_by_text("放线测量报告.pdf（")).to_be_visible()
        page.get_by_label(re.compile("我单位承诺")).check()
        page.get_by_role("button", name="提交", exact=True).tap()
        expect(page.locator(".notice.good")).to_contain_text("由服务专员李娜审核", timeout=PATIENCE)
        sheet = page.get_by_alt_text("放线测量报告第1页")
        expect(sheet).to_be_visible(timeout=PATIENCE)
        until(lambda: sheet.evaluate("image => image.complete && image.naturalWidth") == 900)
    said(url, OFFICER, "发计划 YX-2026-001", "app")
    with opened(browser, url, CONTACT, "/m/") as page:
        page.get_by_role("link", name=re.compile("待签署")).tap()
        page.get_by_role("button", name="确认签署").tap()
        expect(page.locator(".notice.good")).to_contain_text("已签署", timeout=PATIENCE)
        expect(page.get_by_role("button", name="确认签署")).to_have_count(0)


def test_a_stranger_sees_nothing(browser: Browser, url: str) -> None:
    with opened(browser, url, OUTSIDER, "/m/project/YX-2026-001") as page:
        expect(page.get_by_text("您还没有在本系统登记")).to_be_visible()
        assert "岭南" not in page.content()


def test_what_was_typed_outlives_a_lost_connection_and_a_closed_page(browser: Browser, url: str) -> None:
    with opened(browser, url, CONTACT, "/m/feedback/YX-2026-001") as page:
        words = "消防验收窗口要求提供清单外的检测报告，希望明确依据"
        page.get_by_label("遇到什么问题").fill(words)
        page.context.set_offline(True)
        page.get_by_role("button", name="提交").tap()
        expect(page.get_by_role("alert")).to_contain_text("没有网络，内容没有提交")
        page.context.set_offline(False)
        page.reload()
        expect(page.get_by_label("遇到什么问题")).to_have_value(words)


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["phone", "wide"])
def test_every_page_is_light_to_carry_and_easy_to_read(
    browser: Browser, url: str, problem: int, size: tuple[int, int]
) -> None:
    assert problem
    for user, path in PAGES:
        for dark in (False, True):
            with opened(browser, url, user, path, size) as page:
                page.emulate_media(color_scheme="dark" if dark else "light")
                assert page.evaluate(PROBE) == [], (user, path, dark)
                page.evaluate("document.documentElement.style.fontSize = '200%'")
                assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
                assert len(page.content().encode()) < MOST_BYTES, path


def test_style_and_script_are_small(url: str) -> None:
    with urlopen(f"{url}phone/{OFFICER}/m/", timeout=10) as answer:
        names = re.findall(r'(?:href|src)="(/m/static/[^"]+)"', answer.read().decode())
    assert len(names) == 2
    sizes = []
    for name in names:
        with urlopen(f"{url}phone/{OFFICER}{name}", timeout=10) as answer:
            sizes.append(len(answer.read()))
    assert all(size < 10_000 for size in sizes)
