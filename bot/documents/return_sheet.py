"""The tables of returns: the empty one that goes out, the filled one that comes back, and what all of them make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from bot.documents.blank_sheets import HELP_SHEET, Blank, blank
from bot.documents.form_values import clean, day
from bot.documents.sheets import NUMBER, UNREADABLE, Column, Problem, Row, SheetProblems, rows_of
from bot.documents.table_sheets import SheetText, book
from domain.calendar import WorkCalendar
from domain.identifiers import is_phone
from domain.returns import (
    Campaign,
    ColumnType,
    DepartmentReturn,
    Filled,
    ReturnColumn,
    ReturnKind,
    ReturnState,
    is_late,
)
from domain.site import Site

FOOT_SHEET = "填报信息"
STATES = {
    ReturnState.WAITING: "未报",
    ReturnState.RETURNED: "已报",
    ReturnState.NIL: "零报送",
    ReturnState.SENT_BACK: "已退回，待重报",
}
MOST_TEXT = 1000
_HINTS = {
    ColumnType.TEXT: "填写文字",
    ColumnType.DATE: "例如 2026-09-15",
    ColumnType.NUMBER: "填写数字，不带单位",
    ColumnType.PHONE: "手机号码，或区号和号码",
    ColumnType.CHOICE: "从下拉列表选择",
}
_NUMBER = re.compile(r"报送编号 (\d{1,9})(?!\d)")


def file_name(kind: ReturnKind, campaign: Campaign, who: str = "汇总") -> str:
    return f"{kind.title}（{who}，{campaign.period.name}）.xlsx"


# ---------------------------------------------------------------- out


def template(
    one: DepartmentReturn,
    campaign: Campaign,
    kind: ReturnKind,
    site: Site,
    known: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """`known`: rows that stand in it already; a table that was sent back keeps what it said."""
    rows = one.rows or tuple({c.title: row.get(c.title, "") for c in kind.columns} for row in known)
    tables = [Blank(kind.sheet, _columns(kind.columns), _lined(kind.columns, rows))]
    if kind.foot:
        tables.append(
            Blank(FOOT_SHEET, _columns(kind.foot), _lined(kind.foot, [one.foot] if one.foot else []))
        )
    who = site.departments[one.department].short
    notes = (
        f"报送编号 {one.id}：{who}，{kind.title}（{campaign.period.name}），{day(campaign.due)}前报送。",
        "浅红色标题为必填栏目，浅蓝色为选填栏目；灰色斜体的「示例」行不会导入，可以保留或删除。",
        "请不要改动标题行和工作表名称；有一处不对，整张表都不会导入，会指出是哪一行哪一栏。",
        f"填好后发到与代办助手机器人的单聊，再发送：报送 {one.id}",
        *([f"没有内容的，直接发送：报送 {one.id} 无"] if kind.may_be_nil else []),
        f"依据：{kind.source}",
    )
    return blank(tables, notes)


def _columns(columns: Sequence[ReturnColumn]) -> list[Column]:
    number = Column(NUMBER, required=False, hint="可不填；写「示例」的行不导入", example="示例", width=8)
    return [
        number,
        *(
            Column(
                c.title,
                c.required,
                _HINTS[c.type] if c.required else f"{_HINTS[c.type]}，可不填",
                c.example,
                c.width,
                c.options,
            )
            for c in columns
        ),
    ]


def _lined(columns: Sequence[ReturnColumn], rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    return [[str(n), *(row.get(c.title, "") for c in columns)] for n, row in enumerate(rows, 1)]


# ---------------------------------------------------------------- in


def number_in(data: bytes) -> int | None:
    """Which return the table was made for; None when it does not say."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        path.write_bytes(data)
        try:
            workbook = load_workbook(path, read_only=True)
            pages = [workbook[HELP_SHEET]] if HELP_SHEET in workbook.sheetnames else []
            texts = [
                str(cell or "")
                for page in pages
                for row in page.iter_rows(max_row=9, values_only=True)
                for cell in row
            ]
        except UNREADABLE:
            return None
    found = next(filter(None, map(_NUMBER.search, texts)), None)
    return int(found[1]) if found else None


def read(data: bytes, kind: ReturnKind) -> Filled:
    """All of it, or SheetProblems with everything that is wrong."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        path.write_bytes(data)
        problems: list[Problem] = []
        rows = _read(path, kind.sheet, kind.columns, problems)
        foot = _read(path, FOOT_SHEET, kind.foot, problems) if kind.foot else []
    if not rows and not problems:
        nil = "；没有内容的请零报送" if kind.may_be_nil else ""
        problems.append(Problem(kind.sheet, None, "", f"没有可以导入的内容{nil}"))
    if kind.foot and len(foot) != 1 and not problems:
        problems.append(Problem(FOOT_SHEET, None, "", "应填写一行"))
    if problems:
        raise SheetProblems(problems)
    return Filled(tuple(rows), foot[0] if foot else {})


def _read(
    path: Path, sheet: str, columns: Sequence[ReturnColumn], problems: list[Problem]
) -> list[Mapping[str, str]]:
    titled = _columns(columns)
    kinds = dict(zip(titled[1:], columns, strict=True))
    return [
        {column.title: _cell(row, column, kind.type) for column, kind in kinds.items()}
        for row in rows_of(path, sheet, titled, problems)
    ]


def _cell(row: Row, column: Column, kind: ColumnType) -> str:
    if kind is ColumnType.DATE:
        found = row.day(column)
        return found.isoformat() if found else ""
    if kind is ColumnType.NUMBER:
        return row.checked(
            column,
            lambda text: re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,4})?", text) is not None,
            "应为数字，不带单位",
        )
    if kind is ColumnType.PHONE:
        return row.checked(column, is_phone, "应为手机号码，或区号和号码，例如 0750-0000000")
    if kind is ColumnType.CHOICE:
        return row.one_of(column, {one: one for one in column.choices}) or ""
    text = clean(row.text(column))
    if len(text) > MOST_TEXT:
        row.problem(column.title, f"请控制在{MOST_TEXT}字以内")
    return text


# ---------------------------------------------------------------- what they make together


def result(
    kind: ReturnKind,
    campaign: Campaign,
    returns: Sequence[DepartmentReturn],
    names: Mapping[int, str],
    site: Site,
    calendar: WorkCalendar,
) -> bytes:
    """All rows in one table, who returned when, and each department's own table in the published shape. `names`: of
    people by id."""
    under = f"{campaign.period.name}　截止{day(campaign.due)}"
    widths = [(c.title, float(c.width)) for c in kind.columns]
    said = [one for one in returns if one.state is ReturnState.RETURNED]
    rows: list[list[str | int | float | None]] = [
        [number, site.departments[one.department].short, *(row.get(c.title, "") for c in kind.columns)]
        for number, (one, row) in enumerate(((one, row) for one in said for row in one.rows), 1)
    ]
    nil = [site.departments[one.department].short for one in returns if one.state is ReturnState.NIL]
    missing = [site.departments[one.department].short for one in returns if one.outstanding]
    foot = [f"零报送：{'、'.join(nil) or '无'}", f"未报：{'、'.join(missing) or '无'}"]
    whole = SheetText(kind.sheet, kind.title, under, [(NUMBER, 6), ("单位", 14), *widths], rows, foot=foot)
    own = [_own(kind, one, site, widths) for one in said]
    return book(whole, _standing(kind, campaign, returns, names, site, calendar), *own)


def _own(kind: ReturnKind, one: DepartmentReturn, site: Site, widths: list[tuple[str, float]]) -> SheetText:
    department = site.departments[one.department]
    rows = [[row.get(c.title, "") for c in kind.columns] for row in one.rows]
    foot = ["　　".join(f"{title}：{text}" for title, text in one.foot.items())] if one.foot else []
    return SheetText(
        department.short[:31], kind.title, f"单位（公章）：{department.name}", widths, rows, foot=foot
    )


def _standing(
    kind: ReturnKind, campaign: Campaign, returns: Sequence[DepartmentReturn], names: Mapping[int, str], site: Site,
    calendar: WorkCalendar,
) -> SheetText:  # fmt: skip
    columns = [
        ("单位", 16.0),
        ("状态", 14.0),
        ("报送时间", 22.0),
        ("是否按时", 10.0),
        ("报送人", 12.0),
        ("盖章件", 10.0),
    ]
    rows = []
    for one in returns:
        at = one.returned_at.astimezone(calendar.zone) if one.returned_at else None
        late = "" if at is None else "逾期" if is_late(one, campaign.due, calendar) else "按时"
        rows.append([
            site.departments[one.department].short, STATES[one.state], f"{day(at.date())} {at:%H:%M}" if at else "", late,
            names.get(one.returned_by or 0, ""), "有" if one.stamped_id else "",
        ])  # fmt: skip
    return SheetText("报送情况", f"{kind.title}报送情况", campaign.period.name, columns, rows)
