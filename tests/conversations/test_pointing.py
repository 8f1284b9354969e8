"""“那个”, “第二个”, “它”, “那人防呢”: half sentences mean what was shown or asked last in this chat by this person."""

from __future__ import annotations

import pytest

from domain.ordinals import ordinal, picked
from tests.talk import CONTACT, OFFICER, REPRESENTATIVE, SIGNATORY, Talk

PERMIT, EIA, ENERGY = "**施工许可**", "**环评报告表**", "**节能审查**"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第二个到哪了", 2), ("第2项呢", 2), ("最后一个", -1), ("后面那个", -1), ("前面那个", 1), ("第三条", 3),
        ("进度", None), ("第12号问题", None), ("2026年第1期", None), ("第二次补正", None), ("个个都要吗", None),
    ],
)  # fmt: skip
def test_which_of_several_is_counted(text: str, place: int | None) -> None:
    assert ordinal(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [("2", 2), ("第二个", 2), ("选第3项吧", 3), ("选2", 2), ("最后一个", -1), ("二", None), ("2个", None), ("第二个到哪了", None)],
)  # fmt: skip
def test_nothing_but_a_choice(text: str, place: int | None) -> None:
    assert picked(text) == place


def test_ten_half_sentences_after_one_question(talk: Talk) -> None:
    """Each leans on the one before it."""
    for said, expected in (
        ("进度", "在办4项"),
        ("第二个到哪了", EIA),
        ("第一个呢", PERMIT),  # the list stands until something else is listed
        ("最后一个卡在哪", "**高压用电报装**"),
        ("第三个呢", ENERGY),
        ("那个要什么材料", "**节能审查材料清单**"),
        ("那图审呢", "**图审材料清单**"),  # still about materials
        ("它要几天", "施工图"),
        ("那工规证呢", "建设工程规划许可证"),  # still about how long
        ("不是工规证，是施工许可", "**建筑工程施工许可证核发**"),
        ("它卡在哪", PERMIT),
        ("找谁", "黄志坚"),
    ):
        assert expected in talk.says(CONTACT, said), said


def test_a_place_beyond_the_list_points_at_nothing(talk: Talk) -> None:
    talk.says(CONTACT, "进度")
    talk.says(CONTACT, "第二个到哪了")
    assert "在办4项" in talk.says(CONTACT, "第九个到哪了") or EIA in talk.says(CONTACT, "第九个到哪了")


def test_each_person_and_each_chat_has_its_own_last_thing(talk: Talk) -> None:
    assert PERMIT in talk.says(CONTACT, "施工许可到哪了")
    assert EIA in talk.says(SIGNATORY, "环评报告表到哪了")
    assert PERMIT in talk.says(CONTACT, "那个卡在哪")
    assert EIA in talk.says(SIGNATORY, "那个卡在哪")
    assert ENERGY in talk.says(CONTACT, "节能审查到哪了", "bot")
    assert PERMIT in talk.says(CONTACT, "那个卡在哪")
    assert ENERGY in talk.says(CONTACT, "那个卡在哪", "bot")


def test_after_two_hours_it_is_forgotten(talk: Talk) -> None:
    assert EIA in talk.says(CONTACT, "环评报告表到哪了")
    talk.time_is("2026-09-15T11:31:00")
    assert EIA not in talk.says(CONTACT, "那个呢")


def test_three_people_at_once_in_a_group(talk: Talk) -> None:
    """Contact, signatory and officer talk across each other; nobody gets another's thing."""
    said = [
        talk.says(CONTACT, "施工许可要什么材料"),
        talk.says(SIGNATORY, "环评报告表到哪了"),
        talk.says(OFFICER, "节能审查到哪了"),
        talk.says(CONTACT, "那图审呢"),
        talk.says(SIGNATORY, "那施工许可呢"),
        talk.says(OFFICER, "它卡在哪"),
        talk.says(CONTACT, "规划证要什么材料"),
        talk.says(SIGNATORY, "1"),
        talk.says(CONTACT, "2"),
    ]
    for text, expected in zip(
        said,
        ("**施工许可材料清单**", EIA, ENERGY, "**图审材料清单**", PERMIT, ENERGY, "1. 地规证", "", "**工规证材料清单**"),
        strict=True,
    ):  # fmt: skip
        assert expected in text
    assert said[7] == "", "the number was an answer to somebody else's question"


def test_what_changes_something_is_never_said_by_half(talk: Talk, problem: int) -> None:
    talk.says(CONTACT, "施工许可到哪了")
    talk.says(REPRESENTATIVE, f"我来办 {problem}", "app")
    before = talk.stored()
    assert "没有改动" in talk.says(REPRESENTATIVE, "不是施工许可，是环评报告表", "app")
    assert talk.stored() == before


def test_another_projects_item_is_not_pointed_at(talk: Talk) -> None:
    """What was talked of in one group is not known in another."""
    assert EIA in talk.says(CONTACT, "环评报告表到哪了")
    assert "环评" not in talk.says("zhou.min", "那个呢", "yx2026002")
