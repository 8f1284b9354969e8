"""What is about a person leaves the group, and never reaches the one it is about."""

from __future__ import annotations

import pytest

from domain.issues import IssueStatus
from tests.talk import (
    CHIEF,
    CONTACT,
    GROUP,
    OFFICER,
    OTHER_OFFICER,
    REPRESENTATIVE,
    SIGNATORY,
    SUPERVISOR,
    Talk,
)

ABOUT = "反馈问题：住建局黄志坚态度很差，把资料摔在桌上"
WORDS = "摔在桌上"
NOT_HERE = "涉及个人的反映不在群里办理。表单已发到您与代办助手应用的单聊，请到那里确认，群里不再提及。"


@pytest.fixture
def complaint(talk: Talk) -> int:
    assert talk.says(CONTACT, ABOUT) == NOT_HERE
    assert talk.says(CONTACT, "1", "app").startswith(
        "已登记为问题3，由李娜、许慧处理，不在群里公开，也不转给被反映的人。"
    )
    return 3


def test_the_form_goes_on_in_private(talk: Talk) -> None:
    assert talk.says(CONTACT, ABOUT) == NOT_HERE
    assert talk.sees(CONTACT)[-1].splitlines()[2] == "内容：住建局黄志坚态度很差，把资料摔在桌上"
    assert talk.says(CONTACT, "1") == "这份反映请到您与代办助手应用的单聊里继续，不在群里办理。"
    with talk.parts.store.reading() as tx:
        assert tx.issues.get(3) is None


@pytest.mark.parametrize("said", ["我要投诉", "投诉：施工许可窗口的人吃拿卡要"])
def test_a_complaint_does_not_stay_in_the_group(talk: Talk, said: str) -> None:
    assert "单聊" in talk.says(CONTACT, said)
    assert len(talk.sees(CONTACT)) == 1
    assert not any("吃拿卡要" in text for text in talk.sees(CONTACT, GROUP))


def test_officer_and_supervisor_get_it_and_nobody_else(talk: Talk, complaint: int) -> None:
    assert WORDS in talk.sees(OFFICER)[-1]
    assert WORDS in talk.sees(SUPERVISOR)[-1]
    for who in (REPRESENTATIVE, "luo.yan", CHIEF, SIGNATORY, OTHER_OFFICER):
        assert not any(WORDS in text for text in talk.sees(who))
    assert not any(WORDS in text or "问题3" in text for text in talk.sees(SIGNATORY, GROUP))
    issue = talk.issue(3)
    assert (issue.status, issue.private, issue.department) == (IssueStatus.TRIAGE, True, None)


@pytest.mark.parametrize("who", [REPRESENTATIVE, CHIEF, SIGNATORY])
@pytest.mark.parametrize("order", ["问题3 进度", "回复 3 没有这回事", "我来办 3", "发布 3"])
def test_for_everybody_else_it_is_not_there(talk: Talk, complaint: int, who: str, order: str) -> None:
    before = talk.stored()
    assert talk.says(who, order, "app").startswith("没有找到问题3")
    assert talk.stored() == before


def test_in_the_group_it_is_not_there_for_anybody(talk: Talk, complaint: int) -> None:
    for who in (CONTACT, OFFICER):
        assert talk.says(who, "问题3 进度").startswith("没有找到问题3")
        assert "问题3" not in talk.says(who, "进度")
        assert WORDS not in talk.says(who, "待办")


def test_the_answer_goes_to_who_raised_it_alone(talk: Talk, complaint: int) -> None:
    talk.says(OFFICER, "回复 3 已由督办人员核实，当事人已当面致歉。", "app")
    assert "发给反馈人本人" in talk.says(OFFICER, "发布 3", "app")
    talk.sees(CONTACT, GROUP)
    talk.time_is("2026-09-15T09:36:00")
    assert any(text.startswith("**【问题3答复】**（仅发给您本人）") for text in talk.sees(CONTACT))
    assert talk.sees(CONTACT, GROUP) == []
    assert "已确认解决" in talk.says(CONTACT, "问题3 已解决", "app")


def test_the_officer_does_not_sort_what_is_about_the_officer(talk: Talk) -> None:
    talk.says(CONTACT, "投诉：李娜一直不回消息，态度恶劣", "app")
    said = talk.says(CONTACT, "1", "app")
    assert "由王磊、许慧处理" in said
    assert not any("态度恶劣" in text for text in talk.sees(OFFICER))
    assert talk.says(OFFICER, "问题3 进度", "app").startswith("没有找到问题3")
    assert "态度恶劣" not in talk.says(OFFICER, "待办", "app")
    assert "态度恶劣" in talk.sees(OTHER_OFFICER)[-1]


def test_it_is_never_passed_on_to_the_one_it_is_about(talk: Talk, complaint: int) -> None:
    talk.says(OFFICER, "转办 3 住建局 请部门核实", "app")
    assert not any(WORDS in text for text in talk.sees(REPRESENTATIVE))
    assert WORDS in talk.sees("luo.yan")[-1]


def test_nothing_is_learnt_from_it(talk: Talk, complaint: int) -> None:
    talk.says(OFFICER, "转办 3 住建局 请部门核实", "app")
    with talk.parts.store.reading() as tx:
        assert tx.lessons.count() == 0
