"""The papers as an office gets them: nothing squeezed, room to write, only what is known filled in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from openpyxl import load_workbook

from bot.documents import blank_form, checklist
from bot.documents.projects_sheet import write_projects_template
from bot.documents.roster_sheet import write_roster_template
from domain.forms import FieldType
from tests.bot.workbooks import SITE


def _opened(paper: bytes) -> Any:
    return Document(BytesIO(paper))


def _rows(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


@pytest.mark.parametrize("key", sorted(SITE.forms))
def test_every_form_fits_an_upright_a4_sheet_and_asks_for_each_of_its_fields(key: str) -> None:
    form = SITE.forms[key]
    document = _opened(blank_form.draw(form, SITE, {}))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= Cm(15.9)
    text = "\n".join(
        [p.text for p in document.paragraphs] + [c.text for t in document.tables for c in _all(t)]
    )
    labels = [field.label for field in form.fields]
    labels += [column.label for field in form.fields for column in field.columns]
    assert [label for label in labels if label not in text] == []
    boxes = [option for field in form.fields for option in field.options]
    assert [option for option in boxes if f"□ {option}" not in text] == []


def _all(table: Any) -> list[Any]:
    return [cell for row in table.rows for cell in row.cells]


def test_a_seal_and_a_signature_have_room() -> None:
    form = SITE.forms["F1"]
    labels = {field.label for field in form.fields if field.type is FieldType.SIGNATURE}
    table = _opened(blank_form.draw(form, SITE, {})).tables[0]
    heights = [row.height.cm for row in table.rows if row.cells[0].text.removesuffix(" *") in labels]
    assert len(heights) == len(labels)
    assert min(heights) >= 1.5


def test_what_is_known_is_filled_in_and_ticked() -> None:
    known = {"project_name": "岭南新材料二期厂房", "project_type": "社会投资工业类"}
    rows = _rows(_opened(blank_form.draw(SITE.forms["F1"], SITE, known)))
    assert ["项目名称 *", "岭南新材料二期厂房"] in rows
    ticked = next(value for label, value in rows if label.startswith("项目类型"))
    assert "☑ 社会投资工业类" in ticked
    assert ticked.count("☑") == 1
    assert ["项目情况", "项目情况"] in rows


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
