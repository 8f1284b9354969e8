"""The service officer reads an answer once more and releases it: five minutes to think, then the group reads it."""

from __future__ import annotations

import pytest

from domain.issues import IssueStatus
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_OFFICER, REPRESENTATIVE, SUPERVISOR, Talk

ANSWER = "自9月16日起窗口按清单收件，不需要村委会盖章。"
IN_THE_GROUP = "@陈静  **【问题3答复】**施工许可（陈静反馈）"


@pytest.fixture
def answered(talk: Talk, problem: int) -> int:
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    talk.sees(OFFICER)
    talk.sees(CONTACT, GROUP)
    return problem


def test_the_officer_gets_question_and_answer_on_one_card(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, f"回复 3 {ANSWER}", "app")
    assert talk.sees(OFFICER) == [
        "问题3：答复待发布｜岭南新材料年产3万吨改性塑料厂房｜施工许可窗口要求补交村委会盖章，清单上没有这一条"
        f"｜{ANSWER}｜答复人:住建局黄志坚"
    ]


def test_a_long_answer_is_read_whole_before_it_is_released(talk: Talk, problem: int) -> None:
    answer = "请按清单第7项重新出具承诺书，" * 30
    talk.says(REPRESENTATIVE, f"回复 3 {answer}", "app")
    assert talk.sees(OFFICER)[0] == f"问题3答复全文：{answer}"
    talk.says(OFFICER, "立即发送 3", "app")
    assert f"答复：{answer}\n答复部门：住房和城乡建设局\n解决了请回复" in talk.sees(CONTACT, GROUP)[-1]


def test_the_longest_answer_arrives_whole(talk: Talk) -> None:
    talk.files_problem(f"反馈问题：施工许可{'一直办不下去' * 30}")
    talk.says(REPRESENTATIVE, f"回复 3 {'好' * 500}", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    assert talk.sees(CONTACT, GROUP)[-1].endswith("“@代办助手 问题3 未解决 原因”。")


def test_released_by_text_the_group_reads_it_after_five_minutes(talk: Talk, answered: int) -> None:
    assert talk.says(OFFICER, "发布 3", "app") == (
        "问题3的答复将于9月15日（周二）09:35发到工作群。发送“立即发送 3”马上发，“撤销 3”收回。"
    )
    talk.time_is("2026-09-15T09:34:30")
    assert talk.sees(CONTACT, GROUP) == []
    talk.time_is("2026-09-15T09:36:00")
    assert talk.sees(CONTACT, GROUP)[0].splitlines() == [
        IN_THE_GROUP,
        "> 反馈：施工许可窗口要求补交村委会盖章，清单上没有这一条",
        f"答复：{ANSWER}",
        "答复部门：住房和城乡建设局",
        "解决了请回复“@代办助手 问题3 已解决”，未解决请回复“@代办助手 问题3 未解决 原因”。",
    ]


def test_released_by_card_the_card_offers_send_now_and_take_back(talk: Talk, answered: int) -> None:
    update = talk.taps(OFFICER, "issue.release:3")
    assert update["TemplateCard"]["SubTitleText"] == "将于9月15日（周二）09:35发到工作群。"
    talk.taps(OFFICER, "issue.now:3")
    assert talk.sees(CONTACT, GROUP)[0].startswith(IN_THE_GROUP)
    talk.time_is("2026-09-15T09:40:00")
    assert talk.sees(CONTACT, GROUP) == []


def test_released_twice_it_is_posted_once_and_the_minutes_stay(talk: Talk, answered: int) -> None:
    first = talk.says(OFFICER, "发布 3", "app")
    assert talk.says(OFFICER, "发布 3", "app") == first
    assert talk.sees(CONTACT, GROUP) == []
    talk.time_is("2026-09-15T09:36:00")
    assert len(talk.sees(CONTACT, GROUP)) == 1


def test_until_it_is_told_the_enterprise_does_not_see_it(talk: Talk, answered: int) -> None:
    talk.says(OFFICER, "发布 3", "app")
    assert ANSWER not in talk.says(CONTACT, "问题3 进度")
    assert "问题3已答复" not in talk.says(CONTACT, "待办")
    assert "待服务专员发布" in talk.says(CONTACT, "问题3 已解决")
    talk.time_is("2026-09-15T09:36:00")
    assert ANSWER in talk.says(CONTACT, "问题3 进度")


def test_sent_at_once(talk: Talk, answered: int) -> None:
    talk.says(OFFICER, "发布 3", "app")
    assert talk.says(OFFICER, "立即发送 3", "app") == "问题3的答复现在发到工作群。"
    assert talk.sees(CONTACT, GROUP)[0].startswith(IN_THE_GROUP)
    assert talk.says(OFFICER, "立即发送 3", "app") == "问题3的答复此前已发到工作群。"


def test_taken_back_in_time_nothing_was_sent(talk: Talk, answered: int) -> None:
    talk.says(OFFICER, "发布 3", "app")
    assert talk.says(OFFICER, "撤销 3", "app").startswith("问题3的发布已撤销，答复没有发出。")
    talk.time_is("2026-09-15T09:40:00")
    assert talk.sees(CONTACT, GROUP) == []
    assert talk.issue(3).status is IssueStatus.ANSWERED


def test_taken_back_without_a_number_means_the_last_one(talk: Talk, answered: int) -> None:
    talk.says(OFFICER, "发布 3", "app")
    assert talk.says(OFFICER, "撤销", "app").startswith("问题3的发布已撤销")


def test_taken_back_by_card_a_new_card_comes(talk: Talk, answered: int) -> None:
    talk.taps(OFFICER, "issue.release:3")
    talk.taps(OFFICER, "issue.undo:3")
    shown = talk.sees(OFFICER)
    assert shown[-1].startswith("问题3：答复待发布")
    talk.taps(OFFICER, "issue.release:3")
    talk.time_is("2026-09-15T09:40:00")
    assert len(talk.sees(CONTACT, GROUP)) == 1


def test_taken_back_too_late_a_correction_is_posted(talk: Talk, answered: int) -> None:
    talk.says(OFFICER, "立即发送 3", "app")
    talk.sees(CONTACT, GROUP)
    assert "答复已在群里发出，现另发更正" in talk.says(OFFICER, "撤销 3", "app")
    assert talk.sees(CONTACT, GROUP) == [
        "@陈静  **【更正】**问题3此前的答复已撤回，核对后另行答复，请以新的答复为准。"
    ]
    assert ANSWER not in talk.says(CONTACT, "问题3 进度")


def test_the_officer_puts_the_words_right_and_releases_them(talk: Talk, answered: int) -> None:
    talk.says(OFFICER, "发布 3", "app")
    talk.says(OFFICER, "撤销 3", "app")
    assert talk.says(OFFICER, "回复 3 9月16日起按清单收件。", "app") == (
        "问题3的答复已拟好，核对无误后发送“发布 3”，要改请重新发送“回复 3 内容”。"
    )
    talk.says(OFFICER, "立即发送 3", "app")
    assert "答复：9月16日起按清单收件。" in talk.sees(CONTACT, GROUP)[-1]


def test_an_old_card_does_not_release_words_it_does_not_show(talk: Talk, answered: int) -> None:
    talk.platform.fault("message/update_template_card", errcode=40058, times=9)
    old = talk.cards(OFFICER)[-1]["id"]
    talk.says(REPRESENTATIVE, "回复 3 请以9月17日的通知为准。", "app")
    talk.taps_on(OFFICER, old, "issue.release:3")
    assert talk.sees(OFFICER)[-1].startswith("这张卡片已失效：问题3的答复有新内容")
    assert talk.issue(3).status is IssueStatus.ANSWERED
    talk.taps(OFFICER, "issue.release:3")
    assert talk.issue(3).status is IssueStatus.RELEASED


def test_a_draft_is_sent_back_with_a_reason_and_the_clock_goes_on(talk: Talk, answered: int) -> None:
    assert talk.says(OFFICER, "退回 3 请写明从哪天起", "app") == "问题3的答复已退回，原因已转告答复人。"
    assert talk.sees(REPRESENTATIVE)[-1] == (
        "问题3的答复由服务专员李娜退回：请写明从哪天起。请补充后发送“回复 3 答复内容”。"
    )
    assert talk.issue(3).status is IssueStatus.ACCEPTED
    talk.time_is("2026-09-20T09:00:00")
    seen = talk.sees(REPRESENTATIVE)
    assert any(text.startswith("提醒：问题3请在9月21日（周一）17:30前答复") for text in seen)


def test_sent_back_by_card_the_reason_is_asked_for(talk: Talk, answered: int) -> None:
    talk.taps(OFFICER, "issue.return:3")
    assert talk.sees(OFFICER)[-1].startswith("请直接回复问题3答复退回的原因")
    assert talk.says(OFFICER, "请写明从哪天起", "app") == "问题3的答复已退回，原因已转告答复人。"


def test_the_deputy_may_release(talk: Talk, answered: int) -> None:
    assert "09:35发到工作群" in talk.says(OTHER_OFFICER, "发布 3", "app")


@pytest.mark.parametrize("who", [REPRESENTATIVE, CONTACT, SUPERVISOR, "zeng.fangang"])
@pytest.mark.parametrize("order", ["发布 3", "立即发送 3", "退回 3 再想想", "撤销 3"])
def test_nobody_else_releases(talk: Talk, answered: int, who: str, order: str) -> None:
    before = talk.stored()
    assert (
        talk.says(who, order, "app") == "答复由该项目的服务专员核对发布。如有需要，请联系本项目服务专员李娜。"
    )
    assert talk.stored() == before


def test_a_number_must_be_there(talk: Talk, answered: int) -> None:
    assert talk.says(OFFICER, "发布", "app") == "请写明问题号，例如：发布 12，退回 12 原因，撤销 12。"


def test_what_is_not_answered_cannot_be_released(talk: Talk, problem: int) -> None:
    before = talk.stored()
    assert talk.says(OFFICER, "发布 3", "app").startswith("这个问题已转给部门代表、待接办，现在不能这样操作")
    assert talk.stored() == before
