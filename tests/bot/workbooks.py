"""Filled-in and spoilt workbooks for the tests of the imports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.documents.projects_sheet import read_projects, write_projects_template
from bot.documents.roster_sheet import read_roster, write_roster_template
from bot.documents.sheets import SheetProblems
from bot.siteconfig import read_site_document
from domain.site import Site

SITE = Site.from_document(read_site_document(Path(__file__).parents[2] / "config"))
TODAY = date(2026, 9, 15)

PERSON: dict[str, object] = {
    "类别": "审批骨干人员",
    "姓名": "黄志坚",
    "职务": "行政审批股股长",
    "手机号码": "13900000021",
    "办公电话": "0750-0000021",
    "负责业务": "施工许可、联合验收，消防",
    "备注": None,
    "企业微信账号": "huang.zhijian",
    "部门": "住房和城乡建设局",
    "AB岗": "A",
    "生效日期": None,
}
PROJECT: dict[str, object] = {
    "项目编号": "YX-2026-005",
    "项目名称": "岭南新材料二期厂房",
    "国家项目代码": "2608-440299-04-01-100005",
    "项目类型": "社会投资工业类",
    "建设单位": "清溪食品（云溪）有限公司",
    "统一社会信用代码": "91440299MA5YX00157",
    "经办人账号": "chen.jing",
    "经办人姓名": "陈静",
    "经办人手机": 13900000001,
    "代表人账号": "lin.guohua",
    "代表人姓名": "林国华",
    "服务专员账号": "li.na",
    "总投资（万元）": 5200.5,
    "用地面积": "12,000",
    "建筑面积": 15000,
    "服务层级": "代办",
    "服务范围": "阶段性",
    "受理日期": datetime(2026, 9, 1),  # noqa: DTZ001 - a cell has no zone
    "工作群chatid": "yx2026005",
}


def roster(folder: Path, *people: dict[str, object]) -> Path:
    path = folder / "名单.xlsx"
    write_roster_template(path, SITE)
    return filled(path, "名单", people)


def projects(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "项目.xlsx"
    write_projects_template(path)
    return filled(path, "项目", rows)


def filled(path: Path, sheet: str, rows: tuple[dict[str, object], ...]) -> Path:
    book = load_workbook(path)
    table: Any = book[sheet]
    titles = [cell.value for cell in table[1]]
    for number, row in enumerate(rows, 3):
        for title, value in row.items():
            table.cell(number, titles.index(title) + 1).value = value
    book.save(path)
    return path


def changed(path: Path, sheet: str, change: Callable[[Any, Any], None]) -> Path:
    book = load_workbook(path)
    change(book, book[sheet])
    book.save(path)
    return path


def wrong_in_roster(path: Path) -> list[tuple[int | None, str, str]]:
    with pytest.raises(SheetProblems) as caught:
        read_roster(path, SITE, TODAY)
    assert {problem.sheet for problem in caught.value.problems} == {"名单"}
    return [(one.row, one.column, one.reason) for one in caught.value.problems]


def wrong_in_projects(path: Path) -> list[tuple[int | None, str, str]]:
    with pytest.raises(SheetProblems) as caught:
        read_projects(path, SITE, TODAY)
    return [(one.row, one.column, one.reason) for one in caught.value.problems]
