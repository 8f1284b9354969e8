"""From facts to items: three verdicts, nothing guessed; from items to days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.siteconfig import calendar_of, read_site_document
from domain.case import Scope
from domain.conditions import Condition, Conditions
from domain.forms import FieldType
from domain.items import CaseItem, ItemEvent, ItemState, ItemView
from domain.milestones import milestones
from domain.plan import Wanted, assess, needs_of, propose
from domain.plan_rules import MilestoneRule
from domain.project import ProjectType
from domain.schedule import Basis, Slot, Timetable, slipped, working_days_in_all
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
CALENDAR = calendar_of(SITE)
TODAY = date(2026, 9, 15)
FULL: dict[str, object] = {
    "approval_route": "备案", "land_source": "出让", "investment": "12800", "floor_area": "41200",
    "with_scheme": "否", "eia_class": "报告表", "land_area": "33400", "disturbed_area": "33400", "earthwork": "2000",
    "energy": "1200", "electricity": "300", "civil_building": "否", "special_fire": "否", "surroundings": "无",
    "own_water": "否", "archaeology": "否", "area_assessed": "是", "discharge_class": "登记管理", "spoil_out": "否",
    "drainage": "排入市政管网", "lightning": "否", "supply_voltage": "高压", "gas_demand": "0", "telecom_demand": "光纤",
    "outside_lines": "否", "finish_planned": "2027-12-31",
}  # fmt: skip


def wanted(facts: Mapping[str, object], **more: object) -> Wanted:
    return replace(Wanted("social_industrial", facts), **more)  # type: ignore[arg-type]


def test_with_all_facts_nothing_is_open() -> None:
    found = assess(SITE.catalogue, SITE.plan, wanted(FULL))
    assert found.questions == ()
    assert found.undecided == {}
    assert {"qiye_beian", "huanping_biao", "shuibao_biao", "jieneng", "xf_beian", "yongdian_gaoya"} <= set(
        found.wanted
    )
    assert not {"qiye_hezhun", "huanping_shu", "shuibao_shu", "rf_baojian", "xf_sheji", "yongqi"} & set(
        found.wanted
    )
    assert found.unneeded["dizai_yafu"] == "所在园区已完成区域评估，不再单独评估"
    assert found.wanted["jieneng"] == "年综合能耗（吨标准煤）：1200"
    assert found.wanted["sg_xuke"] == "按总投资，总建筑面积（㎡）：41200", "a sum is not told"


@pytest.mark.parametrize(
    ("fact", "open_items"),
    [
        ("eia_class", {"huanping_shu", "huanping_biao", "huanping_dengji", "huanbao_yanshou"}),
        ("approval_route", {"qiye_beian", "qiye_hezhun"}),
        ("supply_voltage", {"yongdian_diya", "yongdian_gaoya"}),
        ("special_fire", {"xf_sheji", "xf_yanshou", "xf_beian"}),
        ("civil_building", {"rf_baojian", "rf_yidi", "rf_yanshou"}),
        ("with_scheme", {"dg_guihua", "gg_guihua_jz", "gg_dg_hebing"}),
    ],
)
def test_a_missing_fact_leaves_all_alternatives_open_and_is_asked_for(
    fact: str, open_items: set[str]
) -> None:
    known = {key: value for key, value in FULL.items() if key != fact}
    found = assess(SITE.catalogue, SITE.plan, wanted(known))
    assert set(found.undecided) == open_items
    assert [question.fact for question in found.questions] == [fact]
    assert not open_items & {one.item_id for one in propose(SITE.catalogue, wanted(known), SITE.plan)}


def test_one_of_the_alternatives_in_the_case_settles_the_question() -> None:
    known = {key: value for key, value in FULL.items() if key != "supply_voltage"}
    found = assess(SITE.catalogue, SITE.plan, wanted(known, present=frozenset({"yongdian_gaoya"})))
    assert found.questions == ()


def test_somebody_who_does_not_know_has_not_answered() -> None:
    found = assess(SITE.catalogue, SITE.plan, wanted({**FULL, "special_fire": "不清楚"}))
    assert [question.fact for question in found.questions] == ["special_fire"]


@pytest.mark.parametrize(
    ("facts", "item"),
    [
        ({"land_area": "50000"}, "shuibao_shu"), ({"earthwork": "50000"}, "shuibao_shu"),
        ({"land_area": "49999"}, "shuibao_biao"), ({"land_area": "4000", "disturbed_area": "4000"}, "shuibao_biao"),
    ],
)  # fmt: skip
def test_the_extent_decides_report_or_form(facts: dict[str, object], item: str) -> None:
    planned = {one.item_id for one in propose(SITE.catalogue, wanted(FULL | facts), SITE.plan)}
    assert planned & {"shuibao_shu", "shuibao_biao"} == {item}


def test_the_smallest_works_need_no_construction_permit_and_that_is_said() -> None:
    found = assess(SITE.catalogue, SITE.plan, wanted({**FULL, "investment": "100"}))
    assert "sg_xuke" not in found.wanted
    assert found.unneeded["sg_xuke"] == "在限额以下，可以不办"


def test_done_together_one_paper_takes_the_place_of_two() -> None:
    planned = propose(SITE.catalogue, wanted({**FULL, "with_scheme": "是"}), SITE.plan)
    by_id = {one.item_id: one for one in planned}
    assert not {"dg_guihua", "gg_guihua_jz"} & set(by_id)
    assert "gg_dg_hebing" in by_id["sg_xuke"].after


@given(
    st.sampled_from(list(ProjectType)),
    st.dictionaries(
        st.sampled_from([key for key, one in SITE.plan.facts.items() if one.type is FieldType.CHOICE]),
        st.sampled_from(
            ["是", "否", "备案", "核准", "审批", "出让", "划拨", "报告书", "报告表", "低压", "高压", "自建"]
        ),
    ),
)
def test_whatever_the_facts_every_item_comes_after_what_it_needs(
    kind: ProjectType, facts: dict[str, object]
) -> None:
    planned = propose(SITE.catalogue, Wanted(kind, facts), SITE.plan)
    found = assess(SITE.catalogue, SITE.plan, Wanted(kind, facts))
    seen: set[str] = set()
    for one in planned:
        assert set(one.after) <= seen
        assert one.why
        seen.add(one.item_id)
    assert not seen & set(found.undecided)
    assert not set(found.unneeded) & (seen | set(found.undecided))


def test_single_items_are_what_was_asked_for_and_no_more() -> None:
    found = propose(SITE.catalogue, wanted({}, scope=Scope.ITEM, items=("jieneng", "nothing")), SITE.plan)
    assert [one.item_id for one in found] == ["jieneng"]


def test_conditions_join_three_ways() -> None:
    known = {
        "a": Condition("a", fact="a", among=("是",)), "b": Condition("b", fact="b", among=("是",)),
        "both": Condition("both", all_of=("a", "b")), "either": Condition("either", any_of=("a", "b")),
        "neither": Condition("neither", none_of=("a", "b")),
    }  # fmt: skip

    def judged(facts: dict[str, object]) -> list[bool | None]:
        return [Conditions(known, facts).judge(name).holds for name in ("both", "either", "neither")]

    assert judged({"a": "是", "b": "是"}) == [True, True, False]
    assert judged({"a": "是"}) == [None, True, False]
    assert judged({"a": "否"}) == [False, None, None]
    assert judged({"a": "否", "b": "否"}) == [False, False, True]


# ------------------------------------------------------------ days


def views(*items: CaseItem, today: date = TODAY) -> tuple[ItemView, ...]:
    return tuple(
        ItemView(one, SITE.catalogue.items[one.item_id], CALENDAR, SITE.deadlines.lamp, today)
        for one in items
    )


def table(**more: object) -> Timetable:
    made = Timetable(CALENDAR, SITE.plan, SITE.catalogue.items, TODAY, date(2027, 12, 31))
    return replace(made, **more)  # type: ignore[arg-type]


def slots_of(*items: CaseItem, **more: object) -> dict[str, Slot]:
    ids = [one.item_id for one in items]
    return table(**more).slots(views(*items), needs_of(SITE.catalogue, SITE.plan, wanted(FULL), ids))


def test_what_needs_nothing_of_one_another_runs_side_by_side_and_the_permit_waits_for_all() -> None:
    found = slots_of(
        *(CaseItem(n, 1, one) for n, one in enumerate(("shitu", "zhaobiao", "gg_guihua_jz", "sg_xuke")))
    )
    assert found["zhaobiao"].submit == found["gg_guihua_jz"].submit
    ends = [found[one].done for one in ("shitu", "zhaobiao", "gg_guihua_jz")]
    assert found["sg_xuke"].submit > max(end for end in ends if end)  # type: ignore[operator]
    assert found["sg_xuke"].waits_for in {"shitu", "zhaobiao"}


def test_each_limit_counts_in_its_own_unit() -> None:
    found = slots_of(CaseItem(1, 1, "huanping_biao"), CaseItem(2, 1, "shitu"), CaseItem(3, 1, "laji_fangan"))
    start = found["huanping_biao"].submit
    assert start
    assert (
        found["huanping_biao"].done
        == CALENDAR.due_day(start, SITE.catalogue.items["huanping_biao"].promised).day
    )  # type: ignore[arg-type]
    assert found["huanping_biao"].basis is Basis.PROMISED
    assert found["shitu"].basis is Basis.STATUTORY
    assert found["laji_fangan"].basis is Basis.ESTIMATE


def test_what_is_done_keeps_its_real_day() -> None:
    done = CaseItem(1, 1, "gg_guihua_jz", (ItemEvent(ItemState.COMPLETED, date(2026, 8, 3)),))
    found = slots_of(done, CaseItem(2, 1, "sg_xuke"))
    assert found["gg_guihua_jz"].done == date(2026, 8, 3)
    assert found["sg_xuke"].submit == date(2026, 9, 16)


def test_acceptance_has_no_day_while_nobody_said_when_the_building_stands() -> None:
    found = slots_of(CaseItem(1, 1, "sg_xuke"), CaseItem(2, 1, "lianhe_yanshou"), building_done=None)
    assert found["lianhe_yanshou"].basis is Basis.OPEN
    assert working_days_in_all(list(found.values()), CALENDAR) is None


def test_a_year_without_a_calendar_is_marked() -> None:
    assert slots_of(CaseItem(1, 1, "lianhe_yanshou"))["lianhe_yanshou"].provisional


def test_days_under_way_are_counted_once() -> None:
    spans = [
        Slot("a", date(2026, 9, 15), date(2026, 9, 18), Basis.DONE),
        Slot("b", date(2026, 9, 16), date(2026, 9, 17), Basis.DONE),
        Slot("c", date(2026, 9, 22), date(2026, 9, 23), Basis.DONE),
    ]
    assert working_days_in_all(spans, CALENDAR) == 4


def test_slips_are_counted_in_working_days_and_what_is_done_no_longer_slips() -> None:
    late = CaseItem(1, 1, "yongshui", planned_submit=date(2026, 9, 11))
    begun = CaseItem(
        2,
        1,
        "huanping_biao",
        (ItemEvent(ItemState.ACCEPTED, date(2026, 9, 1)),),
        planned_done=date(2026, 9, 9),
    )
    done = CaseItem(
        3, 1, "jieneng", (ItemEvent(ItemState.COMPLETED, date(2026, 9, 10)),), planned_done=date(2026, 9, 1)
    )
    found = slipped(views(late, begun, done), TODAY)
    assert [(one.item.item_id, one.late, one.days) for one in found] == [
        ("huanping_biao", "done", 4),
        ("yongshui", "submit", 2),
    ]


def test_milestones_are_reached_by_what_was_completed() -> None:
    rules = (MilestoneRule("早立项", ("qiye_beian", "qiye_hezhun")), MilestoneRule("早开工", ("sg_xuke",)))
    items = [
        CaseItem(1, 1, "qiye_beian", (ItemEvent(ItemState.COMPLETED, date(2026, 6, 1)),)),
        CaseItem(2, 1, "sg_xuke", (ItemEvent(ItemState.REJECTED, date(2026, 9, 1)),)),
    ]
    found = milestones(rules, items, date(2026, 5, 1))
    assert [(one.name, one.day, one.days) for one in found] == [
        ("早立项", date(2026, 6, 1), 31),
        ("早开工", None, None),
    ]


@given(st.sets(st.sampled_from(sorted(SITE.catalogue.items)), min_size=1, max_size=25))
def test_nothing_is_handed_in_before_what_it_needs_is_done(chosen: set[str]) -> None:
    found = slots_of(*(CaseItem(n, 1, one) for n, one in enumerate(sorted(chosen))))
    needs = needs_of(SITE.catalogue, SITE.plan, wanted(FULL), chosen)
    assert set(found) == chosen
    for one, slot in found.items():
        assert slot.submit
        assert slot.done
        assert TODAY <= slot.submit <= slot.done
        assert CALENDAR.is_working_day(slot.submit)
        assert all(found[need].done <= slot.submit for need in needs[one])  # type: ignore[operator]


def test_what_was_refused_keeps_the_rest_waiting() -> None:
    refused = CaseItem(1, 1, "gg_guihua_jz", (ItemEvent(ItemState.REJECTED, date(2026, 8, 3)),))
    found = slots_of(refused, CaseItem(2, 1, "sg_xuke"))
    assert found["sg_xuke"].basis is Basis.OPEN
    assert found["sg_xuke"].waits_for == "gg_guihua_jz"


def test_a_technical_review_is_a_segment_of_its_own() -> None:
    slot = slots_of(CaseItem(1, 1, "shuibao_shu"))["shuibao_shu"]
    assert slot.submit
    assert slot.done == CALENDAR.add_working_days(slot.submit, 31)
