"""From setting up the enterprise to production: the catalogue's two ends, and what agencies do in between."""

from __future__ import annotations

import pytest

from tests.talk import CONTACT, OFFICER, Talk


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("开办企业要几天", "承诺时限：1个工作日（外地参考："),
        ("排污许可要几天", "**排污许可证核发**"),
        ("房产证要几天", "不动产首次登记"),
        ("用水报装要多久办", "用水报装"),
    ],
)
def test_both_ends_and_the_utilities_are_in_the_catalogue(talk: Talk, asked: str, heard: str) -> None:
    assert heard in talk.says(CONTACT, asked)


def test_setting_up_an_enterprise_is_put_in_when_asked_for(talk: Talk) -> None:
    assert "计划已加入开办企业" in talk.says(OFFICER, "加事项 YX-2026-001 开办企业", "app")


def test_agencies_are_explained_and_never_recommended(talk: Talk) -> None:
    said = talk.says(CONTACT, "中介服务超市怎么用")
    assert "政府投资和使用财政资金的项目，按规定通过广东省网上中介服务超市选取" in said
    assert "依据：梅州2020" in said
    assert "这个我不能帮您办" in talk.says(CONTACT, "推荐一家靠谱的环评公司")


def test_applying_online_is_explained_step_by_step(talk: Talk) -> None:
    said = talk.says(CONTACT, "网上申报怎么操作")
    assert "先在广东省投资项目在线审批监管平台取得项目代码" in said
    assert "依据：曲江2024 第17条" in said
