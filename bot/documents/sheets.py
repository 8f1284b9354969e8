"""Tables that offices fill in: writing the empty sheet, opening a filled one, and saying what is wrong where.

Reasons never repeat what stands in a cell: they are shown, printed and logged.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

EXAMPLE = "示例"
NUMBER = "序号"
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_CONTENT = 100 * 1024 * 1024  # unpacked: a small file can hold a very large sheet
MOST_ROWS = 5000
HEADER_WITHIN = 10
WIDEST = 200
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # OLE container: .xls, or .xlsx behind a password
# Everything openpyxl is known to raise for a package that is no sound workbook.
UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Problem:
    """`row` as the table program counts, None for the whole sheet; `column` is a title or ""."""

    sheet: str
    row: int | None
    column: str
    reason: str

    def __str__(self) -> str:
        row = "" if self.row is None else f" 第 {self.row} 行"
        column = f" {self.column}" if self.column else ""
        return f"{self.sheet}{row}{column}：{self.reason}"


class SheetProblems(Exception):
    """Nothing of the table may be stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Column:
    title: str
    required: bool
    hint: str
    example: str
    width: int = 16
    choices: tuple[str, ...] = ()


class Row:
    """A filled row, read cell by cell; what is wrong is noted and reading goes on."""

    def __init__(self, sheet: str, number: int, cells: Mapping[str, Cell], problems: list[Problem]) -> None:
        self.sheet, self.number, self._cells, self._problems = sheet, number, cells, problems

    def problem(self, column: str, reason: str) -> None:
        self._problems.append(Problem(self.sheet, self.number, column, reason))

    def text(self, column: Column) -> str:
        cell = self._cells.get(column.title)
        written = "" if cell is None else written_in(cell)
        if cell is not None and cell.data_type in ("f", "e"):
            self.problem(column.title, "单元格是公式或错误值，请改为直接填写内容")
            return ""
        if column.required and not written:
            self.problem(column.title, f"必填，{column.hint}")
        return written

    def checked(self, column: Column, check: Callable[[str], bool], reason: str) -> str:
        written = self.text(column)
        if written and not check(half_width(written)):
            self.problem(column.title, reason)
            return ""
        return half_width(written)

    def one_of(self, column: Column, meanings: Mapping[str, Value]) -> Value | None:
        written = self.text(column)
        written = written if written in meanings else half_width(written)
        if written and written not in meanings:
            shown = "、".join(column.choices or tuple(meanings))
            self.problem(column.title, f"没有这个选项，可填：{shown}")
        return meanings.get(written)

    def number_above_zero(self, column: Column) -> float | None:
        written = half_width(self.text(column)).replace(",", "")
        if not written:
            return None
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", written) or float(written) == 0:
            self.problem(column.title, "应为大于 0 的数字，不带单位")
            return None
        return float(written)

    def day(self, column: Column) -> date | None:
        written = half_width(self.text(column))
        if not written:
            return None
        found = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", written)
        try:
            return date(*map(int, found.groups() if found else ()))
        except (ValueError, TypeError):  # no such day, or no three numbers at all
            self.problem(column.title, "应为日期，例如 2026-09-15")
            return None


def rows_of(path: Path, sheet: str, columns: Sequence[Column], problems: list[Problem]) -> Iterator[Row]:
    """The filled rows, without empty ones and the example. A file or sheet that cannot be read at all raises
    SheetProblems; what is wrong with single cells is added to `problems`."""
    workbook = _open(path, sheet)
    if sheet not in workbook.sheetnames:
        raise SheetProblems([Problem(sheet, None, "", f"缺少名为「{sheet}」的工作表，请用空白模板填写")])
    table = workbook[sheet]
    if not isinstance(table, Worksheet):
        raise SheetProblems([Problem(sheet, None, "", "应为普通工作表，不能是图表")])
    header, places = _header(table, columns)
    if table.max_row - header > MOST_ROWS:
        raise SheetProblems([Problem(sheet, None, "", f"一次最多导入 {MOST_ROWS} 行，请分次导入")])
    for number in range(header + 1, table.max_row + 1):
        cells = {title: _cell(table, number, place) for title, place in places.items()}
        row = Row(sheet, number, cells, problems)
        if written_in(cells[NUMBER]).startswith(EXAMPLE):
            _check_example(row, cells, columns)
        elif any(written_in(cell) for title, cell in cells.items() if title != NUMBER):
            yield row


def _check_example(row: Row, cells: Mapping[str, Cell], columns: Sequence[Column]) -> None:
    """Somebody who wrote over the example would never see that the row was left out."""
    for column in columns:
        written = written_in(cells[column.title])
        if column.title != NUMBER and written not in ("", column.example):
            row.problem(column.title, "示例行被改动而不会导入，请把内容填到其他行，或删去序号中的「示例」")


def written_in(cell: Cell) -> str:
    """What a person sees in the cell, trimmed; whole numbers without a fraction."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def half_width(text: str) -> str:
    """For codes, numbers and choices; names keep the brackets they are registered with."""
    return unicodedata.normalize("NFKC", text).strip()


def duplicates(rows: Sequence[Value], key: Callable[[Value], object]) -> list[tuple[Value, Value]]:
    """Each later row with the first one that has the same key; empty keys do not count."""
    first: dict[object, Value] = {}
    found = []
    for row in rows:
        same = key(row)
        if same and first.setdefault(same, row) is not row:
            found.append((row, first[same]))
    return found


def _open(path: Path, sheet: str) -> Workbook:
    reason = _refused(path)
    if reason:
        raise SheetProblems([Problem(sheet, None, "", reason)])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of every extension it leaves aside
            return load_workbook(BytesIO(path.read_bytes()))  # by what it is, not by what it is called
    except UNREADABLE:
        reason = "文件已损坏或不是 Excel 工作簿（.xlsx），请另存后重试"
    raise SheetProblems([Problem(sheet, None, "", reason)])


def _refused(path: Path) -> str:
    """Why the file is not even opened; "" when it may be."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        size = path.stat().st_size
    except OSError:
        return "文件不存在或无法读取"
    if size > LARGEST_FILE:
        return f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，请删去图片等无关内容"
    if start == OLD_OR_ENCRYPTED:
        return "文件有密码或是旧版 .xls，请去掉密码并另存为 .xlsx"
    if not zipfile.is_zipfile(path):
        return "不是 Excel 工作簿（.xlsx），请不要只改文件扩展名"
    return _refused_package(path)


def _refused_package(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except UNREADABLE:
        return "文件已损坏，请另存后重试"
    if any(part.flag_bits & 1 for part in parts):
        return "文件有密码，请去掉密码后重试"
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        return "文件含有宏，请另存为不含宏的 .xlsx"
    if sum(part.file_size for part in parts) > LARGEST_CONTENT:
        return "文件内容过大，请删去无关工作表"
    return ""


def _header(table: Worksheet, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row with the titles and where each stands; a heading may stand above it."""
    known = {column.title for column in columns}
    width = min(table.max_column, WIDEST)
    found = [
        [_title(_cell(table, number, place)) for place in range(1, width + 1)]
        for number in range(1, min(HEADER_WITHIN, table.max_row) + 1)
    ]
    titles = max(found, key=lambda row: len(known & set(row)))
    number = found.index(titles) + 1
    missing = [column.title for column in columns if column.title not in titles]
    problems = [Problem(table.title, None, title, "缺少这一列，请用空白模板填写") for title in missing]
    twice = sorted(title for title in known if titles.count(title) > 1)
    problems += [Problem(table.title, number, title, "这一列出现了两次") for title in twice]
    if problems:
        raise SheetProblems(problems)
    return number, {title: titles.index(title) + 1 for title in known}


def _title(cell: Cell) -> str:
    return re.sub(r"\s|\*", "", written_in(cell)).replace("(", "（").replace(")", "）")


def _cell(table: Worksheet, row: int, column: int) -> Cell:
    """A merged-away cell counts as empty."""
    cell = table.cell(row, column)
    return Cell(table, row, column) if isinstance(cell, MergedCell) else cell
