"""The board in a real browser: at first sight, pressed and exported with a thumb, printed; a stranger sees nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import SMALL, window
from tests.browser.phones import GROUP, PATIENCE
from tests.browser.test_pages import MOST_BYTES, WIDE, opened, said
from tests.processes.house import until
from tests.talk import CHIEF, CONTACT, OFFICER, OUTSIDER, PROBLEM, REPRESENTATIVE, SUPERVISOR, Platform

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
PAGES = (
    (SUPERVISOR, "/m/board"), (OFFICER, "/m/board?period=今年"), (CHIEF, "/m/board"), (SUPERVISOR, "/m/search"),
)  # fmt: skip


@pytest.fixture(scope="module")
def late(url: str) -> int:
    """Problem 3, three working days over."""
    platform = Platform(url.rstrip("/"))
    said(url, CONTACT, PROBLEM, GROUP)
    said(url, CONTACT, "1", GROUP)
    until(lambda: "问题3：请您办理" in str(platform.history(REPRESENTATIVE, "app")))
    platform.set_clock("2026-09-24T10:00")
    return 3


def test_a_supervisor_presses_and_exports_with_one_thumb(browser: Browser, url: str, late: int) -> None:
    with opened(browser, url, SUPERVISOR, "/m/") as page:
        page.get_by_role("link", name="看板").tap()
        expect(page.get_by_role("heading", name="督办看板")).to_be_visible()
        page.get_by_role("link", name=re.compile("看清单")).tap()
        page.get_by_text(f"督办：问题{late}").tap()
        page.locator(f"#opinion{late}").fill("请于9月29日前书面说明退件依据。")
        page.locator(f"form:has(#opinion{late})").get_by_role("button", name="发出督办单").tap()
        expect(page.locator(".notice.good")).to_contain_text("督办单", timeout=PATIENCE)
        expect(page.locator("#late")).to_contain_text("已督办（YX-DB-2026-")
        page.get_by_text("筛选和导出").tap()
        assert f"问题{late}" in taken(page, "导出超期清单")
        assert "按时办结率" in taken(page, "导出统计表")
        page.get_by_label("统计时段").select_option("今年")
        page.get_by_role("button", name="查看").tap()
        expect(page.get_by_text("全部项目　2026年")).to_be_visible()
        page.get_by_role("link", name=re.compile("^住建局")).tap()
        expect(page.get_by_role("link", name=re.compile("只看住建局"))).to_be_visible()
        page.locator("#late").get_by_role("link", name=re.compile("^施工许可")).tap()
        expect(page.get_by_role("heading", name="施工许可")).to_be_visible()
    platform = Platform(url.rstrip("/"))
    until(lambda: "请于9月29日前书面说明" in str(platform.history(REPRESENTATIVE, "app")))


def taken(page: Page, link: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).tap()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename.endswith("）.xlsx")
    cells = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return str([cell for row in cells for cell in row if cell])


def test_a_stranger_sees_nothing(browser: Browser, url: str, late: int) -> None:
    assert late
    for user in (OUTSIDER, CONTACT, REPRESENTATIVE):
        with opened(browser, url, user, "/m/board") as page:
            expect(page.get_by_text(re.compile("不能查看|无法打开"))).to_be_visible()
            assert "岭南" not in page.content()
    with window(browser, f"{url}phone/{CONTACT}/m/", SMALL) as page:
        expect(page.get_by_role("link", name="搜索")).to_be_visible()
        expect(page.get_by_role("link", name="看板")).to_have_count(0)


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["phone", "wide"])
def test_it_reads_well_light_and_dark_and_twice_as_large(
    browser: Browser, url: str, late: int, size: tuple[int, int]
) -> None:
    assert late
    for user, path in PAGES:
        with opened(browser, url, user, path, size) as page:
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                assert page.evaluate(PROBE) == [], (user, path, scheme)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
            assert len(page.content().encode()) < MOST_BYTES, path


def test_it_prints_on_a4_without_buttons(browser: Browser, url: str, late: int, tmp_path: Path) -> None:
    with opened(browser, url, SUPERVISOR, "/m/board", WIDE) as page:
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="查看")).to_be_hidden()
        expect(page.get_by_role("button", name=re.compile("^催办")).first).to_be_hidden()
        expect(page.locator("#late")).to_contain_text(f"问题{late}")
        printed = page.pdf(path=tmp_path / "board.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", printed)
