"""Paper with places to fill: what the shipped templates are put together from (A4, title, grid, lists, signatures)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BODY, TITLE = "仿宋", "黑体"
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
SHADE = "F2F2F2"
MARGIN = 2.2
UPRIGHT, ACROSS = 21 - 2 * MARGIN, 29.7 - 2 * MARGIN


class Sheet:
    """One template. `width`: of the text, in centimetres."""

    def __init__(self, *, across: bool = False, size: float = 10.5) -> None:
        self.document = Document()
        self.size, self.width = size, ACROSS if across else UPRIGHT
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if across else (Cm(21), Cm(29.7))
        section.left_margin = section.right_margin = Cm(MARGIN)
        section.top_margin = section.bottom_margin = Cm(1.8)
        style = self.document.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(0)
        _font(style, BODY)

    def title(self, text: str, size: float = 18) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(6)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), True
        _font(run, TITLE)

    def text(  # noqa: PLR0913 – so many ways has a line
        self, text: str, *, align: Any = LEFT, size: float = 0, bold: bool = False, indent: bool = False,
        before: float = 0, together: bool = False,
    ) -> None:  # fmt: skip
        """`indent`: the two characters a letter's paragraph begins with; `together`: not parted from what follows."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        layout = paragraph.paragraph_format
        layout.space_before, layout.keep_with_next, layout.keep_together = Pt(before), together, together
        if indent:
            layout.first_line_indent = Pt(2 * (size or self.size))
            layout.line_spacing = 1.3
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size or self.size), bold
        _font(run, TITLE if bold else BODY)

    def gap(self, points: float = 6) -> None:
        """Two tables that touch would become one."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(points)
        paragraph.paragraph_format.keep_with_next = True

    def grid(self, shares: Sequence[float]) -> Grid:
        return Grid(self, [self.width * share / sum(shares) for share in shares])

    def saved(self) -> bytes:
        made = io.BytesIO()
        self.document.save(made)
        return _undated(made)


def _undated(package: io.BytesIO) -> bytes:
    """The same bytes whenever it is made: a template that was not changed is the shipped one."""
    made = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename), old.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()


class Grid:
    def __init__(self, sheet: Sheet, widths: Sequence[float]) -> None:
        self.sheet, self.widths = sheet, list(widths)
        self.table = sheet.document.add_table(rows=0, cols=len(self.widths))
        self.table.style = "Table Grid"
        self.table.alignment, self.table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(self.table.columns, self.widths, strict=True):
            column.width = Cm(width)

    def row(  # noqa: PLR0913 – so many ways has a row
        self, texts: Sequence[str], *, spans: Sequence[int] = (), labels: Sequence[int] = (), height: float = 0.8,
        head: bool = False, whole: bool = True, together: bool = False,
    ) -> None:  # fmt: skip
        """`spans`: columns each text takes; `labels`: which texts are captions; `head`: repeated on every page;
        `whole`: not parted by a page; `together`: on one page with the next row."""
        added = self.table.add_row()
        added.height, added.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        if whole:
            _say(added, "w:cantSplit")
        if head:
            _say(added, "w:tblHeader")
        at = 0
        for place, (text, span) in enumerate(zip(texts, spans or [1] * len(texts), strict=True)):
            cell = added.cells[at]
            if span > 1:
                cell = cell.merge(added.cells[at + span - 1])
            cell.width = Cm(sum(self.widths[at : at + span]))
            caption = head or place in labels
            _write(cell, text, self.sheet.size, caption=caption, together=together or head)
            if caption:
                _shade(cell)
            at += span

    def section(self, text: str) -> None:
        """Across the whole table, and never alone at the foot of a page."""
        self.row([text], spans=[len(self.widths)], labels=[0], together=True)

    def repeat(self, over: str, cells: Sequence[str]) -> None:
        """A row for every row of the table field `over`."""
        last = [""] * (len(cells) - 1)
        self.row([f"{{%tr for row in {over} %}}", *last], height=0.1)
        self.row(list(cells), height=0.7)
        self.row(["{%tr endfor %}", *last], height=0.1)


def _write(cell: Any, text: str, size: float, *, caption: bool, together: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTRE if caption else LEFT
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(2)
    layout.keep_with_next = together
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = caption
    _font(run, BODY)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _say(added: Any, property_name: str) -> None:
    """A property of the row that the library has no word for."""
    added._tr.get_or_add_trPr().append(OxmlElement(property_name))


def _font(styled: Any, name: str) -> None:
    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
