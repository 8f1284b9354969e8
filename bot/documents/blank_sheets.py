"""The empty table that goes out to an office: titles, drop-down lists, an example row, how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.sheets import EXAMPLE, NUMBER, Column

HELP_SHEET, LISTS_SHEET = "填写说明", "选项"
ROOM_FOR = 500
TEXT = "@"
REQUIRED_FILL = PatternFill("solid", fgColor="F8CBAD")
OPTIONAL_FILL = PatternFill("solid", fgColor="DDEBF7")
EXAMPLE_FONT = Font(italic=True, color="7F7F7F")
THIN = Side(style="thin", color="BFBFBF")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True)
class Blank:
    """`rows`: what is known already stands below the example."""

    sheet: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]] = ()


def write_blank(path: Path, sheet: str, columns: Sequence[Column], notes: Sequence[str]) -> None:
    path.write_bytes(blank([Blank(sheet, columns)], notes))


def blank(tables: Sequence[Blank], notes: Sequence[str]) -> bytes:
    """A workbook with these tables, the first in front, and how to fill them in."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    lists = workbook.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    for one in tables:
        table = workbook.create_sheet(one.sheet)
        _titles(table, one.columns)
        _example(table, one.columns)
        _known(table, one.rows)
        _lists(lists, table, one.columns)
    columns = dict.fromkeys(column for one in tables for column in one.columns)
    _help(workbook.create_sheet(HELP_SHEET), list(columns), notes)
    for page in workbook.worksheets:
        _on_paper(page)
    workbook.move_sheet(LISTS_SHEET, offset=len(tables) + 1)
    workbook.active = 0
    made = BytesIO()
    workbook.save(made)
    return made.getvalue()


def _on_paper(sheet: Worksheet) -> None:
    """A4 across, all columns on one page: an office prints what it has filled in and puts its seal on it."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _titles(table: Worksheet, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, 1):
        cell = table.cell(1, place, column.title)
        cell.font = Font(bold=True)
        cell.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = GRID
        letter = get_column_letter(place)
        table.column_dimensions[letter].width = column.width
        # As text, or the table program rounds long codes to fifteen digits.
        table.column_dimensions[letter].number_format = TEXT
    table.row_dimensions[1].height = 32
    table.freeze_panes = "A2"
    table.print_title_rows = "1:1"


def _example(table: Worksheet, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, 1):
        cell = table.cell(2, place, EXAMPLE if column.title == NUMBER else column.example)
        cell.font = EXAMPLE_FONT
        cell.border = GRID


def _known(table: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, 3):
        for place, text in enumerate(row, 1):
            cell = table.cell(number, place, text)
            cell.border, cell.data_type = GRID, "s"  # somebody's words may begin with "="


def _lists(lists: Worksheet, table: Worksheet, columns: Sequence[Column]) -> None:
    """Lists stand on a sheet of their own: written into the validation they may hold 255 characters only."""
    for place, column in enumerate(columns, 1):
        if not column.choices:
            continue
        used = lists.max_column + 1 if lists.cell(1, 1).value else 1
        for row, choice in enumerate((column.title, *column.choices), 1):
            lists.cell(row, used, choice)
        letter = get_column_letter(used)
        source = f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(column.choices) + 1}"
        rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = column.title, "请从下拉列表中选择"
        rule.add(f"{get_column_letter(place)}3:{get_column_letter(place)}{ROOM_FOR + 1}")
        table.add_data_validation(rule)


def _help(sheet: Worksheet, columns: Sequence[Column], notes: Sequence[str]) -> None:
    for row, note in enumerate(notes, 1):
        sheet.cell(row, 1, f"{row}. {note}")
    start = len(notes) + 2
    for place, title in enumerate(("栏目", "是否必填", "怎么填"), 1):
        cell = sheet.cell(start, place, title)
        cell.font, cell.fill, cell.border = Font(bold=True), OPTIONAL_FILL, GRID
    for row, column in enumerate(columns, start + 1):
        for place, text in enumerate((column.title, "必填" if column.required else "选填", column.hint), 1):
            cell = sheet.cell(row, place, text)
            cell.border, cell.alignment = GRID, Alignment(wrap_text=True, vertical="top")
    for letter, width in (("A", 22), ("B", 10), ("C", 70)):
        sheet.column_dimensions[letter].width = width
