"""The enterprise takes back a problem; an approval item is taken back where it was handed in."""

from __future__ import annotations

from domain.issues import IssueStatus
from tests.talk import CONTACT, OFFICER, OUTSIDER, REPRESENTATIVE, Talk


def test_asked_confirmed_and_told(talk: Talk, problem: int) -> None:
    talk.sees(REPRESENTATIVE)
    talk.sees(OFFICER)
    assert talk.says(CONTACT, f"撤回问题{problem}").startswith(f"确认撤回问题{problem}“施工许可窗口要求")
    assert talk.issue(problem).status is IssueStatus.ASSIGNED
    assert talk.says(CONTACT, "1") == f"问题{problem}已撤回，已告诉办理人。需要时可重新发送“反馈问题 情况”。"
    assert talk.issue(problem).status is IssueStatus.WITHDRAWN
    note = f"问题{problem}（岭南新材料年产3万吨改性塑料厂房）陈静已撤回，不用再办。"
    assert note in talk.sees(REPRESENTATIVE)
    assert note in talk.sees(OFFICER)
    before = talk.stored()
    assert "已撤回" in talk.says(CONTACT, f"撤回问题{problem}")
    assert talk.stored() == before
    assert talk.says(REPRESENTATIVE, f"我来办 {problem}", "app")
    assert talk.issue(problem).status is IssueStatus.WITHDRAWN


def test_not_withdrawn_after_all(talk: Talk, problem: int) -> None:
    talk.says(CONTACT, f"撤回问题{problem}")
    before = talk.stored()
    assert talk.says(CONTACT, "3") == "请回复 1 撤回，2 不撤回。"
    assert talk.says(CONTACT, "2") == "好的，没有撤回，问题继续办理。"
    assert talk.stored() == before


def test_nobody_else(talk: Talk, problem: int) -> None:
    before = talk.stored()
    assert "项目单位登记的经办人或代表人" in talk.says(OFFICER, f"撤回问题{problem}")
    assert "没有找到问题" in talk.says("zhou.min", f"撤回问题{problem}", "yx2026002")
    assert f"问题{problem}已" not in talk.says(OUTSIDER, f"撤回问题{problem}", "bot")
    assert talk.stored() == before


def test_an_answered_one_is_not_taken_back(talk: Talk, problem: int) -> None:
    talk.says(REPRESENTATIVE, f"回复 {problem} 不需要盖章，按清单收件。", "app")
    talk.says(OFFICER, f"立即发送 {problem}", "app")
    before = talk.stored()
    talk.says(CONTACT, f"撤回问题{problem}")
    assert talk.stored() == before
    assert talk.issue(problem).status is IssueStatus.RELEASED
