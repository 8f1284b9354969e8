"""What is refused as a whole: no workbook, no sheet, no columns, too much."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bot.documents.roster_sheet import read_roster
from tests.bot.workbooks import (
    PERSON,
    SITE,
    TODAY,
    changed,
    roster,
    wrong_in_roster,
)

# ---------------------------------------------------------------- what is refused as a whole


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    path = changed(roster(tmp_path, PERSON), "名单", lambda book, table: setattr(table, "title", "Sheet1"))
    assert "缺少名为「名单」的工作表" in wrong_in_roster(path)[0][2]


def test_missing_and_doubled_columns_are_named(tmp_path: Path) -> None:
    def edit(book: Any, table: Any) -> None:
        table["C1"] = "名字"
        table["H1"] = "部门"

    found = wrong_in_roster(changed(roster(tmp_path, PERSON), "名单", edit))
    assert [(row, column) for row, column, _ in found] == [(None, "姓名"), (None, "备注"), (1, "部门")]


def test_an_empty_workbook_misses_every_column(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "名单"
    book.save(tmp_path / "空.xlsx")
    assert len(wrong_in_roster(tmp_path / "空.xlsx")) == 12


def test_a_missing_file_a_text_and_an_old_or_locked_workbook_are_told_apart(tmp_path: Path) -> None:
    text, old = tmp_path / "text.xlsx", tmp_path / "old.xlsx"
    text.write_text("类别,姓名\n", encoding="utf-8")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    reasons = [wrong_in_roster(path)[0][2] for path in (tmp_path / "none.xlsx", text, old)]
    assert reasons == [
        "文件不存在或无法读取",
        "不是 Excel 工作簿（.xlsx），请不要只改文件扩展名",
        "文件有密码或是旧版 .xls，请去掉密码并另存为 .xlsx",
    ]


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = roster(tmp_path, PERSON)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00")
    assert "宏" in wrong_in_roster(path)[0][2]


def test_a_package_that_is_no_workbook_or_is_broken_is_refused(tmp_path: Path) -> None:
    other, broken = tmp_path / "other.xlsx", roster(tmp_path, PERSON)
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("readme.txt", "hello")
    content = bytearray(broken.read_bytes())
    content[60:400] = bytes(340)
    broken.write_bytes(content)
    for path in (other, broken):
        assert "损坏" in wrong_in_roster(path)[0][2]


def test_a_sheet_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    path = roster(tmp_path, PERSON)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", bytes(101 * 1024 * 1024))
    assert "过大" in wrong_in_roster(path)[0][2]


def test_an_xml_bomb_inside_the_workbook_is_refused(tmp_path: Path) -> None:
    path, bomb = roster(tmp_path, PERSON), tmp_path / "bomb.xlsx"
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bomb, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<worksheet", entities.encode() + b"<worksheet", 1)
            target.writestr(part, content)
    assert "损坏" in wrong_in_roster(bomb)[0][2]


def test_more_rows_than_anybody_fills_in_by_hand_are_refused(tmp_path: Path) -> None:
    path = changed(roster(tmp_path, PERSON), "名单", lambda book, table: table.cell(5500, 3, "x"))
    assert "最多导入 5000 行" in wrong_in_roster(path)[0][2]


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = shutil.copy(roster(tmp_path, PERSON), tmp_path / "名单.et")
    assert read_roster(Path(path), SITE, TODAY)
