"""Ready phrases of the pages: the site's own, with a day in them."""

from __future__ import annotations

from domain.configuration import Flaw, Section
from domain.page_rules import PageRules, read_pages


def read(document: dict[str, object]) -> tuple[PageRules, list[Flaw]]:
    flaws: list[Flaw] = []
    return read_pages(Section(document, "pages.yaml", (), flaws)), flaws


def test_without_a_file_the_usual_ones() -> None:
    rules, flaws = read({})
    assert rules == PageRules()
    assert flaws == []
    assert rules.ready_answers("9月16日（周三）")[1] == "资料已收到，正在核对，9月16日（周三）前答复结果。"


def test_a_promise_without_a_day_is_refused_with_its_place() -> None:
    _, flaws = read({"answers": ["收到，我们会尽快处理。"]})
    assert [(one.file, one.path[0]) for one in flaws] == [("pages.yaml", "answers")]
    assert "没有说明日期" in flaws[0].what


def test_the_sites_own_take_their_place() -> None:
    rules, _ = read({"answers": ["{下一工作日}答复。"], "link_minutes": 5})
    assert rules.ready_answers("9月16日") == ("9月16日答复。",)
    assert rules.link_minutes == 5
