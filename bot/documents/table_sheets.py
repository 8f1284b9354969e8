"""Tables an office prints: title, period, bold head on every page, A4 across, words never taken for formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.form_values import clean
from domain.forms import FieldSpec, FieldType

NO_ROWS = "本期没有记录"
_THIN = Side(style="thin", color="808080")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="DDEBF7")
_WIDTHS = {
    FieldType.LONG_TEXT: 24, FieldType.DATE: 11, FieldType.NUMBER: 8, FieldType.CHOICE: 8, FieldType.AUTO: 7,
    FieldType.PROJECT_CODE: 14,
}  # fmt: skip
_TEXT, _LINE = 12, 14.0
CellValue = str | int | float | None


@dataclass(frozen=True)
class SheetText:
    """`foot`: lines below the table; `totals`: printed as its last row."""

    name: str
    title: str
    under: str
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[CellValue]]
    totals: str = ""
    foot: Sequence[str] = ()


@dataclass(frozen=True)
class _Line:
    text: str
    font: Font
    align: str
    height: float


def columns_of(fields: Sequence[FieldSpec]) -> list[tuple[str, float]]:
    return [(field.label, _WIDTHS.get(field.type, _TEXT)) for field in fields]


def book(*sheets: SheetText) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _write(workbook.create_sheet(sheet.name), sheet)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def _write(table: Worksheet, sheet: SheetText) -> None:
    wide = len(sheet.columns)
    _across(table, 1, wide, _Line(sheet.title, Font(name="黑体", size=16, bold=True), "center", 30))
    _across(table, 2, wide, _Line(sheet.under, Font(name="仿宋", size=10), "right", 18))
    for place, (label, width) in enumerate(sheet.columns, 1):
        cell = _cell(table, 3, place, label, "center")
        cell.font, cell.fill = Font(name="仿宋", size=10, bold=True), _HEAD
        table.column_dimensions[get_column_letter(place)].width = width
    table.row_dimensions[3].height = _LINE * _lines(sheet, [label for label, _ in sheet.columns]) + 6
    rows = sheet.rows or [[NO_ROWS, *[""] * (wide - 1)]]
    for number, row in enumerate(rows, 4):
        for place, value in enumerate(row, 1):
            _cell(table, number, place, value, "left")
        table.row_dimensions[number].height = _LINE * _lines(sheet, row) + 4
    last = 3 + len(rows)
    for line in filter(None, (sheet.totals, *sheet.foot)):
        last += 1
        _across(
            table, last, wide, _Line(line, Font(name="仿宋", size=10, bold=line == sheet.totals), "left", 20)
        )
    _on_paper(table)


def _lines(sheet: SheetText, row: Sequence[CellValue]) -> int:
    """How many the fullest cell takes: not every table program finds out by itself. A Chinese letter counts two."""
    return max(
        sum(1 + int(sum(1 + (ord(c) > 0xFF) for c in line) / (width - 1)) for line in str(value).split("\n"))
        for (_, width), value in zip(sheet.columns, ["" if one is None else one for one in row], strict=True)
    )


def _cell(table: Worksheet, row: int, place: int, value: CellValue, across: str) -> Cell:
    cell = table.cell(row, place)
    assert isinstance(cell, Cell)
    cell.value = clean(value) if isinstance(value, str) else value
    if cell.data_type == "f":
        cell.data_type = "s"  # somebody's words may begin with "="
    cell.font, cell.border = Font(name="仿宋", size=10), _GRID
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    return cell


def _across(table: Worksheet, row: int, wide: int, line: _Line) -> None:
    cell = _cell(table, row, 1, line.text, line.align)
    cell.font, cell.border = line.font, Border()
    if wide > 1:
        table.merge_cells(start_row=row, end_row=row, start_column=1, end_column=wide)
    table.row_dimensions[row].height = line.height


def _on_paper(table: Worksheet) -> None:
    table.print_title_rows = "1:3"
    table.freeze_panes = "A4"
    table.page_setup.paperSize = table.PAPERSIZE_A4
    table.page_setup.orientation = table.ORIENTATION_LANDSCAPE
    table.page_setup.fitToWidth, table.page_setup.fitToHeight = 1, 0
    table.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, footer=0.35)
    table.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    table.HeaderFooter.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
