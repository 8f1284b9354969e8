"""A font that has Chinese letters, where this machine has one."""

from __future__ import annotations

import functools
from pathlib import Path

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
# By preference; the regular weight of each.
_FILES = (
    "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansCN-Regular.otf", "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "msyh.ttc", "simhei.ttf", "PingFang.ttc",
)  # fmt: skip


@functools.cache
def chinese() -> Path | None:
    found = {path.name.lower(): path for folder in _FOLDERS for path in _files(Path(folder))}
    return next((found[name.lower()] for name in _FILES if name.lower() in found), None)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix.lower() in {".ttc", ".ttf", ".otf"}]
