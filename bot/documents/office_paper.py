"""A plain office paper: A4, 仿宋 body and 黑体 title with fall-backs, a table of two columns, a foot line."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

BODY, TITLE = "仿宋", "黑体"


def new_paper(title: str) -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    style = document.styles["Normal"]
    style.font.size = Pt(12)
    _font(style, BODY)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.font.size = Pt(18)
    run.bold = True
    _font(run, TITLE)
    return document


def line(document: Any, text: str, *, small: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(10 if small else 12)
    _font(run, BODY)


def table(document: Any, widths_cm: tuple[float, ...], head: tuple[str, ...] | None = None) -> Any:
    grid = document.add_table(rows=0, cols=len(widths_cm))
    grid.style = "Table Grid"
    grid.autofit = False
    if head:
        row(grid, widths_cm, head, bold=True)
    return grid


def row(grid: Any, widths_cm: tuple[float, ...], texts: tuple[str, ...], *, bold: bool = False) -> None:
    cells = grid.add_row().cells
    for cell, width, text in zip(cells, widths_cm, texts, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold
        run.font.size = Pt(11)
        _font(run, BODY)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _font(styled: Any, name: str) -> None:
    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
