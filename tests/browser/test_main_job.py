"""The main job on the page with the phones: real processes, a real browser, nothing but clicks and typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import DESKTOP, SMALL, window
from tests.browser.phones import GROUP, PATIENCE, Phone, four

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PROBLEM = "反馈问题：施工许可窗口要求清单外的村委会证明，跑了两趟都不收"
ANSWER = "材料清单不含村委会证明，窗口已纠正，可直接申报。"
QUESTIONS = {
    "进度": "环评报告表",
    "施工许可办到哪了": "住房和城乡建设局",
    "卡在谁那里": "黄志坚",
    "施工许可材料": "建设用地批准手续",
}


def test_a_problem_goes_through_four_phones_and_into_the_weekly_summary(
    browser: Browser, url: str, tmp_path: Path
) -> None:
    with window(browser, url, DESKTOP) as page:
        contact, representative, officer, supervisor = four(page)
        _asks_and_gets_a_form(contact, tmp_path)
        contact.says(PROBLEM)
        number = contact.registers(lambda: contact.taps("提交", card="请确认"))
        _answers(representative, number)
        _releases(officer, number)
        contact.shows(f"【问题{number}答复】", sender="app")
        contact.shows(ANSWER, sender="app")
        contact.says(f"问题{number} 已解决")
        contact.shows(f"问题{number}已确认解决", sender="bot")
        _where_cards_do_not_show_the_number_does(page, contact, number)
        supervisor.says("汇总")
        supervisor.shows("在办项目", sender="app")
        page.get_by_test_id("clock-weekly").click()
        expect(page.get_by_test_id("clock")).to_contain_text("9月20日 星期日 16:20")
        contact.shows("【本周小结】岭南新材料", sender="app")


def _asks_and_gets_a_form(contact: Phone, folder: Path) -> None:
    for question, answer in QUESTIONS.items():
        contact.says(question)
        contact.shows(f"@代办助手 {question}")
        contact.shows(answer, sender="bot")
    contact.says("发一下申请表")
    contact.opens("app")
    assert contact.downloads("申请表.docx", folder).startswith(b"PK")
    contact.opens(GROUP)


def _answers(representative: Phone, number: int) -> None:
    card = f"问题{number}"
    representative.taps("我来办", card=f"{card}：请您办理")
    representative.taps("回复", card=f"{card}：黄志坚已接办")
    representative.web.get_by_label("答复内容").fill(ANSWER)
    representative.web.get_by_role("button", name="提交答复").click()
    expect(representative.web.locator(".notice.good")).to_contain_text(f"{card}的答复已交", timeout=PATIENCE)
    representative.leaves_web()


def _releases(officer: Phone, number: int) -> None:
    officer.opens("app")
    officer.taps("发布", card=f"问题{number}")
    officer.taps("立即发送", card=f"问题{number}")
    officer.shows("已发到工作群")


def _where_cards_do_not_show_the_number_does(page: Page, contact: Phone, before: int) -> None:
    page.get_by_test_id("drawer-open").click()
    page.get_by_role("tab", name="开关").click()
    page.get_by_test_id("switch-card_in_group_hidden").check()
    page.get_by_label("关闭面板").click()
    contact.says("反馈问题：环评一直说要补材料，但没有一次性告知")
    contact.shows("当前版本不支持查看此消息")
    assert contact.registers(lambda: contact.says("1")) == before + 1


def test_on_a_small_window_the_tabs_tell_whose_phone_has_news(browser: Browser, url: str) -> None:
    with window(browser, url, SMALL) as page:
        contact, representative, *_ = four(page)
        page.get_by_label("不再提示").tap()
        expect(page.get_by_test_id("tip")).to_be_hidden()
        expect(page.get_by_test_id("phone-2")).to_be_hidden()
        contact.says(PROBLEM)
        contact.shows("回复 1 提交")
        number = contact.registers(lambda: contact.says("1"))
        expect(page.get_by_test_id("tab-2").locator(".badge")).to_be_visible(timeout=PATIENCE)
        page.get_by_test_id("tab-2").tap()
        representative.taps("我来办", card=f"问题{number}：请您办理")
        representative.shows(f"问题{number}：黄志坚已接办")
        assert page.evaluate("document.documentElement.scrollWidth") == SMALL[0]
