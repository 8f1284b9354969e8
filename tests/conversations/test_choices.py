"""A word with several readings: numbers, and at most three of them to tap; answered once, by the one who was asked."""

from __future__ import annotations

from typing import Any

from tests.talk import CONTACT, GROUP, SIGNATORY, Talk

LAND, BUILDING = "**地规证材料清单**", "**工规证材料清单**"


def _keys(answer: dict[str, Any]) -> list[str]:
    return [button["key"] for button in answer["template_card"]["button_list"]]


def test_tapped(talk: Talk) -> None:
    asked = talk.answer_to(CONTACT, "规划证要什么材料")
    assert asked["stream"]["content"].startswith("是用地的还是工程的？\n1. 地规证")
    _, second = _keys(asked)
    talk.sees(CONTACT, GROUP)
    final = talk.taps(CONTACT, second, GROUP)
    assert final["template_card"]["button_list"][0]["text"] == "已选择"
    assert BUILDING in talk.sees(CONTACT, GROUP)[-1]


def test_a_number_does_as_well_and_ends_the_card(talk: Talk) -> None:
    first, _ = _keys(talk.answer_to(CONTACT, "规划证要什么材料"))
    assert LAND in talk.says(CONTACT, "第一个")
    talk.sees(CONTACT, GROUP)
    talk.taps(CONTACT, first, GROUP)
    assert "已经答过或已过期" in talk.sees(CONTACT, GROUP)[-1]


def test_only_the_one_who_was_asked(talk: Talk) -> None:
    first, _ = _keys(talk.answer_to(CONTACT, "规划证要什么材料"))
    talk.sees(SIGNATORY, GROUP)
    talk.taps(SIGNATORY, first, GROUP)
    assert LAND not in "".join(talk.sees(SIGNATORY, GROUP))
    assert LAND in talk.says(CONTACT, "1")


def test_at_most_three_to_tap_and_all_by_number(talk: Talk) -> None:
    asked = talk.answer_to(CONTACT, "要什么材料")
    assert len(_keys(asked)) == 3
    assert "\n4. " in asked["stream"]["content"]
    assert "材料清单" in talk.says(CONTACT, "4")


def test_the_projects_own_are_left_of_many(talk: Talk) -> None:
    """Of six readings of 备案 the project's own three are left."""
    asked = talk.answer_to(CONTACT, "备案要什么材料")
    assert asked["stream"]["content"].count("\n") == 3


def test_more_than_three_requests_are_said_to_be_too_many(talk: Talk) -> None:
    said = talk.says(CONTACT, "进度，另外施工许可材料，还有图审找谁，另外待办")
    assert said.startswith("（1）**岭南")
    assert "（3）" in said
    assert said.endswith("一条消息最多办3件事，其余的请另发一条。")
