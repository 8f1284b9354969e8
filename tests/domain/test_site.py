from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.siteconfig import read_site_document
from domain.catalogue import LimitUnit
from domain.people import Role
from domain.site import LATER_FILES, FieldType, IssueKind, Site, SiteProblems

DOCUMENT = read_site_document(Path(__file__).parents[2] / "config")
SITE = Site.from_document(DOCUMENT)


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of the document below the files' names."""
    if path:
        yield path
    if isinstance(node, dict):
        node = node.items()
    elif isinstance(node, list):
        node = enumerate(node)
    else:
        return
    for key, value in node:
        yield from places(value, (*path, key))


PLACES = list(places(DOCUMENT))
ODD: tuple[object, ...] = (
    None,
    0,
    -1,
    3.5,
    True,
    "",
    "x",
    [],
    {},
    [1],
    ["a", "a"],
    [None],
    [[]],
    {"a": 1},
    [{}],
    {"": ""},
    "工作日",
)


def changed() -> Any:
    return copy.deepcopy(DOCUMENT)


def problems_of(document: Any) -> list[str]:
    with pytest.raises(SiteProblems) as caught:
        Site.from_document(document)
    assert all("\n" not in one for one in caught.value.problems)
    return caught.value.problems


def test_the_document_survives_json() -> None:
    assert Site.from_document(json.loads(json.dumps(DOCUMENT))) == SITE


def test_roles_have_the_titles_of_the_site() -> None:
    assert SITE.titles.of(Role.SERVICE_OFFICER) == "首席服务专员"
    assert set(SITE.titles.titles) == set(Role)


def test_departments_are_found_by_what_people_call_them() -> None:
    called = {
        text: SITE.department_called(text)
        for text in ("zjj", "住建", "国土局", "人防办", "南网", "财政局", "税务")
    }
    keys = {text: department and department.key for text, department in called.items()}
    assert keys == {
        "zjj": "zjj",
        "住建": "zjj",
        "国土局": "zrzy",
        "人防办": "rfb",
        "南网": "gd",
        "财政局": "czj",
        "税务": "swju",
    }
    assert SITE.department_called("外星局") is None


def test_utilities_are_flagged() -> None:
    assert {key for key, one in SITE.departments.items() if one.utility} == {"gd", "gs", "rq", "ps", "tx"}


def test_every_item_has_a_lead_the_site_knows() -> None:
    assert all(
        department in SITE.departments
        for item in SITE.catalogue.items.values()
        for department in item.departments
    )


def test_issue_deadlines_are_working_days_with_a_source() -> None:
    answers = {kind: limit.answer.value for kind, limit in SITE.deadlines.issues.items()}
    assert answers == {
        IssueKind.CONSULT: 2,
        IssueKind.SUGGESTION: 5,
        IssueKind.COMPLAINT: 5,
        IssueKind.PROBLEM: 5,
        IssueKind.MULTI_DEPARTMENT: 15,
    }
    for limit in SITE.deadlines.issues.values():
        assert limit.respond.value == 1
        assert limit.respond.unit is LimitUnit.WORKING
        assert limit.answer.basis
        assert limit.release.basis == "拟定"


def test_the_ladder_climbs_from_the_officer_to_the_supervisor() -> None:
    ladder = [(level.after, level.to) for level in SITE.deadlines.escalation]
    assert ladder[0] == (1, ("holder", Role.SERVICE_OFFICER))
    assert ladder[-1] == (5, (Role.SUPERVISOR,))
    assert SITE.deadlines.lamp.yellow_share == 0.9
    assert SITE.deadlines.extension.times == 1


def test_all_forms_are_there_and_say_whether_their_fields_were_published() -> None:
    assert set(SITE.forms) == {f"F{n}" for n in range(1, 30)}
    assert {key for key, form in SITE.forms.items() if not form.issued} == {"F20", "F21", "F22", "F23"}
    assert SITE.forms["F1"].caveat == "待主管部门确认"
    assert SITE.forms["F7"].caveat == ""
    assert all(form.fields and form.source for form in SITE.forms.values())


def test_forms_are_numbered_by_site_kind_and_year() -> None:
    assert SITE.form_number("F5", 2026, 7) == "YX-FK-2026-0007"
    assert SITE.form_number("F1", 2026, 12345) == "YX-SQ-2026-12345"


def test_the_application_asks_for_a_reason_only_when_refused() -> None:
    fields = {field.key: field for field in SITE.forms["F1"].fields}
    assert len(fields) == 57
    assert fields["refusal_reason"].when == "不予受理"
    assert not fields["refusal_reason"].required
    assert fields["credit_code"].type is FieldType.CREDIT_CODE
    assert fields["scope"].options == ("全流程", "阶段性", "单个事项")


def test_tables_have_columns_and_choices_have_options() -> None:
    handed_over = next(field for field in SITE.forms["F6"].fields if field.key == "handed_over")
    assert [column.label for column in handed_over.columns] == ["材料名称", "原件份数", "复印件份数"]


def test_an_ambiguous_word_has_readings_and_a_question() -> None:
    word = SITE.ambiguous["规划证"]
    assert word.question == "是用地的还是工程的？"
    assert [reading.items[0] for reading in word.readings] == ["dg_guihua", "gg_guihua_jz", "guihua_heshi"]
    assert SITE.ambiguous["开路口"].several
    asked_back = {*SITE.ambiguous, *(also for one in SITE.ambiguous.values() for also in one.also)}
    assert {
        "产权证",
        "红本",
        "不动产证",
        "报装",
        "备案",
        "立项",
        "验收",
        "审图",
        "消防",
        "水",
        "临时",
        "延期",
        "变更",
    } <= asked_back


def test_the_group_is_named_after_the_project() -> None:
    assert SITE.group_name("岭南新材料厂房") == "岭南新材料厂房项目帮办群"


def test_a_name_that_two_departments_claim_is_refused() -> None:
    document = changed()
    document["departments"]["departments"]["rq"]["aliases"].append("住建")
    assert problems_of(document) == [
        "departments.yaml：departments 「住建」同时是 zjj 和 rq 的叫法，只能属于一个部门"
    ]


def test_what_one_file_says_of_another_is_checked() -> None:
    document = changed()
    document["catalogue"]["items"][0]["lead"] = "xyz"
    document["words"]["ambiguous"][0]["readings"][0]["items"] = ["wu"]
    found = problems_of(document)
    assert len(found) == 2
    assert "qiye_kaiban 的部门 xyz 不在 departments.yaml 中" in found[0]
    assert "「规划证」指向不存在的事项或部门：wu" in found[1]


def test_mistakes_in_all_files_are_told_at_once() -> None:
    document = changed()
    document["site"]["code"] = "yx1"
    document["site"]["administrators"] = ["赵敏"]
    document["site"]["group_name"] = "帮办群"
    document["site"]["roles"].pop("supervisor")
    document["calendar"]["holidays"] = ["2027-02-30"]
    document["calendar"]["hours"] = [{"opens": "14:00", "closes": "9 点"}]
    document["deadlines"]["lamp"]["yellow_share"] = 90
    document["deadlines"]["escalation"][1]["to"] = ["boss"]
    document["deadlines"]["escalation"][2]["after"] = 0
    document["deadlines"]["issues"]["consult"]["respond"] = {"value": 3, "unit": "日"}
    document["forms"]["forms"]["F2"]["number_kind"] = "SQ"
    document["forms"]["forms"]["F5"]["fields"][6]["options"] = []
    document["words"]["ambiguous"][1]["readings"] = []
    found = "\n".join(problems_of(document))
    for words in (
        "site.yaml：code 应为大写字母",
        "site.yaml：administrators 应为企业微信账号",
        "site.yaml：group_name 应含 {project}",
        "site.yaml：roles.supervisor 缺少",
        "calendar.yaml：holidays 应为日期",
        "calendar.yaml：hours.1.closes 应为时刻",
        "deadlines.yaml：lamp.yellow_share 应为 0 到 1 之间的小数",
        "deadlines.yaml：escalation.2.to 没有 boss 这个角色",
        "deadlines.yaml：escalation 后一级的 after",
        "deadlines.yaml：issues.consult.respond 响应时限不应长于答复时限",
        "deadlines.yaml：issues.consult.respond.unit 服务时限应为工作日",
        "forms.yaml：forms 编号字母 SQ 用于多张表",
        "forms.yaml：forms.F5.fields.7.options 选择类栏目要列出选项",
        "words.yaml：ambiguous.2.readings 至少要有两种含义",
    ):
        assert words in found, words


def test_days_both_off_and_made_up_are_refused() -> None:
    document = changed()
    document["calendar"] |= {"holidays": ["2027-02-07"], "make_up_days": ["2027-02-07"]}
    assert problems_of(document) == ["calendar.yaml：make_up_days 2027-02-07 同时写成放假和上班"]


@pytest.mark.parametrize(
    "part", ["site", "departments", "catalogue", "calendar", "deadlines", "forms", "words"]
)
@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_a_file_of_another_shape_is_a_problem_not_a_crash(part: str, value: object) -> None:
    document = {**DOCUMENT, part: value}
    assert any(one.startswith(f"{part}.yaml：") for one in problems_of(document))


@given(st.sampled_from(PLACES), st.sampled_from(ODD))
def test_whatever_stands_in_one_place_the_answer_is_a_site_or_what_is_wrong(
    place: tuple[str | int, ...], odd: object
) -> None:
    document: Any = dict(DOCUMENT)
    within = document
    for key in place[:-1]:
        within[key] = copy.copy(within[key])
        within = within[key]
    within[place[-1]] = odd
    with suppress(SiteProblems):
        assert Site.from_document(document).catalogue


def test_a_document_kept_before_later_files_came_still_reads() -> None:
    older = {name: value for name, value in changed().items() if name not in LATER_FILES}
    assert Site.from_document(older).retention.stray_messages is None


def test_a_class_of_data_cannot_be_emptied_under_peoples_hands() -> None:
    document = changed()
    document["retention"]["stray_messages"] = 3
    assert any("retention.yaml" in one and "不少于 7 天" in one for one in problems_of(document))


def test_a_document_kept_before_there_was_an_intake_still_reads() -> None:
    document = changed()
    del document["intake"]
    site = Site.from_document(document)
    assert site.intake.eligibility.unrestricted
    assert (site.intake.decide_days, len(site.intake.refusals)) == (3, 5)


def test_what_the_intake_says_of_departments_and_forms_is_checked() -> None:
    document = changed()
    document["intake"]["opened_by"] = ["xyz"]
    document["intake"]["may_follow"] = ["weather"]
    document["intake"]["refusals"][0]["reason"] = "不想办"
    document["intake"]["decide_days"] = 0
    found = "\n".join(problems_of(document))
    for words in (
        "opened_by xyz 不在",
        "may_follow weather 不是申请表",
        "「不想办」不在不予受理告知书",
        "decide_days 不对",
    ):
        assert words in found


def test_a_routing_rule_names_departments_and_items_that_exist() -> None:
    document = changed()
    document["routing"]["rules"][0]["departments"] = ["nowhere"]
    assert any("开设路口" in one and "nowhere" in one for one in problems_of(document))
