"""Whether a file may stand for a material: size, what it really is, nothing that runs, nothing locked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from bot.texts import files as texts
from domain.progress_rules import ProgressRules

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 10  # times the largest file: more is a bomb, not a paper
MOST_ENTRIES = 500
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_RUNNING_ENDINGS = frozenset(
    (
        *(
            "exe",
            "com",
            "bat",
            "cmd",
            "scr",
            "msi",
            "dll",
            "js",
            "jse",
            "vbs",
            "vbe",
            "wsf",
            "ps1",
            "sh",
            "jar",
        ),
        *("apk", "lnk", "hta", "docm", "xlsm", "pptm", "dotm", "xltm"),
    )
)
_PACKED = frozenset({"zip", "rar", "7z", "gz", "tar", "iso"})
_INSIDE = {"docx": "word/", "xlsx": "xl/", "ofd": "OFD.xml"}


def problem(name: str, data: bytes, rules: ProgressRules) -> str | None:
    """What is wrong and what to do, as told to whoever sent it; None when it is good."""
    if not data:
        return texts.EMPTY
    if len(data) > rules.most_megabytes * MEGABYTE:
        return texts.too_large(len(data) / MEGABYTE, rules.most_megabytes)
    ending = ending_of(name)
    if ending in _RUNNING_ENDINGS or data.startswith(_RUNS):
        return texts.RUNS
    if ending not in rules.endings:
        return texts.UNKNOWN_KIND
    return _contents(ending, data, rules)


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(data: bytes) -> str:
    """The ending a file without a name would have, "" when it is none that is known."""
    for ending in ("pdf", "jpg", "png", "tif", "dwg", "bmp", "doc"):
        if _LOOKS[ending](data):
            return ending
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    inside = (ending for ending, part in _INSIDE.items() if any(name.startswith(part) for name in names))
    return next(inside, "zip")


def _contents(ending: str, data: bytes, rules: ProgressRules) -> str | None:
    if ending in {"docx", "xlsx"} and data.startswith(_OLE):
        return texts.LOCKED  # what Office makes of a document with a password
    if not _LOOKS[ending](data) if ending in _LOOKS else False:
        return texts.NOT_WHAT_IT_SAYS
    if ending == "pdf":
        return texts.LOCKED if b"/Encrypt" in data else None
    if ending in {"doc", "xls"}:
        return _ole(data)
    return _zip(ending, data, rules) if ending in {*_INSIDE, "zip"} else None


def _ole(data: bytes) -> str | None:
    if _wide("EncryptedPackage") in data or _locked_word(data) or _locked_sheet(data):
        return texts.LOCKED
    macros = any(_wide(name) in data for name in ("_VBA_PROJECT", "Macros"))
    return texts.MACROS if macros else None


def _locked_word(data: bytes) -> bool:
    """The fEncrypted bit of the file information block ([MS-DOC] 2.5.2), where it stands first."""
    return data[512:514] == b"\xec\xa5" and bool(data[523] & 1 if len(data) > 523 else 0)


def _locked_sheet(data: bytes) -> bool:
    """A FilePass record behind the first BOF ([MS-XLS] 2.4.117)."""
    at = data.find(b"\x09\x08\x10\x00")
    return at >= 0 and data[at + 20 : at + 22] == b"\x2f\x00"


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _zip(ending: str, data: bytes, rules: ProgressRules) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _entries(ending, packed, rules)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        return texts.DAMAGED


def _entries(ending: str, packed: zipfile.ZipFile, rules: ProgressRules) -> str | None:
    found = packed.infolist()
    size = sum(one.file_size for one in found)
    if size > rules.most_megabytes * MEGABYTE * MOST_UNPACKED or len(found) > MOST_ENTRIES:
        return texts.BOMB
    if any(one.flag_bits & 1 for one in found):
        return texts.LOCKED
    names = [one.filename for one in found]
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return texts.MACROS
    if ending in _INSIDE:
        return None if any(name.startswith(_INSIDE[ending]) for name in names) else texts.NOT_WHAT_IT_SAYS
    return _each(packed, found, rules)


def _each(packed: zipfile.ZipFile, found: list[zipfile.ZipInfo], rules: ProgressRules) -> str | None:
    """What lies in an archive is held to the same rules; an archive within it is not looked into, so not taken."""
    papers = [one for one in found if not one.is_dir()]
    if not papers:
        return texts.EMPTY
    for one in papers:
        if ending_of(one.filename) in _PACKED:
            return texts.NESTED
        wrong = problem(one.filename, packed.read(one), rules)
        if wrong:
            return texts.inside(wrong)
    return None


def _starts(*leads: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(leads)


_LOOKS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda data: b"%PDF" in data[:1024],
    "jpg": _starts(b"\xff\xd8\xff"),
    "jpeg": _starts(b"\xff\xd8\xff"),
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "tif": _starts(b"II*\0", b"MM\0*"),
    "tiff": _starts(b"II*\0", b"MM\0*"),
    "bmp": _starts(b"BM"),
    "doc": _starts(_OLE),
    "xls": _starts(_OLE),
    "dwg": _starts(b"AC10"),
    "docx": _starts(b"PK\x03\x04"),
    "xlsx": _starts(b"PK\x03\x04"),
    "ofd": _starts(b"PK\x03\x04"),
    "zip": _starts(b"PK\x03\x04", b"PK\x05\x06"),
}
