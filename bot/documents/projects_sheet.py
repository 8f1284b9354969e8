"""Projects under way as a table, for an office that begins with many at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.documents.blank_sheets import write_blank
from bot.documents.sheets import NUMBER, Column, Problem, Row, SheetProblems, duplicates, rows_of
from domain.case import SERVICE_LEVEL_NAMES, Scope, ServiceLevel
from domain.identifiers import is_credit_code, is_mobile, is_national_code, is_userid
from domain.project import PROJECT_TYPE_NAMES, ProjectType
from domain.site import Site

SHEET = "项目"
SCOPES = {"全流程": Scope.WHOLE, "阶段性": Scope.STAGE, "单个事项": Scope.ITEM}
LEVELS = {name: level for level, name in SERVICE_LEVEL_NAMES.items()}
TYPES = {name: kind for kind, name in PROJECT_TYPE_NAMES.items()}
USERID_RULE = "应为企业微信账号：字母或数字开头，1-64 位字母、数字或 _ . @ -"
NOTES = (
    "浅红色标题为必填栏目，浅蓝色为选填栏目；灰色斜体的「示例」行不会导入，可以保留或删除。",
    "项目编号由系统自动编排时请留空；已有编号的照填。",
    "面积单位为平方米，投资单位为万元，只填数字。",
    "代表人负责签字确认，可以与经办人是同一人；与经办人相同时可不填。",
    "请不要改动标题行和工作表名称；有一处不对，整张表都不会导入，会指出是哪一行哪一栏。",
)


@dataclass(frozen=True)
class ProjectRow:
    """`row` as the table program counts; "" and None stand for what was left empty."""

    row: int
    code: str
    name: str = field(repr=False)
    national_code: str
    type: ProjectType
    enterprise: str = field(repr=False)
    credit_code: str = field(repr=False)
    contact: str
    contact_name: str = field(repr=False)
    contact_phone: str = field(repr=False)
    signatory: str
    signatory_name: str = field(repr=False)
    officer: str
    investment: float | None
    land_area: float | None
    floor_area: float | None
    level: ServiceLevel
    scope: Scope
    accepted_on: date | None
    chat_id: str


COLUMNS = {
    column.title: column
    for column in (
        Column(NUMBER, False, "可不填；写「示例」的行不导入", "示例", 8),
        Column("项目编号", False, "站点代码-年份-三位序号；由系统编排的留空", "", 16),
        Column("项目名称", True, "与立项文件一致", "示例公司年产1万吨包装材料厂房", 34),
        Column(
            "国家项目代码", False, "24 位投资项目统一代码，尚未赋码的留空", "2601-440299-04-01-000001", 28
        ),
        Column("项目类型", True, "从下拉列表选择", "社会投资工业类", 24, tuple(TYPES)),
        Column("建设单位", True, "营业执照上的全称", "示例包装材料有限公司", 28),
        Column("统一社会信用代码", True, "18 位，末位是校验码", "91350100M000100Y43", 22),
        Column("经办人账号", True, "企业微信账号，不是姓名", "zhang.san", 16),
        Column("经办人姓名", True, "填写姓名", "张三", 12),
        Column("经办人手机", True, "11 位手机号码", "13900000000", 16),
        Column("代表人账号", False, "与经办人相同时可不填", "", 16),
        Column("代表人姓名", False, "填了代表人账号就要填", "", 12),
        Column("服务专员账号", True, "企业微信账号", "li.na", 16),
        Column("总投资（万元）", False, "只填数字", "5000", 14),
        Column("用地面积", False, "平方米，只填数字", "20000", 12),
        Column("建筑面积", False, "平方米，只填数字", "15000", 12),
        Column("服务层级", True, "从下拉列表选择", "代办", 12, tuple(LEVELS)),
        Column("服务范围", True, "从下拉列表选择", "全流程", 12, tuple(SCOPES)),
        Column("受理日期", False, "例如 2026-09-15；尚未受理的留空", "2026-09-15", 14),
        Column("工作群chatid", False, "应用创建的群的 chatid；还没有群的留空", "", 24),
    )
}
# No two projects may share one of these.
ONCE: tuple[tuple[str, Callable[[ProjectRow], str]], ...] = (
    ("项目编号", lambda row: row.code),
    ("国家项目代码", lambda row: row.national_code),
    ("工作群chatid", lambda row: row.chat_id),
    ("项目名称", lambda row: row.name),
)


def write_projects_template(path: Path) -> None:
    write_blank(path, SHEET, tuple(COLUMNS.values()), NOTES)


def read_projects(path: Path, site: Site, today: date) -> list[ProjectRow]:
    """All rows, or SheetProblems with everything that is wrong."""
    problems: list[Problem] = []
    read = [_row(row, site, today) for row in rows_of(path, SHEET, tuple(COLUMNS.values()), problems)]
    rows = [row for row in read if row is not None]
    for title, key in ONCE:
        for row, first in duplicates(rows, key):
            problems.append(Problem(SHEET, row.row, title, f"与第 {first.row} 行重复"))
    problems += _contradictions(rows)
    if not read and not problems:
        problems.append(Problem(SHEET, None, "", "没有可以导入的内容"))
    if problems:
        raise SheetProblems(problems)
    return rows


def _row(row: Row, site: Site, today: date) -> ProjectRow | None:
    kind = row.one_of(COLUMNS["项目类型"], TYPES)
    level = row.one_of(COLUMNS["服务层级"], LEVELS)
    scope = row.one_of(COLUMNS["服务范围"], SCOPES)
    contact, contact_name = _userid(row, "经办人账号"), row.text(COLUMNS["经办人姓名"])
    signatory, signatory_name = _signatory(row, contact, contact_name)
    found = ProjectRow(
        row=row.number,
        code=_code(row, site),
        name=row.text(COLUMNS["项目名称"]),
        national_code=_checked(row, "国家项目代码", is_national_code, "应形如 2601-440299-04-01-000001"),
        type=kind or ProjectType.SOCIAL_GENERAL,
        enterprise=row.text(COLUMNS["建设单位"]),
        credit_code=_checked(
            row, "统一社会信用代码", is_credit_code, "应为 18 位且末位校验码正确，请核对并设为文本"
        ),
        contact=contact,
        contact_name=contact_name,
        contact_phone=_checked(row, "经办人手机", is_mobile, "应为 11 位手机号码"),
        signatory=signatory,
        signatory_name=signatory_name,
        officer=_userid(row, "服务专员账号"),
        investment=row.number_above_zero(COLUMNS["总投资（万元）"]),
        land_area=row.number_above_zero(COLUMNS["用地面积"]),
        floor_area=row.number_above_zero(COLUMNS["建筑面积"]),
        level=level or ServiceLevel.ASSIST,
        scope=scope or Scope.WHOLE,
        accepted_on=_accepted_on(row, today),
        chat_id=_checked(row, "工作群chatid", _is_chat_id, "应为 1-32 位字母或数字"),
    )
    return found if kind and level and scope else None


def _checked(row: Row, title: str, check: Callable[[str], bool], reason: str) -> str:
    return row.checked(COLUMNS[title], check, reason)


def _userid(row: Row, title: str) -> str:
    return _checked(row, title, is_userid, USERID_RULE).lower()


def _code(row: Row, site: Site) -> str:
    rule = re.compile(rf"{site.code}-[0-9]{{4}}-[0-9]{{3,}}")
    return _checked(row, "项目编号", lambda code: bool(rule.fullmatch(code)), f"应形如 {site.code}-2026-001")


def _signatory(row: Row, contact: str, contact_name: str) -> tuple[str, str]:
    """The contact signs where nobody else is named."""
    userid, name = _userid(row, "代表人账号"), row.text(COLUMNS["代表人姓名"])
    if bool(userid) != bool(name):
        row.problem("代表人账号" if name else "代表人姓名", "代表人的账号和姓名要么都填，要么都不填")
    return (userid, name) if userid else (contact, contact_name)


def _accepted_on(row: Row, today: date) -> date | None:
    day = row.day(COLUMNS["受理日期"])
    if day and day > today:
        row.problem("受理日期", "不能晚于今天；尚未受理的请留空")
    return day


def _is_chat_id(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Za-z]{1,32}", text) is not None


def _contradictions(rows: list[ProjectRow]) -> list[Problem]:
    """One enterprise has one name, one account belongs to one person."""
    enterprises: dict[str, ProjectRow] = {}
    people: dict[str, tuple[str, int]] = {}
    problems = []
    for row in rows:
        first = enterprises.setdefault(row.credit_code, row)
        if row.credit_code and first.enterprise != row.enterprise:
            problems.append(
                Problem(SHEET, row.row, "建设单位", f"与第 {first.row} 行信用代码相同而单位名称不同")
            )
        pairs = (
            ("经办人姓名", row.contact, row.contact_name),
            ("代表人姓名", row.signatory, row.signatory_name),
        )
        for title, userid, name in pairs:
            known, where = people.setdefault(userid, (name, row.row))
            if userid and known != name:
                problems.append(Problem(SHEET, row.row, title, f"与第 {where} 行账号相同而姓名不同"))
    return problems
