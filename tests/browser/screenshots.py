"""`python -m tests.browser.screenshots`: makes the pictures in docs/images anew, with real processes and real words."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from tests.browser.chromium import DESKTOP, SMALL, chromium, window
from tests.browser.phones import GROUP, four
from tests.processes.house import RealHouse, real_house, until
from tests.talk import CONTACT, OFFICER, REPRESENTATIVE, SUPERVISOR, Platform

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PROBLEM = "反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收"
ANSWER = "材料清单不含村委会证明，窗口已纠正，可直接申报。"
BOARD = (1280, 1000)
TALL = (390, 1100)
PATIENT = 120.0  # the scheduler looks every twenty seconds
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
        _the_clock(browser, house)
        Platform(house.platform.base).set_clock("2026-09-24T10:00")
        with window(browser, f"{house.platform.base}/phone/{SUPERVISOR}/m/board", BOARD) as page:
            page.screenshot(path=IMAGES / "board.png")


def _pages(browser: Browser, house: RealHouse) -> None:
    """As people hold them: a list, an answer with ready phrases, in the light and in the dark."""
    for said in ("反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收", "1"):
        house.says(CONTACT, said, GROUP, mention=True)
    until(lambda: house.shown(REPRESENTATIVE, "app", "问题3：请您办理"))
    for name, user, path, scheme in SHOWN:
        with window(browser, f"{house.platform.base}/phone/{user}{path}", SMALL) as page:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=IMAGES / f"{name}.png")


def _the_clock(browser: Browser, house: RealHouse) -> None:
    """What comes unasked: the officer's list, the supervisor's ten lines, merged reminders, returns, the week."""
    house.says(OFFICER, "缴费 YX-2026-001 施工许可 9月21日前 占道费3200元", "app")
    house.says(SUPERVISOR, "发起报送 名单 10月20日前", "app")
    until(lambda: house.shown(REPRESENTATIVE, "app", ".xlsx"), PATIENT)
    _of_a_phone(browser, house, 2, "app", "clock-returns")
    house.platform.set_clock("2026-09-16T08:50")
    until(lambda: house.shown(OFFICER, "app", "9月16日（周三）工作清单"), PATIENT)
    _of_a_phone(browser, house, 3, "app", "clock-morning")
    until(lambda: house.shown(SUPERVISOR, "app", "9月16日（周三）督办简报"), PATIENT)
    _of_a_phone(browser, house, 4, "app", "clock-digest")
    house.platform.set_clock("2026-09-17T08:45")
    until(lambda: _noted(house, "fee"), PATIENT)
    until(lambda: _noted(house, "item"), PATIENT)
    house.platform.set_clock("2026-09-17T09:01")
    until(lambda: house.shown(CONTACT, "app", "今日提醒"), PATIENT)
    _of_a_phone(browser, house, 1, "app", "clock-reminders")
    house.platform.set_clock("2026-09-20T16:20")
    until(lambda: house.shown(CONTACT, GROUP, "'image'"), PATIENT)
    _of_a_phone(browser, house, 1, GROUP, "clock-week")


def _noted(house: RealHouse, subject: str) -> bool:
    """Found in the morning; told merged at nine."""
    with house.store.engine.connect() as connection:
        query = text("SELECT count(*) FROM reminders WHERE told_at IS NULL AND subject LIKE :s")
        return bool(connection.execute(query, {"s": f"{subject}:%"}).scalar())


def _of_a_phone(browser: Browser, house: RealHouse, number: int, chat: str, name: str) -> None:
    with window(browser, f"{house.platform.base}/", TALL) as page:
        page.get_by_label("不再提示").tap()
        page.get_by_test_id(f"tab-{number}").tap()
        page.get_by_test_id(f"phone-{number}-chat-{chat}").tap()
        page.wait_for_timeout(SETTLED)
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
