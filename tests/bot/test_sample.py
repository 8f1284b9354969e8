"""The sample data against the shipped configuration: whoever loads it must find everything it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.siteconfig import PlainLoader, calendar_of, read_site_document
from domain.case import CaseStatus, Scope, ServiceLevel
from domain.deadlines import Lamp
from domain.identifiers import is_credit_code, is_mobile, is_national_code, is_userid
from domain.issues import Category, IssueStatus
from domain.items import CaseItem, ItemEvent, ItemState, ItemView
from domain.materials import MaterialState
from domain.people import Post, Role
from domain.project import ProjectType
from domain.site import Site

CONFIG = Path(__file__).parents[2] / "config"
SITE = Site.from_document(read_site_document(CONFIG))
CALENDAR = calendar_of(SITE)
SAMPLE: Any = yaml.load((CONFIG / "sample.yaml").read_text(encoding="utf-8"), PlainLoader)
TODAY = date.fromisoformat(SAMPLE["sample_day"])
PROJECTS = {project["code"]: project for project in SAMPLE["projects"]}
USERIDS = {person["userid"] for person in SAMPLE["people"]}


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def values_of(key: str, within: object = SAMPLE) -> Iterator[Any]:
    """Every value under this key, however deep."""
    if isinstance(within, dict):
        for name, value in within.items():
            if name == key:
                yield value
            yield from values_of(key, value)
    elif isinstance(within, list):
        for one in within:
            yield from values_of(key, one)


def views(code: str) -> dict[str, ItemView]:
    found = {}
    for row in PROJECTS[code]["case"]["items"]:
        events = tuple(ItemEvent(ItemState(event["state"]), day(event["day"])) for event in row["events"])
        item = CaseItem(0, 0, row["item"], events)
        found[row["item"]] = ItemView(
            item, SITE.catalogue.items[row["item"]], CALENDAR, SITE.deadlines.lamp, TODAY
        )
    return found


def test_every_person_named_anywhere_is_in_the_list() -> None:
    named = {SITE.triage_officer, *SITE.administrators}
    for key in ("by", "officer", "deputy", "contact", "signatory", "owner", "representative", "stands_in"):
        named |= set(values_of(key))
    for members in values_of("members"):
        assert len(set(members)) == len(members)
        named |= set(members)
    assert named <= USERIDS
    assert len(USERIDS) == len(SAMPLE["people"]) == 22
    assert all(is_userid(userid) for userid in USERIDS)


def test_people_have_duties_the_site_knows() -> None:
    for person in SAMPLE["people"]:
        assert is_mobile(person["phone"])
        for duty in person["duties"]:
            assert duty["department"] in SITE.departments
            assert Role(duty["role"])
            assert Post(duty["post"])
    administrator = next(person for person in SAMPLE["people"] if person["userid"] == "zhao.min")
    assert administrator["duties"] == []


def test_enterprises_have_valid_credit_codes() -> None:
    codes = [enterprise["credit_code"] for enterprise in SAMPLE["enterprises"]]
    assert all(is_credit_code(code) for code in codes)
    assert len(set(codes)) == 3
    assert {project["enterprise"] for project in PROJECTS.values()} == {
        one["key"] for one in SAMPLE["enterprises"]
    }


def test_every_item_department_and_material_is_in_the_configuration() -> None:
    for project in PROJECTS.values():
        for row in project["case"]["items"]:
            entry = SITE.catalogue.items[row["item"]]
            known = {material.name for material in entry.materials}
            for material in row.get("materials", []):
                assert material["name"] in known, (row["item"], material["name"])
                state = MaterialState(material["state"])
                assert (state is MaterialState.RETURNED) == ("reason" in material)
                assert (state is MaterialState.DEFERRED) == ("until" in material)
    for department in values_of("department"):
        assert department in SITE.departments


def test_projects_and_cases_use_the_words_of_the_rules() -> None:
    for project in PROJECTS.values():
        assert ProjectType(project["type"]) in SITE.catalogue.project_types
        assert is_national_code(project["national_code"])
        case = project["case"]
        assert ServiceLevel(case["level"])
        assert CaseStatus(case["status"]) is CaseStatus.ACTIVE
        scope = Scope(case["scope"])
        assert (scope is Scope.STAGE) == ("scope_stages" in case)
        assert set(case.get("scope_stages", [])) <= set(SITE.catalogue.stages)
    numbers = [project["case"]["no"] for project in PROJECTS.values()]
    assert numbers == [SITE.form_number("F1", TODAY.year, n) for n in range(1, 5)]


def test_every_item_applies_to_the_type_of_its_project() -> None:
    for project in PROJECTS.values():
        for row in project["case"]["items"]:
            assert project["type"] in SITE.catalogue.items[row["item"]].applies_to, row["item"]


def test_what_happened_happened_on_working_days_in_order_and_not_tomorrow() -> None:
    for project in PROJECTS.values():
        accepted = project["case"]["accepted"]["day"]
        assert CALENDAR.is_working_day(day(accepted))
        for row in project["case"]["items"]:
            days = [event["day"] for event in row["events"]]
            assert days == sorted(days), row["item"]
            assert all(accepted <= one <= 0 for one in days), row["item"]
            assert all(CALENDAR.is_working_day(day(one)) for one in days), (row["item"], days)
    for planned in (*values_of("planned_submit"), *values_of("planned_done"), *values_of("until")):
        assert CALENDAR.is_working_day(day(planned)), planned


def test_no_item_was_accepted_before_what_it_needs_was_done() -> None:
    for code, project in PROJECTS.items():
        seen = views(code)
        for row in project["case"]["items"]:
            item = seen[row["item"]].item
            for needed in SITE.catalogue.items[row["item"]].needs(project["type"]):
                if item.accepted_on is None or needed not in seen:
                    continue
                ended = seen[needed].item.ended_on
                assert ended is not None, (code, row["item"], needed)
                assert ended <= item.accepted_on, (code, row["item"], needed)


def test_completed_items_have_a_document_and_others_have_none() -> None:
    for code, project in PROJECTS.items():
        for row in project["case"]["items"]:
            assert (views(code)[row["item"]].item.state is ItemState.COMPLETED) == bool(row.get("result_no"))


def test_the_lamps_are_mixed() -> None:
    first = {item: one.lamp for item, one in views("YX-2026-001").items() if one.lamp is not Lamp.NONE}
    assert first == {"sg_xuke": Lamp.YELLOW, "huanping_biao": Lamp.RED, "jieneng": Lamp.GREEN}
    permit = views("YX-2026-001")["sg_xuke"].clock
    assert permit is not None
    assert permit.due == date(2026, 9, 16)
    second = views("YX-2026-002")
    assert second["paishui_xuke"].item.paused
    assert second["paishui_xuke"].lamp is Lamp.GREEN
    assert second["shitu"].lamp is Lamp.GREEN
    assert views("YX-2026-003")["yongdi_yushen"].lamp is Lamp.GREEN
    planned = [
        one for code in PROJECTS for one in views(code).values() if one.item.state is ItemState.PLANNED
    ]
    assert len(planned) >= 15


def test_finished_items_kept_their_promise() -> None:
    for code in PROJECTS:
        for item, one in views(code).items():
            if one.item.ended_on and one.clock:
                assert one.clock.left >= 0, (code, item)


def test_groups_are_as_the_platform_knows_them() -> None:
    groups = {code: project["group"] for code, project in PROJECTS.items()}
    assert {code: (group["appchat"], group["bot_chat"]) for code, group in groups.items() if group} == {
        "YX-2026-001": ("yx2026001", "wrkYX001aibot"),
        "YX-2026-002": ("yx2026002", "wrkYX002aibot"),
        "YX-2026-003": ("yx2026003", None),
    }
    for code, group in groups.items():
        if group:
            assert group["name"] == SITE.group_name(PROJECTS[code]["short_name"])
            assert {group["owner"], PROJECTS[code]["contact"]} <= set(group["members"])


@pytest.mark.parametrize("issue", PROJECTS["YX-2026-002"]["issues"], ids=lambda issue: f"issue {issue['no']}")
def test_issues_lie_with_somebody_of_their_department(issue: dict[str, Any]) -> None:
    holder = next(person for person in SAMPLE["people"] if person["userid"] == issue["representative"])
    assert issue["department"] in {duty["department"] for duty in holder["duties"]}
    assert Category(issue["category"])
    status = IssueStatus(issue["status"])
    assert (status is IssueStatus.ANSWERED) == ("answer" in issue)
    assert issue["item"] in SITE.catalogue.items
    assert issue["raised"]["day"] < 0
    assert CALENDAR.is_working_day(day(issue["raised"]["day"]))
