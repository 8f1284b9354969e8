"""`python -m tests.browser.screenshots`: makes the pictures in docs/images anew, with real processes and real words."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import DESKTOP, SMALL, chromium, window
from tests.browser.phones import GROUP, four
from tests.processes.house import RealHouse, real_house, until
from tests.talk import CONTACT, OFFICER, REPRESENTATIVE, SUPERVISOR, Platform

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PROBLEM = "反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收"
ANSWER = "材料清单不含村委会证明，窗口已纠正，可直接申报。"
BOARD = (1280, 1000)
SETTLED = 3000  # the glow around a phone with news has gone


def main() -> None:
    with ExitStack() as open_until_the_end:
        folder = Path(open_until_the_end.enter_context(tempfile.TemporaryDirectory()))
        browser = open_until_the_end.enter_context(chromium())
        house = open_until_the_end.enter_context(real_house(folder, f"sqlite:///{folder / 'daiban.db'}"))
        house.start_redis()
        house.start("sandbox")  # loads the sample, which the others need
        house.start("web", "worker", "scheduler")
        _pages(browser, house)
        for name, size, talk in (("phone", SMALL, _a_question), ("page", DESKTOP, _a_problem_and_its_answer)):
            with window(browser, f"{house.platform.base}/", size) as page:
                talk(page)
                _keep(page, name)
        Platform(house.platform.base).set_clock("2026-09-24T10:00")
        with window(browser, f"{house.platform.base}/phone/{SUPERVISOR}/m/board", BOARD) as page:
            page.screenshot(path=IMAGES / "board.png")


def _pages(browser: Browser, house: RealHouse) -> None:
    """As people hold them: a list, an answer with ready phrases, in the light and in the dark."""
    for text in ("反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收", "1"):
        house.says(CONTACT, text, GROUP, mention=True)
    until(lambda: house.shown(REPRESENTATIVE, "app", "问题3：请您办理"))
    for name, user, path, scheme in SHOWN:
        with window(browser, f"{house.platform.base}/phone/{user}{path}", SMALL) as page:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=IMAGES / f"{name}.png")


SHOWN: tuple[tuple[str, str, str, Literal["light", "dark"]], ...] = (
    ("page-todo", OFFICER, "/m/", "light"),
    ("page-answer", REPRESENTATIVE, "/m/issue/3?do=reply", "light"),
    ("page-case-dark", CONTACT, "/m/project/YX-2026-001", "dark"),
)


def _a_question(page: Page) -> None:
    contact, *_ = four(page)
    page.get_by_label("不再提示").tap()
    contact.says("进度")
    contact.shows("施工许可", sender="bot")


def _a_problem_and_its_answer(page: Page) -> None:
    contact, representative, officer, supervisor = four(page)
    page.get_by_label("不再提示").click()
    contact.says(PROBLEM)
    number = contact.registers(lambda: contact.taps("提交", card="请确认"))
    representative.taps("回复", card=f"问题{number}：请您办理")
    representative.web.get_by_label("答复内容").fill(ANSWER)
    representative.web.get_by_role("button", name="提交答复").click()
    expect(representative.web.locator(".notice.good")).to_contain_text("核对发布")
    representative.leaves_web()
    officer.opens("app")
    officer.taps("发布", card=f"问题{number}")
    officer.taps("立即发送", card=f"问题{number}")
    contact.shows(f"【问题{number}答复】", sender="app")
    contact.says(f"问题{number} 已解决")
    officer.shows("项目单位已确认解决", sender="app")
    officer.says("待办")
    officer.shows("等您处理", sender="app")
    supervisor.says("汇总")
    supervisor.shows("在办项目", sender="app")


def _keep(page: Page, name: str) -> None:
    page.locator("body").click(position={"x": 1, "y": 1})  # no cursor in a field
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
