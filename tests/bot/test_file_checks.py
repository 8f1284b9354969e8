"""What may stand for a material, by its bytes."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.moves.file_checks import kind_of, problem
from bot.texts import files as texts
from domain.progress_rules import ProgressRules

RULES = ProgressRules(most_megabytes=1)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(entries: dict[str, bytes], *, deflated: bool = False) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return held.getvalue()


DOCX = packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("图.jpg", b"\xff\xd8\xff\xe0"), ("图.png", b"\x89PNG\r\n\x1a\n"), ("图.tif", b"II*\0"), ("图.dwg", b"AC1032"),
        ("表.docx", DOCX), ("表.xlsx", packed({"xl/workbook.xml": b""})), ("证.ofd", packed({"OFD.xml": b""})),
        ("旧.doc", OLE + b"\0" * 600), ("全.zip", packed({"一/a.pdf": b"%PDF-1.7", "b.docx": DOCX})), ("大写.PDF", b"%PDF-1.7"),
    ],
)  # fmt: skip
def test_good(name: str, data: bytes) -> None:
    assert problem(name, data, RULES) is None


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("空.pdf", b"", texts.EMPTY),
        ("大.pdf", b"%PDF" + b"0" * 2_000_000, "超过1兆"),
        ("无结尾", b"%PDF-1.7", texts.UNKNOWN_KIND),
        ("图.jpg", b"\x89PNG\r\n\x1a\n", texts.NOT_WHAT_IT_SAYS),
        ("表.docx", packed({"xl/workbook.xml": b""}), texts.NOT_WHAT_IT_SAYS),
        ("旧.xls", OLE + "_VBA_PROJECT".encode("utf-16-le"), texts.MACROS),
        ("旧.doc", OLE + "EncryptedPackage".encode("utf-16-le"), texts.LOCKED),
        ("旧.doc", OLE + b"\0" * 504 + b"\xec\xa5" + b"\0" * 9 + b"\x01", texts.LOCKED),
        ("旧.xls", OLE + b"\0" * 504 + b"\x09\x08\x10\x00" + b"\0" * 16 + b"\x2f\x00", texts.LOCKED),
        ("表.xlsm", packed({"xl/workbook.xml": b""}), texts.RUNS),
        ("全.zip", packed({}), texts.EMPTY),
        ("全.zip", packed({"a.docx": packed({"word/vbaProject.bin": b""})}), "压缩包里的文件含宏"),
        ("全.zip", packed({"a.pdf": b"%PDF" + b"0" * 11_000_000}, deflated=True), texts.BOMB),
        ("全.zip", packed({"a.rar": b"Rar!"}), texts.NESTED),
        ("全.zip", packed({f"{n}.pdf": b"%PDF" for n in range(501)}), texts.BOMB),
    ],
)  # fmt: skip
def test_bad(name: str, data: bytes, wrong: str) -> None:
    found = problem(name, data, RULES)
    assert found is not None
    assert wrong in found


def test_a_locked_archive() -> None:
    data = bytearray(packed({"a.pdf": b"%PDF-1.7"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of the central directory
    assert problem("全.zip", bytes(data), RULES) == texts.LOCKED


def test_a_broken_entry() -> None:
    data = packed({"a.pdf": b"%PDF-1.7" + b"x" * 100})
    assert zlib.crc32(data)
    assert problem("全.zip", data.replace(b"xxxx", b"yyyy", 1), RULES) == texts.DAMAGED


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7", "pdf"), (b"\xff\xd8\xff\xe0", "jpg"), (DOCX, "docx"), (packed({"a.pdf": b""}), "zip"), (b"words", "")],
)  # fmt: skip
def test_a_nameless_file_is_known_by_its_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


ENDINGS = ["pdf", "docx", "doc", "xls", "zip", "ofd", "png"]
LEADS = [b"", b"PK\x03\x04", OLE, b"%PDF"]


@given(st.binary(max_size=400), st.sampled_from(ENDINGS), st.sampled_from(LEADS))
def test_no_bytes_make_it_stumble(data: bytes, ending: str, lead: bytes) -> None:
    problem(f"x.{ending}", lead + data, RULES)
    kind_of(lead + data)
