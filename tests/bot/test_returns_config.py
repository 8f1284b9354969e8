"""config/returns.yaml: what is wrong is named; a document without it reads with defaults."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.siteconfig import read_site_document
from domain.returns import ReturnRules
from domain.site import Site, SiteProblems

DOCUMENT: dict[str, Any] = read_site_document(Path(__file__).parents[2] / "config")


def broken(key: str, change: dict[str, Any]) -> list[str]:
    document = deepcopy(DOCUMENT)
    document["returns"]["kinds"][key].update(change)
    with pytest.raises(SiteProblems) as found:
        Site.from_document(document)
    return found.value.problems


def test_a_document_from_before_asks_for_nothing() -> None:
    document = {key: value for key, value in DOCUMENT.items() if key != "returns"}
    assert Site.from_document(document).returns == ReturnRules()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due_days": 0}, "应为不小于 1 的整数"),
        ({"columns": []}, "至少要有一栏"),
        ({"departments": ["nobody"]}, "不在 departments.yaml 中"),
        ({"based_on": "nothing"}, "based_on 指向没有的报送"),
        ({"called": ["名单"]}, "只能属于一种报送"),
        ({"every": "week"}, "应为以下之一"),
        ({"columns": [{"title": "甲"}, {"title": "甲"}]}, "栏目名称有重复"),
        ({"columns": [{"title": "甲", "type": "choice"}]}, "应为文字列表"),
        ({"colour": "red"}, "不认识的项目"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], said: str) -> None:
    assert any(said in one and one.startswith("returns.yaml") for one in broken("interaction", change))
