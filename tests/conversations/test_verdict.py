"""The enterprise says whether the answer solved it."""

from __future__ import annotations

import pytest

from domain.issues import IssueStatus
from tests.talk import CONTACT, GROUP, OFFICER, OUTSIDER, REPRESENTATIVE, SIGNATORY, Talk


@pytest.fixture
def told(talk: Talk, problem: int) -> int:
    talk.says(REPRESENTATIVE, "回复 3 9月16日起按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    talk.sees(OFFICER)
    talk.sees(REPRESENTATIVE)
    return problem


def test_solved_closes_it_and_the_officer_is_told(talk: Talk, told: int) -> None:
    assert talk.says(CONTACT, "问题3 已解决") == "好的，问题3已确认解决，感谢反馈。"
    assert talk.issue(3).status is IssueStatus.CLOSED
    assert talk.sees(OFFICER) == ["问题3（岭南新材料年产3万吨改性塑料厂房）项目单位已确认解决。"]


@pytest.mark.parametrize("said", ["解决了", "已解决", "都解决了，谢谢"])
def test_half_a_sentence_closes_the_one_that_waits(talk: Talk, told: int, said: str) -> None:
    assert talk.says(CONTACT, said).startswith("好的，问题3已确认解决")


@pytest.mark.parametrize("said", ["是的", "可以", "同意", "不对"])
def test_a_bare_yes_or_no_is_no_verdict(talk: Talk, told: int, said: str) -> None:
    before = talk.stored()
    assert talk.says(CONTACT, said) == ""
    assert talk.stored() == before


def test_quoting_the_answer_is_enough(talk: Talk, told: int) -> None:
    second = talk.files_problem("反馈问题：联合验收的窗口一直预约不上没人管")
    talk.says(REPRESENTATIVE, f"回复 {second} 9月17日起可以预约。", "app")
    talk.says(OFFICER, f"立即发送 {second}", "app")
    answers = [m for m in talk.platform.history(CONTACT, GROUP) if "答复】" in m.get("text", "")]
    assert talk.says(CONTACT, "解决了", quote=answers[0]["id"]).startswith("好的，问题3已确认解决")
    assert talk.issue(second).status is IssueStatus.RELEASED


def test_with_two_waiting_the_number_is_asked_for(talk: Talk, told: int) -> None:
    second = talk.files_problem("反馈问题：联合验收的窗口一直预约不上没人管")
    talk.says(REPRESENTATIVE, f"回复 {second} 9月17日起可以预约。", "app")
    talk.says(OFFICER, f"立即发送 {second}", "app")
    talk.time_is("2026-09-16T09:00:00")
    assert talk.says(SIGNATORY, "解决了") == (
        "有2个问题等您确认，请写明问题号，例如：问题4 已解决；目前有问题4、问题3。"
    )
    assert talk.issue(3).status is IssueStatus.RELEASED


def test_not_solved_goes_back_to_the_department_with_the_reason_and_a_new_date(talk: Talk, told: int) -> None:
    talk.time_is("2026-09-16T10:00:00")
    talk.sees(OFFICER)
    assert talk.says(CONTACT, "问题3 未解决 窗口今天还是要盖章") == (
        "问题3已重新交办，服务专员李娜会继续跟进并答复，答复时限9月22日（周二）17:30前。"
    )
    card = talk.sees(REPRESENTATIVE)[-1]
    assert "项目单位反映问题3未解决：窗口今天还是要盖章，请继续办理。" in card
    assert "答复时限:9月22日（周二）17:30" in card
    assert talk.sees(OFFICER) == ["项目单位反映问题3未解决：窗口今天还是要盖章，请继续办理。"]
    assert (talk.issue(3).status, talk.issue(3).returns) == (IssueStatus.ASSIGNED, 1)


def test_still_not_solved_in_plain_words(talk: Talk, told: int) -> None:
    assert talk.says(CONTACT, "还没解决，窗口还是要盖章").startswith("问题3已重新交办")


def test_a_closed_one_can_be_opened_again(talk: Talk, told: int) -> None:
    talk.says(CONTACT, "问题3 已解决")
    assert talk.says(CONTACT, "问题3 没有解决，今天又退回来了").startswith("问题3已重新交办")


def test_said_twice_it_changes_nothing_more(talk: Talk, told: int) -> None:
    talk.says(CONTACT, "问题3 已解决")
    before = talk.stored()
    assert talk.says(CONTACT, "问题3 已解决").startswith("这个问题项目单位已确认解决")
    assert talk.stored() == before


def test_before_there_is_an_answer_nothing_can_be_judged(talk: Talk, problem: int) -> None:
    before = talk.stored()
    assert "待接办，现在不能这样操作" in talk.says(CONTACT, "问题3 已解决")
    assert talk.stored() == before


@pytest.mark.parametrize("said", ["问题3 已解决", "问题3 未解决 不行"])
def test_others_in_the_group_cannot_judge(talk: Talk, told: int, said: str) -> None:
    talk.platform.ask("/sandbox/members", {"chat": GROUP, "add": [OUTSIDER, "zhou.min"]})
    before = talk.stored()
    assert "由项目单位登记的经办人或代表人确认" in talk.says("zhou.min", said)
    assert talk.says(OUTSIDER, said)
    assert talk.stored() == before


def test_nor_can_another_projects_group(talk: Talk, told: int) -> None:
    before = talk.stored()
    assert talk.says("zhou.min", "问题3 已解决", "yx2026002").startswith("没有找到问题3")
    assert talk.stored() == before


def test_it_works_in_the_single_chats_too(talk: Talk, told: int) -> None:
    assert talk.says(CONTACT, "问题3 已解决", "app").startswith("好的，问题3已确认解决")
