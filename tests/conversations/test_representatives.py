"""Representatives: take it, answer it, pass it on, say it is not ours – by card and by one line of text."""

from __future__ import annotations

import pytest

from domain.issues import IssueStatus
from tests.talk import (
    CHIEF,
    CONTACT,
    DEPUTY,
    GROUP,
    LEADER,
    OFFICER,
    OTHER_OFFICER,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

OF_ANOTHER_DEPARTMENT = "zeng.fangang"
ANSWER = "自9月16日起窗口按清单收件，不需要村委会盖章。"


def test_taken_by_card_the_card_says_by_whom_and_when(talk: Talk, problem: int) -> None:
    update = talk.taps(REPRESENTATIVE, "issue.accept:3")
    assert update["TemplateCard"]["MainTitle"]["Title"] == "问题3：黄志坚已接办"
    assert "9月15日（周二）09:3" in update["TemplateCard"]["SubTitleText"]
    assert [b["text"] for b in talk.cards(REPRESENTATIVE)[-1]["buttons"]] == ["回复", "转办", "不属本部门"]
    assert talk.issue(problem).status is IssueStatus.ACCEPTED


def test_taken_by_text_in_any_order(talk: Talk, problem: int) -> None:
    answer = talk.says(REPRESENTATIVE, "3号问题我来办", "app")
    assert answer.startswith("问题3已由黄志坚接办（9月15日（周二）09:3")
    assert "请在9月21日（周一）17:30前答复" in answer


def test_taken_in_the_work_group(talk: Talk, problem: int) -> None:
    assert talk.says(REPRESENTATIVE, "我来办 3").startswith("问题3已由黄志坚接办")


def test_taken_twice_the_second_time_says_how_to_go_on(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    before = talk.stored()
    assert talk.says(REPRESENTATIVE, "我来办 3", "app") == "问题3已由您接办。发送“回复 3 答复内容”即可答复。"
    assert talk.stored() == before


def test_a_colleague_of_the_department_may_take_it_and_the_first_card_says_so(
    talk: Talk, problem: int
) -> None:
    assert talk.says(DEPUTY, "我来办 3", "app").startswith("问题3已由罗燕接办")
    assert talk.sees(REPRESENTATIVE)[-1].startswith("问题3｜岭南新材料年产3万吨改性塑料厂房｜罗燕已接办")
    assert talk.says(REPRESENTATIVE, "我来办 3", "app") == "问题3已由罗燕接办。"


def test_a_late_click_on_a_card_that_could_not_be_changed_is_told(talk: Talk, problem: int) -> None:
    talk.platform.fault("message/update_template_card", errcode=40058, times=9)
    card = talk.cards(REPRESENTATIVE)[-1]["id"]
    talk.says(DEPUTY, "我来办 3", "app")
    before = talk.issue(problem)
    talk.taps_on(REPRESENTATIVE, card, "issue.accept:3")
    assert talk.sees(REPRESENTATIVE)[-1] == "问题3已由罗燕接办。"
    assert talk.issue(problem).version == before.version


def test_a_late_click_after_it_was_passed_on_is_told_who_has_it(talk: Talk, problem: int) -> None:
    talk.platform.fault("message/update_template_card", errcode=40058, times=9)
    card = talk.cards(REPRESENTATIVE)[-1]["id"]
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.says(OF_ANOTHER_DEPARTMENT, "我来办 3", "app")
    talk.taps_on(REPRESENTATIVE, card, "issue.reply:3")
    assert talk.sees(REPRESENTATIVE)[-1] == (
        "问题3现由曾凡刚办理，请由曾凡刚操作，要改派请联系本项目服务专员李娜。"
    )


def test_answered_in_one_line(talk: Talk, problem: int) -> None:
    assert talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app") == (
        "问题3的答复已交服务专员李娜核对发布，感谢您的支持。"
    )
    assert talk.issue(problem).answer == ANSWER
    assert talk.sees(CONTACT, GROUP)[-1].startswith("已登记为**问题3**")


def test_answered_by_card_the_app_asks_for_the_words(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    assert talk.sees(REPRESENTATIVE)[-1].startswith("请直接回复问题3的答复内容（30分钟内有效")
    assert "核对发布" in talk.says(REPRESENTATIVE, ANSWER, "app")
    assert talk.issue(problem).answer == ANSWER


def test_a_receipt_is_not_an_answer(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    assert talk.says(REPRESENTATIVE, "好的", "app") == "请直接写明内容，或发送“取消”放弃。"
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


def test_the_words_may_be_given_up(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    assert talk.says(REPRESENTATIVE, "取消", "app") == "好的，已放弃。"
    assert "问题3" not in talk.says(REPRESENTATIVE, "按计划推进中的", "app")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


def test_after_half_an_hour_the_words_are_not_waited_for_any_more(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    talk.time_is("2026-09-15T10:05:00")
    talk.says(REPRESENTATIVE, ANSWER, "app")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


def test_an_order_about_another_problem_is_not_taken_for_the_answer(talk: Talk, problem: int) -> None:
    second = talk.files_problem("反馈问题：联合验收的窗口一直预约不上没人管")
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    talk.says(REPRESENTATIVE, f"回复 {second} 9月17日起可以预约。", "app")
    assert talk.issue(second).answer == "9月17日起可以预约。"
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


def test_what_is_said_in_the_group_is_not_taken_for_the_answer(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    talk.says(REPRESENTATIVE, "大家好，我今天在窗口")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


def test_thanks_after_the_answer_do_not_replace_it(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.reply:3")
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    talk.says(REPRESENTATIVE, "有劳各位同事了哈", "app")
    assert talk.issue(problem).answer == ANSWER


def test_an_answer_without_words_is_asked_for(talk: Talk, problem: int) -> None:
    assert talk.says(REPRESENTATIVE, "回复 3", "app").startswith("请直接回复问题3的答复内容")
    assert talk.says(REPRESENTATIVE, "回复 3") == "请把内容写在同一条里，例如：回复 3 已安排周三踏勘。"


def test_an_answer_longer_than_the_group_can_read_is_refused(talk: Talk, problem: int) -> None:
    assert "答复请控制在500字以内（现在501字）" in talk.says(REPRESENTATIVE, f"回复 3 {'好' * 501}", "app")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


def test_passed_on_with_a_reason_in_one_line(talk: Talk, problem: int) -> None:
    assert talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app") == (
        "问题3已转发展和改革局，原因已一并转告。对方接办前仍由黄志坚负责。"
    )
    assert "转办原因：属备案变更。接办前仍由黄志坚负责。" in talk.sees(OF_ANOTHER_DEPARTMENT)[-1]
    assert talk.sees(REPRESENTATIVE)[0].startswith("问题3｜岭南新材料年产3万吨改性塑料厂房｜已转办")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("转办 3 发改局", "转办请写明原因"),
        ("转办 3 某某局 属备案", "没有找到这个部门"),
        ("转办 3 住建局 不归我", "已经在住房和城乡建设局"),
        ("转办 3 气象局省厅 属防雷", "没有找到这个部门"),
        ("转办 3 科技和工业信息化局 属技改", "今天没有在岗代表"),
    ],
)
def test_passed_on_wrongly_nothing_is_changed(talk: Talk, problem: int, said: str, answer: str) -> None:
    before = talk.stored()
    assert answer in talk.says(REPRESENTATIVE, said, "app")
    assert talk.stored() == before


def test_not_ours_goes_back_to_the_officer_with_the_reason(talk: Talk, problem: int) -> None:
    assert talk.says(REPRESENTATIVE, "不属本部门 3 盖章是镇街的要求", "app") == (
        "问题3及原因已交服务专员李娜重新分派。"
    )
    desk = talk.sees(OFFICER)[-1]
    assert desk.startswith("问题3：请分派")
    assert "住建局认为不属本部门：盖章是镇街的要求" in desk
    assert talk.issue(problem).department is None


def test_not_ours_by_card_asks_for_the_reason(talk: Talk, problem: int) -> None:
    talk.taps(REPRESENTATIVE, "issue.not_ours:3")
    assert "重新分派" in talk.says(REPRESENTATIVE, "盖章是镇街的要求", "app")
    assert talk.issue(problem).status is IssueStatus.TRIAGE


def test_not_ours_without_a_reason_is_asked_for(talk: Talk, problem: int) -> None:
    assert "请直接回复问题3不属本部门的原因" in talk.says(REPRESENTATIVE, "不属本部门 3", "app")


def test_only_the_enterprise_closes_a_problem(talk: Talk, problem: int) -> None:
    assert "问题3由项目单位确认解决后结束" in talk.says(REPRESENTATIVE, "办结 3", "app")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED


@pytest.mark.parametrize(
    "order", ["我来办 3", "回复 3 已处理好", "转办 3 发改局 属备案", "不属本部门 3 不归我"]
)
@pytest.mark.parametrize("who", [OF_ANOTHER_DEPARTMENT, CONTACT, SUPERVISOR, LEADER])
def test_whoever_does_not_hold_it_changes_nothing(talk: Talk, problem: int, who: str, order: str) -> None:
    before = talk.stored()
    assert (
        talk.says(who, order, "app")
        == "问题3现由黄志坚办理，请由黄志坚操作，要改派请联系本项目服务专员李娜。"
    )
    assert talk.stored() == before


def test_the_departments_chief_may_answer(talk: Talk, problem: int) -> None:
    assert "核对发布" in talk.says(CHIEF, f"回复 3 {ANSWER}", "app")


def test_the_officer_passes_it_on_or_answers_but_does_not_take_it_from_the_department(
    talk: Talk, problem: int
) -> None:
    assert "由部门代表接办" in talk.says(OFFICER, "我来办 3", "app")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED
    assert "已转发展和改革局" in talk.says(OTHER_OFFICER, "转办 3 发改局 属备案变更", "app")


def test_a_number_that_does_not_exist(talk: Talk) -> None:
    assert talk.says(REPRESENTATIVE, "回复 99 好了", "app") == (
        "没有找到问题99。发送“待办”可查看您手上的问题编号。"
    )
