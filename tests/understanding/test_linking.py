"""Items described rather than named: the official name in other words, in another order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.siteconfig import read_site_document
from bot.understanding.acts import Heard
from bot.understanding.dictionary import Dictionary
from bot.understanding.understand import understand
from domain.site import Site

DICTIONARY = Dictionary(Site.from_document(read_site_document(Path(__file__).parents[2] / "config")))


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("地下室防空易地的建设要什么材料", "rf_yidi"), ("重要的矿产查询要多久", "dizai_yafu"),
        ("挖掘了城市的道路要什么材料", "zhandao"), ("城市建筑的垃圾处置要什么材料", "laji_hezhun"),
        ("装修既有的建筑要什么材料", "sg_zhuangxiu"), ("在河道管理的范围里建设要什么材料", "honghu"),
    ],
)  # fmt: skip
def test_an_item_is_known_by_its_description(text: str, item: str) -> None:
    (act,) = understand(Heard(text=text), DICTIONARY).acts
    assert act.item == item
    assert any(one.startswith(f"alike:{item}") for one in act.evidence)


@pytest.mark.parametrize("text", ["迁移要什么材料", "能给我们讲讲到哪了", "这个范围里的要什么材料"])
def test_a_little_likeness_is_none(text: str) -> None:
    assert all(act.item is None for act in understand(Heard(text=text), DICTIONARY).acts)


def test_a_name_is_not_overruled_by_a_likeness() -> None:
    (act,) = understand(Heard(text="装修既有建筑的那个图审要什么材料"), DICTIONARY).acts
    assert act.item == "shitu"
