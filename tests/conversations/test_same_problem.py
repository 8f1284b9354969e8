"""The same problem again: asked, merged with both wordings, told once; and one obstacle of many projects."""

from __future__ import annotations

from domain.issue_turns import TurnKind
from domain.issues import IssueStatus
from tests.talk import CONTACT, GROUP, OFFICER, OTHER_GROUP, REPRESENTATIVE, SIGNATORY, SUPERVISOR, Talk

AGAIN = "反馈问题：施工许可窗口又要补交村委会盖章，清单上没有这条"
STAMP = "施工许可窗口要求补交村委会盖章，清单上没有这一条"


def test_it_is_asked_whether_it_is_the_same(talk: Talk, problem: int) -> None:
    said = talk.says(SIGNATORY, AGAIN).splitlines()
    assert said[-3:] == [
        f"与**问题3**相似：{STAMP}",
        "是同一件事吗？",
        "回复 1 并入问题3，2 仍单独提交，3 修改，4 取消",
    ]


def test_merged_both_wordings_are_kept_and_the_holder_is_told_once(talk: Talk, problem: int) -> None:
    talk.sees(REPRESENTATIVE)
    talk.says(SIGNATORY, AGAIN)
    assert talk.says(SIGNATORY, "1") == (
        "已并入**问题3**，您的补充说明已转告黄志坚。发送“问题3 进度”可随时查看。"
    )
    assert talk.sees(REPRESENTATIVE) == [
        "问题3又收到同一情况的反馈（林国华，9月15日（周二）09:30）："
        "施工许可窗口又要补交村委会盖章，清单上没有这条"
    ]
    with talk.parts.store.reading() as tx:
        (turn,) = [turn for turn in tx.turns.of(3) if turn.kind is TurnKind.MERGED]
        assert tx.issues.get(4) is None
    assert turn.words == "施工许可窗口又要补交村委会盖章，清单上没有这条"
    assert talk.issue(3).description == STAMP
    assert "同一情况另有1次反馈" in talk.says(CONTACT, "问题3 进度")
    assert talk.says(SIGNATORY, "1") == ""


def test_merged_by_card(talk: Talk, problem: int) -> None:
    talk.says(SIGNATORY, AGAIN)
    buttons = talk.cards(SIGNATORY, GROUP)[-1]["buttons"]
    assert [button["text"] for button in buttons] == ["并入问题3", "仍单独提交", "修改", "取消"]
    talk.taps(SIGNATORY, buttons[0]["key"], GROUP)
    assert talk.sees(SIGNATORY, GROUP)[-1].startswith("已并入**问题3**")


def test_filed_all_the_same(talk: Talk, problem: int) -> None:
    talk.says(SIGNATORY, AGAIN)
    assert "请回复 1 并入" in talk.says(SIGNATORY, "5")
    assert talk.says(SIGNATORY, "2").startswith("已登记为**问题4**")


def test_answered_in_words(talk: Talk, problem: int) -> None:
    talk.says(SIGNATORY, AGAIN)
    assert talk.says(SIGNATORY, "是的").startswith("已并入**问题3**")
    talk.says(SIGNATORY, AGAIN)
    assert talk.says(SIGNATORY, "单独提交").startswith("已登记为**问题4**")


def test_changed_and_given_up(talk: Talk, problem: int) -> None:
    talk.says(SIGNATORY, AGAIN)
    assert talk.says(SIGNATORY, "3").startswith("要修改哪一项？")
    talk.says(SIGNATORY, "2")
    assert "回复 1 提交，2 修改，3 取消" in talk.says(SIGNATORY, "工规证")
    talk.says(SIGNATORY, AGAIN)
    before = talk.stored()
    assert "已取消" in talk.says(SIGNATORY, "4")
    assert talk.stored() == before


def test_answered_meanwhile_it_is_not_merged(talk: Talk, problem: int) -> None:
    talk.says(SIGNATORY, AGAIN)
    talk.says(REPRESENTATIVE, "回复 3 按清单收件。", "app")
    talk.says(OFFICER, "立即发送 3", "app")
    before = talk.stored()
    assert talk.says(SIGNATORY, "1") == "问题3已有答复，不能并入。请回复 2 单独提交。"
    assert talk.stored() == before
    assert talk.says(SIGNATORY, "2").startswith("已登记为**问题4**")


def test_another_item_or_another_matter_is_not_asked(talk: Talk, problem: int) -> None:
    assert "是同一件事吗" not in talk.says(
        SIGNATORY, "反馈问题：工规证窗口要求补交村委会盖章，清单上没有这一条"
    )
    assert "是同一件事吗" not in talk.says(SIGNATORY, "反馈问题：施工许可系统上传图纸一直报错打不开")


def test_a_problem_of_another_project_is_never_shown(talk: Talk) -> None:
    """Problem 2 of the other project is about the same stamp."""
    said = talk.says(CONTACT, "反馈问题：窗口说要先去村委盖章才收施工许可资料，指南上没有这一条")
    assert "问题2" not in said
    assert "同一件事" not in said


# ---------------------------------------------------------------- the same obstacle elsewhere


def _in_three_projects(talk: Talk) -> None:
    talk.files_problem(f"反馈问题：{STAMP}", "zhou.min", OTHER_GROUP)
    talk.says("he.wei", f"YX-2026-003 反馈问题：{STAMP}", "app")
    talk.says("he.wei", "1", "app")


def test_three_projects_are_one_word_to_the_supervisor(talk: Talk, problem: int) -> None:
    _in_three_projects(talk)
    (said,) = talk.sees(SUPERVISOR)
    assert said.splitlines()[0].startswith(
        "**多个项目遇到同一障碍**：30日内3个项目反映“施工许可”（住建局，材料类）"
    )
    assert "问题3（岭南新材料厂房）" in said
    assert "有限公司" not in said
    assert "村委会" not in said
    talk.files_problem(f"反馈问题：{STAMP}")
    assert talk.sees(SUPERVISOR) == []


def test_nobody_else_hears_of_it(talk: Talk, problem: int) -> None:
    _in_three_projects(talk)
    for who, chat in ((CONTACT, GROUP), ("zhou.min", OTHER_GROUP), (CONTACT, "app"), (REPRESENTATIVE, "app")):
        assert not any("同一障碍" in text for text in talk.sees(who, chat))


def test_two_projects_are_not_many(talk: Talk, problem: int) -> None:
    talk.files_problem(f"反馈问题：{STAMP}", "zhou.min", OTHER_GROUP)
    assert talk.sees(SUPERVISOR) == []
    assert talk.issue(4).status is IssueStatus.ASSIGNED
