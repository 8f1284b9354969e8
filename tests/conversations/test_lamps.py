"""“为什么是黄灯？”: one rule behind every lamp, with the figures of this issue or item."""

from __future__ import annotations

import pytest

from tests.talk import CONTACT, OFFICER, OTHER_GROUP, OUTSIDER, REPRESENTATIVE, Talk

RULE = (
    "规则：时限用去90%，或距到期只剩1个工作日（先到者）亮黄灯；过了时限亮红灯；时限按推算日历计算的不亮红灯。"
)


@pytest.mark.parametrize(
    ("now", "lamp", "figures"),
    [
        (
            "2026-09-16T10:00:00",
            "🟢",
            "问题3现为绿灯：按“问题反馈”时限共5个工作日，9月15日（周二）起算（当日不计），已用1个，还剩4个工作日",
        ),
        (
            "2026-09-20T10:00:00",
            "🟡",
            "问题3现为黄灯：按“问题反馈”时限共5个工作日，9月15日（周二）起算（当日不计），已用4个，还剩1个工作日",
        ),
        (
            "2026-09-21T17:31:00",
            "🔴",
            "问题3现为红灯：按“问题反馈”时限共5个工作日，9月15日（周二）起算（当日不计），已用5个，已超过时限",
        ),
    ],
)
def test_the_rule_and_the_figures_of_this_issue(
    talk: Talk, problem: int, now: str, lamp: str, figures: str
) -> None:
    talk.says(REPRESENTATIVE, "我来办 3", "app")
    talk.time_is(now)
    said = talk.says(REPRESENTATIVE, "灯 3", "app")
    assert said.startswith(f"{lamp} {figures}，9月21日（周一）17:30到期。")
    assert RULE in said
    assert f"答复时限：9月21日（周一）17:30 {lamp}" in talk.says(REPRESENTATIVE, "问题3 进度", "app")
    todo = talk.says(REPRESENTATIVE, "待办", "app")
    assert (f"{lamp} 问题3（" in todo) == (lamp != "🟢")


def test_asked_in_the_words_people_have_of_what_was_talked_of_last(talk: Talk, problem: int) -> None:
    talk.says(CONTACT, "问题3 进度")
    assert "问题3现为绿灯" in talk.says(CONTACT, "为什么是黄灯？")
    assert "问题3现为绿灯" in talk.says(CONTACT, "问题3为什么是黄灯")


def test_of_an_approval_item(talk: Talk) -> None:
    talk.time_is("2026-09-17T10:00:00")
    talk.says(CONTACT, "施工许可进度")
    said = talk.says(CONTACT, "为什么是红灯")
    assert said.startswith("🔴 施工许可现为红灯：已用4个工作日，超期1个工作日，9月16日到期。")
    assert RULE in said


def test_with_nothing_talked_of_the_rule_alone(talk: Talk) -> None:
    assert talk.says("xu.hui", "灯", "app") == RULE


@pytest.mark.parametrize("who", ["zhou.min", OUTSIDER])
def test_another_project_learns_nothing(talk: Talk, problem: int, who: str) -> None:
    before = talk.stored()
    said = talk.says(who, "灯 3", "app")
    assert "没有找到问题3" in said or "还没有在本系统登记" in said
    assert talk.stored() == before


def test_a_group_learns_only_of_its_own_issues(talk: Talk, problem: int) -> None:
    assert "没有找到问题3" in talk.says(OFFICER, "灯 3", OTHER_GROUP)
