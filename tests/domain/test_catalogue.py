from __future__ import annotations

import copy
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from bot.siteconfig import read_site_document
from domain.catalogue import Catalogue, Limit, LimitUnit
from domain.configuration import SiteProblems

DOCUMENT = read_site_document(Path(__file__).parents[2] / "config")["catalogue"]
CATALOGUE = Catalogue.from_document(DOCUMENT)


def changed() -> Any:
    return copy.deepcopy(DOCUMENT)


def problems_of(document: object) -> list[str]:
    with pytest.raises(SiteProblems) as caught:
        Catalogue.from_document(document)
    return caught.value.problems


def test_all_items_are_there_and_none_lost_its_source() -> None:
    assert len(CATALOGUE.items) == 72
    assert sum(len(item.materials) for item in CATALOGUE.items.values()) == 229
    assert all(item.sources for item in CATALOGUE.items.values())
    assert all(item.spoken and len(item.spoken) <= 9 for item in CATALOGUE.items.values())


def test_spoken_names_are_all_different() -> None:
    spoken = [item.spoken for item in CATALOGUE.items.values()]
    assert len(set(spoken)) == len(spoken)


def test_every_promised_figure_says_where_and_how_surely() -> None:
    promised = [item.promised for item in CATALOGUE.items.values() if item.promised]
    assert len(promised) == 21
    assert all(limit.scope and limit.basis and limit.confidence for limit in promised)


def test_every_statutory_figure_says_on_what_it_rests() -> None:
    statutory = [item.statutory for item in CATALOGUE.items.values() if item.statutory]
    assert len(statutory) == 39
    assert all(limit.basis for limit in statutory)


def test_the_construction_permit_keeps_the_unit_of_the_law() -> None:
    permit = CATALOGUE.items["sg_xuke"]
    assert permit.statutory is not None
    assert permit.statutory.shown == "7日"
    assert permit.statutory.unit is LimitUnit.CALENDAR
    assert permit.promised is not None
    assert permit.promised.shown == "3个工作日"
    assert permit.limit is permit.promised


def test_limits_are_shown_as_people_write_them() -> None:
    assert Limit(0, LimitUnit.WORKING).shown == "即时"
    assert Limit(20, LimitUnit.WORKING).shown == "20个工作日"
    assert Limit(8, LimitUnit.CALENDAR, "自然日").shown == "8个自然日"
    assert Limit(3, LimitUnit.MONTH, "月").shown == "3个月"


def test_an_unknown_item_is_none_and_a_stage_lists_its_own() -> None:
    assert CATALOGUE.get("nothing") is None
    assert CATALOGUE.get("shitu") is CATALOGUE.items["shitu"]
    assert {item.stage for item in CATALOGUE.in_stage("竣工验收")} == {"竣工验收"}
    assert sum(len(CATALOGUE.in_stage(stage)) for stage in CATALOGUE.stages) == 72
    assert "sg_xuke" in {item.id for item in CATALOGUE.led_by("zjj")}


def test_what_comes_first_depends_on_the_type_of_the_project() -> None:
    permit = CATALOGUE.items["sg_xuke"]
    assert permit.needs("gov_linear") == (
        "shitu",
        "zhaobiao",
        "zhian_jiandu",
        "yongdi_yushen",
        "gg_guihua_sz",
    )
    assert permit.needs("renovation") == ("shitu", "zhaobiao", "zhian_jiandu")
    assert CATALOGUE.items["shitu"].departments == ("zj_fw", "zjj")


def test_the_order_puts_every_item_after_all_it_may_need() -> None:
    place = {item_id: n for n, item_id in enumerate(CATALOGUE.in_order())}
    assert len(place) == 72
    for item in CATALOGUE.items.values():
        for project_type in CATALOGUE.project_types:
            assert all(place[needed] < place[item.id] for needed in item.needs(project_type))


def test_the_shipped_catalogue_needs_no_item_it_does_not_have() -> None:
    graph = {item.id: set(item.prerequisites) for item in CATALOGUE.items.values()}
    assert set(TopologicalSorter(graph).static_order()) == set(CATALOGUE.items)


def test_items_that_wait_for_each_other_are_named() -> None:
    document = changed()
    first = next(item for item in document["items"] if item["id"] == "shitu")
    first["prerequisites"] = ["sg_xuke"]
    assert any("互相等待" in one and "sg_xuke" in one for one in problems_of(document))


def test_an_unknown_prerequisite_is_named() -> None:
    document = changed()
    document["items"][0]["prerequisites"] = ["meiyou"]
    found = problems_of(document)
    assert found == [
        "catalogue.yaml：items 开办企业（qiye_kaiban）的前置事项 meiyou 不在目录中，应为某个事项的 id"
    ]


@pytest.mark.parametrize("name", ["其他材料", "法律规定的有关材料", "相关资料", "图纸等材料"])
def test_a_vague_material_name_is_refused(name: str) -> None:
    document = changed()
    document["items"][2]["materials"][0]["name"] = name
    (found,) = problems_of(document)
    assert found.startswith("catalogue.yaml：items.3.materials.1.name ")
    assert "请写明每一份材料的名称" in found


def test_all_mistakes_are_told_at_once() -> None:
    document = changed()
    one, two = document["items"][0], document["items"][1]
    del one["name"]
    one["promised"]["unit"] = "天"
    one["stage"] = "开工"
    two["id"] = one["id"]
    two["materials_verified"] = "是"
    two["aplies_to"] = []
    two["sources"] = ["X-1"]
    found = problems_of(document)
    for words in (
        "name 缺少",
        "unit 应为以下之一：工作日",
        "没有「开工」这个阶段",
        "重复",
        "true 或 false",
        "不认识的项目",
        "X-1",
    ):
        assert any(words in problem for problem in found), words


@pytest.mark.parametrize("document", [None, [], "text", {"items": "none"}, {"items": [3]}])
def test_a_document_of_another_shape_is_a_problem_not_a_crash(document: object) -> None:
    assert problems_of(document)


def test_a_material_written_twice_is_named() -> None:
    document = changed()
    materials = document["items"][0]["materials"]
    materials.append(dict(materials[0]))
    assert any("写了两次" in one for one in problems_of(document))
