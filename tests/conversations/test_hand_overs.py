"""No kicking the ball: who stays responsible, what happens the second time, what the officer sees and taps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.issues import IssueStatus
from tests.talk import (
    CONTACT,
    DEPUTY,
    GROUP,
    OFFICER,
    OTHER_GROUP,
    REPRESENTATIVE,
    SUPERVISOR,
    Talk,
)

OTHER = "zeng.fangang"  # 发改局
THIRD = "ye.zirong"  # 自然资源局
UNSURE = "反馈问题：门口占道的事和夜间噪声的事都不知道该找哪边"
CROSSING = "反馈问题：厂区北侧想开路口，占道和交通疏解手续不知道怎么报"


def test_until_another_has_taken_it_the_first_receiver_keeps_it(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    issue = talk.issue(3)
    assert (issue.department, issue.offered_department, issue.status) == ("zjj", "fgw", IssueStatus.ASSIGNED)
    assert "接办前仍由黄志坚负责" in talk.sees(OTHER)[-1]
    assert talk.says(CONTACT, "问题3 进度").splitlines()[-1] == (
        "下一步：已转曾凡刚，请其在9月16日（周三）17:30前接办；接办前由黄志坚负责"
    )


def test_taken_by_the_other_the_first_is_told_that_it_is_over(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.taps(OTHER, "issue.accept:3")
    assert talk.issue(3).department == "fgw"
    assert talk.sees(REPRESENTATIVE)[-1] == "问题3已由发展和改革局曾凡刚接办，不再由您负责。"
    assert talk.says(REPRESENTATIVE, "回复 3 我来答", "app").startswith("问题3现由曾凡刚办理")


def test_answered_by_the_other_it_is_taken(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    assert "答复请控制在500字以内" in talk.says(OTHER, f"回复 3 {'好' * 501}", "app")
    assert talk.issue(3).department == "zjj"
    talk.says(OTHER, "回复 3 备案变更当日办结。", "app")
    assert (talk.issue(3).department, talk.issue(3).status) == ("fgw", IssueStatus.ANSWERED)


def test_the_first_may_take_it_back_by_answering(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.says(REPRESENTATIVE, "回复 3 按清单收件。", "app")
    assert (talk.issue(3).department, talk.issue(3).offered_department) == ("zjj", None)
    assert talk.says(OTHER, "我来办 3", "app").startswith("问题3现由黄志坚办理")


def test_the_second_time_it_goes_to_the_officer_with_all_reasons(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.says(OTHER, "我来办 3", "app")
    assert talk.says(OTHER, "转办 3 自然资源局 属规划条件", "app") == (
        "问题3此前已转过一次，不再在部门之间转。您写的原因已连同此前各部门的说明一起交服务专员李娜处理。"
    )
    assert talk.sees(THIRD) == []
    whole, card = talk.sees(OFFICER)[-2:]
    assert whole.splitlines() == [
        "**问题3多次退转**（岭南新材料年产3万吨改性塑料厂房），各部门说明：",
        "9月15日（周二）09:30 住建局黄志坚转办给发改局：属备案变更",
        "9月15日（周二）09:30 发改局曾凡刚转办给自然资源局：属规划条件",
        "请分派给责任部门，或提请联席会议：发送“联席会议 3”。",
    ]
    assert "属备案变更" in card
    assert "联席会议" in [button["text"] for button in talk.cards(OFFICER)[-1]["buttons"]]


def test_refused_by_the_other_too_the_officer_gets_both_reasons(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.says(OTHER, "不属本部门 3 备案已办结", "app")
    assert talk.issue(3).status is IssueStatus.TRIAGE
    said = talk.sees(OFFICER)[-2]
    assert "住建局黄志坚转办给发改局：属备案变更" in said
    assert "发改局曾凡刚认为不属本部门：备案已办结" in said


def test_who_gave_it_back_gets_it_again_only_when_the_officer_says_so_twice(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "不属本部门 3 盖章是镇街的要求", "app")
    assert "issue.assign:3:zjj" not in [b["key"] for b in talk.cards(OFFICER)[-1]["buttons"]]
    asked = talk.says(OFFICER, "转办 3 住建局 窗口归你们管", "app")
    assert asked.startswith("问题3住建局黄志坚已于9月15日（周二）09:3")
    assert "退回：盖章是镇街的要求。仍要分派给它请回复 1" in asked
    assert talk.issue(3).status is IssueStatus.TRIAGE
    assert "已转住房和城乡建设局" in talk.says(OFFICER, "1", "app")
    assert talk.issue(3).department == "zjj"


def test_asked_again_and_given_up(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "不属本部门 3 盖章是镇街的要求", "app")
    talk.says(OFFICER, "转办 3 住建局 窗口归你们管", "app")
    assert talk.says(OFFICER, "取消", "app") == "好的，没有改派。"
    assert "没有完全听懂" not in talk.says(OFFICER, "转办 3 发改局 属备案", "app")
    assert talk.issue(3).department == "fgw"


def test_two_best_guesses_are_one_tap_each(talk: Talk) -> None:
    talk.files_problem(UNSURE)
    assert [button["text"] for button in talk.cards(OFFICER)[-1]["buttons"]] == [
        "转生态环境局",
        "转城管局",
        "其他部门",
        "我来答复",
    ]
    update = talk.taps(OFFICER, "issue.assign:3:cgj")
    assert update["TemplateCard"]["SubTitleText"] == ("已分派城管局彭长根，请其在9月16日（周三）17:30前接办")
    assert talk.sees("peng.changgen")[-1].startswith("问题3：请您办理")


@pytest.mark.parametrize("who", [REPRESENTATIVE, CONTACT, SUPERVISOR])
def test_only_the_officer_asks_for_the_joint_meeting(talk: Talk, who: str) -> None:
    talk.files_problem(UNSURE)
    before = talk.stored()
    assert "服务专员" in talk.says(who, "联席会议 3", "app")
    assert talk.stored() == before


def test_a_tap_too_late_changes_nothing(talk: Talk) -> None:
    talk.platform.fault("message/update_template_card", errcode=40058, times=9)
    talk.files_problem(UNSURE)
    card = talk.cards(OFFICER)[-1]["id"]
    talk.says(OFFICER, "转办 3 城管局 属占道", "app")
    before = talk.issue(3)
    talk.taps_on(OFFICER, card, "issue.assign:3:sthj")
    assert "已不在待分派之列" in talk.sees(OFFICER)[-1]
    assert talk.issue(3) == before


def test_a_choice_is_kept_to_learn_from_without_people(talk: Talk) -> None:
    talk.files_problem("反馈问题：门口路灯坏了，找黄志坚和王科长都说不归他们，电话13912345678")
    talk.says(OFFICER, "转办 3 城管局 路灯归城管管养", "app")
    with talk.parts.store.reading() as tx:
        (lesson,) = tx.lessons.newest()
    assert (lesson.department, lesson.guess) == ("cgj", None)
    assert lesson.words == "门口路灯坏了，找某和某都说不归他们，电话＃"


def test_the_silent_a_post_is_joined_by_the_b_post_once(talk: Talk, problem: int) -> None:
    talk.time_is("2026-09-16T17:29:00")
    assert not any("罗燕" in text or "未接办" in text for text in talk.sees(DEPUTY))
    talk.time_is("2026-09-17T08:40:00")
    (card,) = [text for text in talk.sees(DEPUTY) if "问题3" in text]  # the ladder's own word, once
    assert "A岗黄志坚应于9月16日（周三）17:30前接办，现未接办，请您接办" in card
    talk.time_is("2026-09-17T08:50:00")
    assert talk.sees(DEPUTY) == []
    talk.taps(DEPUTY, "issue.accept:3")
    assert talk.says(REPRESENTATIVE, "我来办 3", "app") == "问题3已由罗燕接办。"


# ---------------------------------------------------------------- several departments


def _crossing(talk: Talk) -> None:
    """The representative helps for the traffic police, 林业局 has nobody."""
    with talk.parts.store.transaction() as tx:
        helper = tx.people.by_userid(REPRESENTATIVE)
        assert helper is not None
        duties = [replace(helper.duties[0], department="jj")]
        tx.people.save(helper.userid, helper.name, helper.phone, duties)
    talk.files_problem(CROSSING)


def test_one_leads_and_the_others_help(talk: Talk) -> None:
    _crossing(talk)
    issue = talk.issue(3)
    assert (issue.department, issue.why) == ("cgj", "词=开路口；词=占道")
    assert "协办：交警大队、林业局" in talk.sees("peng.changgen")[-1]
    assert talk.sees(OFFICER)[-1] == "问题3的协办部门林业局当日无在岗代表，请服务专员另行联系。"
    with talk.parts.store.reading() as tx:
        parts = {part.department: part for part in tx.parts.of(3)}
    assert parts["jj"].answer_by == issue.answer_by
    assert parts["lyyl"].representative_id is None
    progress = talk.says(CONTACT, "问题3 进度")
    assert "协办：交警大队待接办、林业局无在岗代表" in progress


def test_a_helper_answers_and_the_officer_sees_it_before_the_release(talk: Talk) -> None:
    _crossing(talk)
    assert talk.says(REPRESENTATIVE, "我来办 3", "app").startswith(
        "问题3的协办已接下，请在10月12日（周一）17:30前"
    )
    assert "您是协办部门" in talk.says(REPRESENTATIVE, "转办 3 住建局 不归我", "app")
    assert talk.says(REPRESENTATIVE, "回复 3 同意开口，需报交通疏解方案。", "app") == (
        "问题3的协办意见已交服务专员李娜，与牵头部门的答复一并核对。"
    )
    assert talk.sees(OFFICER)[-1].splitlines() == [
        "问题3协办意见（交警大队）：同意开口，需报交通疏解方案。",
        "协办：交警大队已答复、林业局无在岗代表",
    ]
    talk.says("peng.changgen", "回复 3 占道许可5个工作日。", "app")
    assert talk.sees(OFFICER)[-1].endswith("协办:交警大队已答复、林业局无在岗代表")
    talk.says(OFFICER, "立即发送 3", "app")
    lead, part = talk.sees(CONTACT, GROUP)[-2:]
    assert "答复：占道许可5个工作日。" in lead
    assert part.endswith("【问题3答复·协办】**公安局交通警察大队：同意开口，需报交通疏解方案。")


def test_a_late_helper_is_reminded_then_told_to_the_officer(talk: Talk) -> None:
    _crossing(talk)
    assert talk.sees(REPRESENTATIVE)[-1].startswith("问题3：请您协办")
    talk.time_is("2026-10-10T09:10:00")
    seen = talk.sees(REPRESENTATIVE)
    assert any(text.startswith("提醒：问题3的协办意见请在10月12日（周一）17:30前回复") for text in seen)
    talk.time_is("2026-10-13T08:35:00")
    late = [
        text for text in talk.sees(OFFICER) if "协办部门交警大队黄志坚应于10月12日（周一）17:30前答复" in text
    ]
    assert len(late) == 1
    talk.time_is("2026-10-13T08:40:00")
    assert not any("协办部门" in text for text in talk.sees(OFFICER))


def test_a_helper_that_says_not_ours_is_told_to_the_officer_and_the_lead_goes_on(talk: Talk) -> None:
    _crossing(talk)
    talk.says(REPRESENTATIVE, "不属本部门 3 该路段归高速交警", "app")
    assert "问题3的协办部门交警大队（黄志坚）称不属本部门：该路段归高速交警" in talk.sees(OFFICER)
    assert talk.issue(3).department == "cgj"
    assert "不需要再操作" in talk.says(REPRESENTATIVE, "回复 3 同意开口。", "app")


def test_nothing_of_it_reaches_another_group(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.says(OTHER, "不属本部门 3 备案已办结", "app")
    talk.says(OFFICER, "联席会议 3", "app")
    assert talk.sees("zhou.min", OTHER_GROUP) == []
    assert talk.says("zhou.min", "问题3 进度", OTHER_GROUP).startswith("没有找到问题3")
    assert talk.says(OFFICER, "联席会议 3", OTHER_GROUP).startswith("没有找到问题3")
