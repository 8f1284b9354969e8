"""Where clocks and routing meet: kinds of limit of routed problems, dates of offers and helpers, complaints."""

from __future__ import annotations

from dataclasses import replace

from domain.service_limits import IssueKind
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

LEAD = "peng.changgen"  # 城管局
OTHER = "zeng.fangang"  # 发改局
CROSSING = "反馈问题：厂区北侧想开路口，占道和交通疏解手续不知道怎么报"


def test_several_departments_have_their_own_limit_told_at_once(talk: Talk) -> None:
    _crossing(talk)
    issue = talk.issue(3)
    assert issue.kind == IssueKind.MULTI_DEPARTMENT
    assert any("时限10月12日（周一）17:30前" in text for text in talk.heard)  # what filing said
    assert not any("调整为" in text for text in talk.sees(CONTACT, GROUP))


def test_more_time_for_the_lead_is_more_time_for_who_helps(talk: Talk) -> None:
    _crossing(talk)
    talk.says(LEAD, "我来办 3", "app")
    talk.says(LEAD, "申请延期 3 3个工作日 交通疏解方案未定", "app")
    talk.says(OFFICER, "同意延期 3", "app")
    issue = talk.issue(3)
    with talk.parts.store.reading() as tx:
        parts = {part.department: part for part in tx.parts.of(3)}
    assert parts["jj"].answer_by == issue.answer_by
    assert talk.sees(REPRESENTATIVE)[-1] == "问题3的答复时限有调整，协办意见请在10月15日（周四）17:30前回复。"


def test_an_offer_taken_later_has_its_own_clock_and_the_group_hears_the_date(
    talk: Talk, problem: int
) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.time_is("2026-09-17T10:00:00")
    before = talk.issue(3).answer_by
    talk.says(OTHER, "我来办 3", "app")
    issue = talk.issue(3)
    assert before is not None
    assert issue.answer_by is not None
    assert issue.answer_by > before
    assert {step.about for step in issue.steps} >= {"answer", "silence"}
    assert any("问题3的答复时限调整为9月23日（周三）17:30前" in text for text in talk.sees(CONTACT, GROUP))


def test_an_offer_answered_at_once_keeps_the_date_that_was_told(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    talk.time_is("2026-09-17T10:00:00")
    before = talk.issue(3).answer_by
    talk.says(OTHER, "回复 3 备案变更当日办结。", "app")
    assert talk.issue(3).answer_by == before
    assert {step.about for step in talk.issue(3).steps} == {"release"}
    assert not any("调整为" in text for text in talk.sees(CONTACT, GROUP))


def test_the_b_post_that_takes_over_ends_an_offer(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.says(REPRESENTATIVE, "转办 3 发改局 属备案变更", "app")
    for moment in ("2026-09-17T10:00:00", "2026-09-28T10:00:00", "2026-09-29T10:00:00"):
        talk.time_is(moment)
    issue = talk.issue(3)
    assert (issue.status, issue.offered_department) == ("triage", None)
    desk = [text for text in talk.sees(OFFICER) if text.startswith("问题3：请分派")][-1]
    assert "接办后65个工作小时没有答复，已收回" in desk


def test_a_complaint_is_pressed_for_without_who_it_is_about_and_without_the_department(talk: Talk) -> None:
    talk.says(CONTACT, "投诉 服务专员李娜态度差，材料退了三次", "app")
    talk.says(CONTACT, "提交", "app")
    issue = talk.issue(3)
    assert (issue.private, issue.kind) == (True, IssueKind.COMPLAINT)
    for who in (OFFICER, REPRESENTATIVE, DEPUTY, CHIEF, LEADER):
        talk.sees(who)
    for moment in ("2026-09-16T15:30:00", "2026-09-17T08:30:00", "2026-09-20T08:30:00"):
        talk.time_is(moment)
    for who in (OFFICER, REPRESENTATIVE, DEPUTY, CHIEF, LEADER):
        assert not [text for text in talk.sees(who) if "问题3" in text], who
    assert any("现未分派" in text for text in talk.sees(OTHER_OFFICER))
    assert any("现未分派" in text for text in talk.sees(SUPERVISOR))


def test_a_complaint_has_no_lamp_for_others(talk: Talk) -> None:
    talk.says(CONTACT, "投诉 服务专员李娜态度差，材料退了三次", "app")
    talk.says(CONTACT, "提交", "app")
    nothing = talk.says(REPRESENTATIVE, "灯 99", "app").replace("99", "3")
    for who, chat in ((REPRESENTATIVE, "app"), (OFFICER, "app"), (CONTACT, GROUP)):
        assert talk.says(who, "灯 3", chat).replace("**", "") == nothing, who
    assert "不亮灯" in talk.says(CONTACT, "灯 3", "app")


def _crossing(talk: Talk) -> None:
    """The representative helps for the traffic police."""
    with talk.parts.store.transaction() as tx:
        helper = tx.people.by_userid(REPRESENTATIVE)
        assert helper is not None
        duties = [replace(helper.duties[0], department="jj")]
        tx.people.save(helper.userid, helper.name, helper.phone, duties)
    talk.files_problem(CROSSING)
