"""名单报送回执 as a table: who stands for a department, in which role and post."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.documents.blank_sheets import write_blank
from bot.documents.sheets import NUMBER, Column, Problem, Row, SheetProblems, duplicates, rows_of
from domain.identifiers import is_mobile, is_phone, is_userid
from domain.people import OFFICERS, Post, Role
from domain.site import Site

SHEET = "名单"
# The categories of 梅州2020 annex 1, beside the site's own titles.
CATEGORIES = {
    "分管领导": Role.DEPARTMENT_LEADER,
    "业务负责人": Role.DEPARTMENT_CHIEF,
    "审批骨干人员": Role.REPRESENTATIVE,
}
POSTS = {"A": Post.A, "B": Post.B, "A岗": Post.A, "B岗": Post.B}
NOTES = (
    "浅红色标题为必填栏目，浅蓝色为选填栏目；灰色斜体的「示例」行不会导入，可以保留或删除。",
    "一人兼任多个部门或岗位的，每个岗位填一行，企业微信账号相同。",
    "请不要改动标题行和工作表名称；有一处不对，整张表都不会导入，会指出是哪一行哪一栏。",
    "加盖公章的扫描件请另行报送。",
)


@dataclass(frozen=True)
class RosterRow:
    """`row` as the table program counts. `valid_from` None: at once."""

    row: int
    role: Role
    name: str = field(repr=False)
    title: str = field(repr=False)
    mobile: str = field(repr=False)
    office_phone: str = field(repr=False)
    topics: tuple[str, ...] = field(repr=False)
    remark: str = field(repr=False)
    userid: str
    department: str
    post: Post
    valid_from: date | None


def write_roster_template(path: Path, site: Site) -> None:
    write_blank(path, SHEET, _columns(site), NOTES)


def read_roster(path: Path, site: Site, today: date) -> list[RosterRow]:
    """All rows, or SheetProblems with everything that is wrong."""
    columns = _columns(site)
    problems: list[Problem] = []
    read = [_row(row, site, columns, today) for row in rows_of(path, SHEET, columns, problems)]
    rows = [row for row in read if row is not None]
    for row, first in duplicates(rows, lambda one: (one.userid, one.department, one.role)):
        reason = f"与第 {first.row} 行重复：同一账号在同一部门的同一类别只填一次"
        problems.append(Problem(SHEET, row.row, "企业微信账号", reason))
    problems += _people_with_two_names(rows)
    if not read and not problems:
        problems.append(Problem(SHEET, None, "", "没有可以导入的内容"))
    if problems:
        raise SheetProblems(problems)
    return rows


def _row(row: Row, site: Site, columns: tuple[Column, ...], today: date) -> RosterRow | None:
    by_title = {column.title: column for column in columns}
    role = row.one_of(by_title["类别"], _roles(site))
    department = row.one_of(by_title["部门"], _departments(site))
    phone = "应为 11 位手机号码"
    landline = "应为电话号码，例如 0750-0000000"
    account = "应为企业微信账号：字母或数字开头，1-64 位字母、数字或 _ . @ -"
    valid_from = row.day(by_title["生效日期"])
    if valid_from and valid_from < today:
        row.problem("生效日期", "不能早于今天；立即生效请留空")
    name = row.text(by_title["姓名"])
    title = row.text(by_title["职务"])
    mobile = row.checked(by_title["手机号码"], is_mobile, phone)
    office_phone = row.checked(by_title["办公电话"], is_phone, landline)
    topics = tuple(re.findall(r"[^、，,；;。\s]+", row.text(by_title["负责业务"])))
    remark = row.text(by_title["备注"])
    userid = row.checked(by_title["企业微信账号"], is_userid, account).lower()
    post = row.one_of(by_title["AB岗"], POSTS) or Post.A
    if role is None or department is None or not userid:
        return None
    return RosterRow(
        row.number,
        role,
        name,
        title,
        mobile,
        office_phone,
        topics,
        remark,
        userid,
        department,
        post,
        valid_from,
    )


def _people_with_two_names(rows: list[RosterRow]) -> list[Problem]:
    names: dict[str, RosterRow] = {}
    return [
        Problem(SHEET, row.row, "姓名", f"与第 {names[row.userid].row} 行账号相同而姓名不同")
        for row in rows
        if names.setdefault(row.userid, row).name != row.name
    ]


def _roles(site: Site) -> dict[str, Role]:
    return CATEGORIES | {site.titles.of(role): role for role in Role if role in OFFICERS}


def _departments(site: Site) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in site.departments.values():
        names |= dict.fromkeys((one.key, one.name, one.short, *one.aliases), one.key)
    return names


def _columns(site: Site) -> tuple[Column, ...]:
    roles = tuple(_roles(site))
    departments = tuple(one.name for one in site.departments.values())
    return (
        Column(NUMBER, False, "可不填；写「示例」的行不导入", "示例", 8),
        Column("类别", True, "从下拉列表选择", "审批骨干人员", 16, roles),
        Column("姓名", True, "填写姓名", "张三", 12),
        Column("职务", True, "填写职务", "行政审批股股长", 20),
        Column("手机号码", True, "11 位手机号码", "13900000000", 16),
        Column("办公电话", False, "区号和号码，例如 0750-0000000", "0750-0000000", 16),
        Column("负责业务", True, "负责的事项或业务，用顿号分开", "施工许可、联合验收", 30),
        Column("备注", False, "可不填", "", 20),
        Column("企业微信账号", True, "企业微信通讯录中的账号，不是姓名", "zhang.san", 20),
        Column("部门", True, "从下拉列表选择", departments[0], 26, departments),
        Column("AB岗", False, "A 或 B，不填为 A", "A", 8, ("A", "B")),
        Column("生效日期", False, "例如 2027-01-04；不填为立即生效", "", 14),
    )
