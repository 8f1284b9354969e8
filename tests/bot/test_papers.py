"""The papers as an office gets them: nothing squeezed, room to write, only what is known filled in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from bot.documents import checklist
from bot.documents.projects_sheet import write_projects_template
from bot.documents.roster_sheet import write_roster_template
from tests.bot.workbooks import SITE


def _opened(paper: bytes) -> Any:
    return Document(BytesIO(paper))


def test_the_names_of_a_checklist_have_the_widest_column_in_every_program() -> None:
    entry = SITE.catalogue.items["sg_xuke"]
    table = _opened(checklist.draw(entry, SITE, "")).tables[0]
    widths = [round(column.width.cm, 1) for column in table.columns]
    assert widths == [round(cell.width.cm, 1) for cell in table.rows[1].cells]
    assert max(widths) == widths[1]
    assert len(table.rows) == len(entry.materials) + 1


def test_the_sheets_print_across_with_all_columns_on_one_page(tmp_path: Path) -> None:
    write_roster_template(tmp_path / "名单.xlsx", SITE)
    write_projects_template(tmp_path / "项目.xlsx")
    for name in ("名单", "项目"):
        sheet = load_workbook(tmp_path / f"{name}.xlsx")[name]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit is not None
        assert fit.fitToPage
