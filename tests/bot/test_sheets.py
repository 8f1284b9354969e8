"""What comes in, the empty tables, and what is refused cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents.projects_sheet import COLUMNS, ProjectRow, read_projects
from bot.documents.roster_sheet import RosterRow, read_roster
from bot.documents.sheets import SheetProblems
from domain.case import Scope, ServiceLevel
from domain.identifiers import is_credit_code
from domain.people import Post, Role
from domain.project import ProjectType
from tests.bot.workbooks import (
    PERSON,
    PROJECT,
    SITE,
    TODAY,
    changed,
    projects,
    roster,
    wrong_in_projects,
    wrong_in_roster,
)

# ---------------------------------------------------------------- what comes in


def test_a_filled_roster_is_read(tmp_path: Path) -> None:
    second = {
        **PERSON,
        "姓名": "罗燕",
        "企业微信账号": "Luo.Yan",
        "AB岗": "B岗",
        "部门": "住建",
        "生效日期": "2026/9/21",
    }
    first_row, second_row = read_roster(roster(tmp_path, PERSON, second), SITE, TODAY)
    assert first_row == RosterRow(
        row=3,
        role=Role.REPRESENTATIVE,
        name="黄志坚",
        title="行政审批股股长",
        mobile="13900000021",
        office_phone="0750-0000021",
        topics=("施工许可", "联合验收", "消防"),
        remark="",
        userid="huang.zhijian",
        department="zjj",
        post=Post.A,
        valid_from=None,
    )
    assert (second_row.userid, second_row.post, second_row.department) == ("luo.yan", Post.B, "zjj")
    assert second_row.valid_from == date(2026, 9, 21)


@pytest.mark.parametrize(
    ("category", "role"),
    [
        ("分管领导", Role.DEPARTMENT_LEADER),
        ("业务负责人", Role.DEPARTMENT_CHIEF),
        ("首席事务代表", Role.REPRESENTATIVE),
        ("首席服务专员", Role.SERVICE_OFFICER),
        ("督办人员", Role.SUPERVISOR),
    ],
)
def test_categories_are_those_of_the_form_and_the_sites_own_titles(
    tmp_path: Path, category: str, role: Role
) -> None:
    (row,) = read_roster(roster(tmp_path, {**PERSON, "类别": category}), SITE, TODAY)
    assert row.role is role


def test_a_filled_project_is_read(tmp_path: Path) -> None:
    (row,) = read_projects(projects(tmp_path, PROJECT), SITE, TODAY)
    assert row == ProjectRow(
        row=3,
        code="YX-2026-005",
        name="岭南新材料二期厂房",
        national_code="2608-440299-04-01-100005",
        type=ProjectType.SOCIAL_INDUSTRIAL,
        enterprise="清溪食品（云溪）有限公司",
        credit_code="91440299MA5YX00157",
        contact="chen.jing",
        contact_name="陈静",
        contact_phone="13900000001",
        signatory="lin.guohua",
        signatory_name="林国华",
        officer="li.na",
        investment=5200.5,
        land_area=12000.0,
        floor_area=15000.0,
        level=ServiceLevel.ACT_FOR,
        scope=Scope.STAGE,
        accepted_on=date(2026, 9, 1),
        chat_id="yx2026005",
    )


def test_what_is_optional_may_be_left_empty(tmp_path: Path) -> None:
    optional = {title: None for title, column in COLUMNS.items() if not column.required and title in PROJECT}
    (row,) = read_projects(projects(tmp_path, {**PROJECT, **optional}), SITE, TODAY)
    assert (row.code, row.national_code, row.chat_id) == ("", "", "")
    assert (row.investment, row.land_area, row.floor_area, row.accepted_on) == (None, None, None, None)
    assert (row.signatory, row.signatory_name) == ("chen.jing", "陈静")


def test_full_width_digits_are_taken_and_names_keep_their_brackets(tmp_path: Path) -> None:
    (row,) = read_projects(
        projects(tmp_path, {**PROJECT, "经办人手机": "１３９００００００１１"}), SITE, TODAY
    )
    assert row.contact_phone == "13900000011"
    assert "（" in row.enterprise


def test_values_hide_who_they_are_about_in_a_repr(tmp_path: Path) -> None:
    (person,) = read_roster(roster(tmp_path, PERSON), SITE, TODAY)
    (project,) = read_projects(projects(tmp_path, PROJECT), SITE, TODAY)
    for secret in ("黄志坚", "13900000021", "陈静", "91440299MA5YX00157", "岭南"):
        assert secret not in repr(person) + repr(project)


def test_a_heading_above_the_titles_and_numbered_empty_rows_do_no_harm(tmp_path: Path) -> None:
    def edit(book: Any, table: Any) -> None:
        table.insert_rows(1)
        table["A1"] = "云溪县首席事务代表名单"
        for number in range(4, 30):
            table.cell(number, 1).value = "=ROW()-3"

    path = changed(roster(tmp_path, PERSON), "名单", edit)
    (row,) = read_roster(path, SITE, TODAY)
    assert row.row == 4


# ---------------------------------------------------------------- the empty tables


@pytest.mark.parametrize("name", ["名单", "项目"])
def test_a_blank_template_has_help_lists_widths_and_a_frozen_title(tmp_path: Path, name: str) -> None:
    book = load_workbook(roster(tmp_path) if name == "名单" else projects(tmp_path))
    table: Any = book[name]
    assert book.sheetnames == [name, "填写说明", "选项"]
    assert book["选项"].sheet_state == "hidden"
    assert table.freeze_panes == "A2"
    assert table["A2"].value == "示例"
    assert {table.column_dimensions[cell.column_letter].number_format for cell in table[1]} == {"@"}
    assert table.column_dimensions["C"].width >= 10
    assert {rule.type for rule in table.data_validations.dataValidation} == {"list"}
    assert len(table.data_validations.dataValidation) == 3
    told = [cell.value for row in book["填写说明"].iter_rows() for cell in row]
    assert all(cell.value in told for cell in table[1])


def test_drop_downs_offer_exactly_what_the_import_takes(tmp_path: Path) -> None:
    book = load_workbook(roster(tmp_path))
    lists: Any = book["选项"]
    offered = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in lists.columns}
    assert offered["部门"] == [department.name for department in SITE.departments.values()]
    for category in offered["类别"]:
        assert read_roster(roster(tmp_path, {**PERSON, "类别": category}), SITE, TODAY)


def test_a_template_with_nothing_but_the_example_is_refused(tmp_path: Path) -> None:
    assert wrong_in_roster(roster(tmp_path)) == [(None, "", "没有可以导入的内容")]
    assert wrong_in_projects(projects(tmp_path)) == [(None, "", "没有可以导入的内容")]


def test_the_example_would_be_valid_if_it_were_taken(tmp_path: Path) -> None:
    for path, sheet, read in (
        (roster(tmp_path), "名单", read_roster),
        (projects(tmp_path), "项目", read_projects),
    ):
        changed(path, sheet, lambda book, table: table["A2"].__setattr__("value", 1))
        assert len(read(path, SITE, TODAY)) == 1


def test_an_example_row_that_was_written_over_is_told_and_not_lost(tmp_path: Path) -> None:
    path = changed(
        roster(tmp_path, PERSON), "名单", lambda book, table: table["C2"].__setattr__("value", "李四")
    )
    ((row, column, reason),) = wrong_in_roster(path)
    assert (row, column) == (2, "姓名")
    assert "示例行被改动" in reason


# ---------------------------------------------------------------- what is refused, cell by cell


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("类别", None, "必填"),
        ("类别", "局长", "没有这个选项"),
        ("姓名", "  ", "必填"),
        ("职务", None, "必填"),
        ("手机号码", "1390000", "11 位手机号码"),
        ("手机号码", None, "必填"),
        ("办公电话", "转 8", "应为电话号码"),
        ("负责业务", None, "必填"),
        ("企业微信账号", "黄志坚", "应为企业微信账号"),
        ("企业微信账号", "-huang", "应为企业微信账号"),
        ("企业微信账号", "h" * 65, "应为企业微信账号"),
        ("企业微信账号", None, "必填"),
        ("部门", "外星局", "没有这个选项"),
        ("部门", None, "必填"),
        ("AB岗", "C", "没有这个选项"),
        ("生效日期", "2026-09-14", "不能早于今天"),
        ("生效日期", "2026-02-30", "应为日期"),
        ("生效日期", "下周一", "应为日期"),
        ("姓名", '="黄"&"志坚"', "公式"),
        ("手机号码", "#REF!", "公式或错误值"),
    ],
)
def test_a_bad_cell_of_a_roster_is_named(tmp_path: Path, column: str, value: object, reason: str) -> None:
    found = wrong_in_roster(
        roster(tmp_path, PERSON, {**PERSON, "企业微信账号": "luo.yan", "姓名": "罗燕", column: value})
    )
    assert found[0][:2] == (4, column)
    assert reason in found[0][2]
    assert all(row == 4 for row, _, _ in found)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("项目编号", "AB-2026-001", "应形如 YX-2026-001"),
        ("项目名称", None, "必填"),
        ("国家项目代码", "2608440299", "应形如"),
        ("项目类型", "工业", "没有这个选项"),
        ("建设单位", None, "必填"),
        ("统一社会信用代码", "91440299MA5YX00158", "校验码"),
        ("统一社会信用代码", 914402990000000000, "校验码"),
        ("经办人账号", None, "必填"),
        ("经办人姓名", None, "必填"),
        ("经办人手机", "0750-1234567", "11 位手机号码"),
        ("代表人账号", "林国华", "应为企业微信账号"),
        ("代表人姓名", None, "要么都填"),
        ("代表人账号", None, "要么都填"),
        ("服务专员账号", "李娜", "应为企业微信账号"),
        ("总投资（万元）", "一个亿", "大于 0 的数字"),
        ("总投资（万元）", 0, "大于 0 的数字"),
        ("用地面积", "-5", "大于 0 的数字"),
        ("建筑面积", "15000㎡", "大于 0 的数字"),
        ("建筑面积", "=C3*2", "公式"),
        ("服务层级", "全包", "没有这个选项"),
        ("服务范围", None, "必填"),
        ("受理日期", "2026-09-16", "不能晚于今天"),
        ("受理日期", 45000, "应为日期"),
        ("工作群chatid", "yx 2026!", "1-32 位"),
    ],
)
def test_a_bad_cell_of_a_project_is_named(tmp_path: Path, column: str, value: object, reason: str) -> None:
    found = wrong_in_projects(projects(tmp_path, {**PROJECT, column: value}))
    assert any(row == 3 and title == column and reason in why for row, title, why in found)


def test_everything_wrong_is_told_at_once_and_no_value_is_repeated(tmp_path: Path) -> None:
    bad = {**PERSON, "手机号码": "13955", "企业微信账号": "秘密", "部门": "外星局"}
    with pytest.raises(SheetProblems) as caught:
        read_roster(roster(tmp_path, PERSON, bad), SITE, TODAY)
    told = str(caught.value)
    assert told.count("\n") == 2
    assert told.startswith("名单 第 4 行 ")
    assert not any(secret in told for secret in ("13955", "秘密", "外星局", "黄志坚"))


def test_duplicate_people_are_named(tmp_path: Path) -> None:
    other_department = {**PERSON, "部门": "气象局"}
    other_name = {**PERSON, "部门": "林业局", "姓名": "黄志强"}
    found = wrong_in_roster(roster(tmp_path, PERSON, other_department, PERSON, other_name))
    assert [(row, column) for row, column, _ in found] == [(5, "企业微信账号"), (6, "姓名")]
    assert "与第 3 行" in found[0][2]


def test_duplicate_and_contradicting_projects_are_named(tmp_path: Path) -> None:
    again = {**PROJECT, "建设单位": "另一家公司", "经办人姓名": "陈晶", "项目名称": "三期"}
    found = wrong_in_projects(projects(tmp_path, PROJECT, again))
    assert [(row, column) for row, column, _ in found] == [
        (4, "项目编号"),
        (4, "国家项目代码"),
        (4, "工作群chatid"),
        (4, "建设单位"),
        (4, "经办人姓名"),
    ]


# ---------------------------------------------------------------- credit codes


def test_the_check_character_of_a_credit_code_is_checked() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100M000100y43")
    assert not is_credit_code("91350100M000100Y4")
    assert not is_credit_code("91350100O000100Y43")


def test_a_slip_in_any_place_of_a_credit_code_is_found() -> None:
    code = "91440299MA5YX00157"
    for place, right in enumerate(code):
        wrong = "7" if right != "7" else "3"
        assert not is_credit_code(code[:place] + wrong + code[place + 1 :])
