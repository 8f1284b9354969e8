"""Tickets of the 12345 hotline as a table: the empty sheet, what came in, and what goes back with the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.documents.blank_sheets import write_blank
from bot.documents.sheets import NUMBER, Column, Problem, Row, SheetProblems, duplicates, half_width, rows_of
from bot.documents.table_sheets import CellValue, SheetText, book
from domain.ticket_columns import TicketColumns

LONGEST = 500
NEW = "新"
NOTES = (
    "浅红色标题为必填栏目，浅蓝色为选填栏目；灰色斜体的「示例」行不会导入，可以保留或删除。",
    "项目编号填了的按项目编号找项目；没填的按诉求单位的全称或统一社会信用代码找，有几个项目的要填项目编号。",
    "本系统问题号：同一件事已在本系统办理的填问题号，不重复办理；系统提示相似但不是同一件事的填“新”。",
    "已导入过的工单编号不会再次办理，也不改动。请不要改动标题行和工作表名称；有一处不对，整张表都不会导入。",
    "栏目名称可在 config/tickets.yaml 里改成当地 12345 平台的叫法；各地表式未查到公开规定。",
)


@dataclass(frozen=True)
class TicketRow:
    """`row` as the table program counts. `issue`: a number, “新”, or ""."""

    row: int
    no: str
    received_on: date
    enterprise: str = field(repr=False)
    project: str
    content: str = field(repr=False)
    issue: str


@dataclass(frozen=True)
class AnsweredTicket:
    no: str
    received_on: date
    enterprise: str = field(repr=False)
    project: str
    content: str = field(repr=False)
    issue: int
    department: str
    state: str
    answer: str = field(repr=False)
    answered_on: date | None


def write_tickets_template(path: Path, names: TicketColumns) -> None:
    write_blank(path, names.sheet, _columns(names), NOTES)


def read_tickets(path: Path, names: TicketColumns, today: date) -> list[TicketRow]:
    """All rows, or SheetProblems with everything that is wrong."""
    problems: list[Problem] = []
    columns = {column.title: column for column in _columns(names)}
    read = [
        _row(row, names, columns, today)
        for row in rows_of(path, names.sheet, tuple(columns.values()), problems)
    ]
    rows = [row for row in read if row is not None]
    for row, first in duplicates(rows, lambda one: one.no):
        problems.append(Problem(names.sheet, row.row, names.no, f"与第 {first.row} 行重复"))
    if not read and not problems:
        problems.append(Problem(names.sheet, None, "", "没有可以导入的内容"))
    if problems:
        raise SheetProblems(problems)
    return rows


def draw(rows: Sequence[AnsweredTicket], names: TicketColumns, under: str) -> bytes:
    """The same headings with the answers."""
    heads = (
        (names.no, 18), (names.received_on, 12), (names.enterprise, 20), (names.project, 14), (names.content, 36),
        (names.issue, 10), (names.department, 14), (names.state, 10), (names.answer, 40), (names.answered_on, 12),
    )  # fmt: skip
    lines: list[list[CellValue]] = [
        [
            one.no, one.received_on.isoformat(), one.enterprise, one.project, one.content, one.issue, one.department,
            one.state, one.answer, one.answered_on.isoformat() if one.answered_on else "",
        ]
        for one in rows
    ]  # fmt: skip
    return book(SheetText(names.sheet, "12345热线工单办理情况", under, heads, lines))


def _columns(names: TicketColumns) -> tuple[Column, ...]:
    return (
        Column(NUMBER, False, "可不填；写「示例」的行不导入", "示例", 8),
        Column(names.no, True, "12345 平台的工单编号", "20260915000001", 22),
        Column(names.received_on, True, "例如 2026-09-15", "2026-09-15", 14),
        Column(names.enterprise, False, "营业执照上的全称或统一社会信用代码", "示例包装材料有限公司", 28),
        Column(names.project, False, "知道的填，例如 YX-2026-001", "", 16),
        Column(names.content, True, f"不超过{LONGEST}字", "施工许可窗口要求补交清单外的证明", 48),
        Column(names.issue, False, "已在本系统办理的填问题号", "", 14),
    )


def _row(row: Row, names: TicketColumns, columns: dict[str, Column], today: date) -> TicketRow | None:
    no = row.checked(columns[names.no], lambda text: len(text) <= 64, "应不超过 64 个字符")
    received_on = row.day(columns[names.received_on])
    enterprise, project = row.text(columns[names.enterprise]), half_width(row.text(columns[names.project]))
    content, issue = row.text(columns[names.content]), half_width(row.text(columns[names.issue]))
    if received_on and received_on > today:
        row.problem(names.received_on, "晚于今天")
    if not (enterprise or project):
        row.problem(names.enterprise, f"请填写{names.enterprise}或{names.project}")
    if len(content) > LONGEST:
        row.problem(names.content, f"请控制在 {LONGEST} 字以内（现在 {len(content)} 字）")
    elif content and len(content) < 6:
        row.problem(names.content, "请写明诉求，至少 6 个字")
    if issue and issue != NEW and not (issue.isdecimal() and len(issue) <= 9):
        row.problem(names.issue, "应为问题号的数字，或“新”")
        issue = ""
    return (
        TicketRow(row.number, no, received_on, enterprise, project, content, issue) if received_on else None
    )
