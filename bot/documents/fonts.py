"""A font that has Chinese letters, where this machine has one: pictures need it, papers name theirs."""

from __future__ import annotations

import functools
from pathlib import Path

from PIL import ImageFont

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
# By preference; the regular weight of each.
_FILES = (
    "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansCN-Regular.otf", "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "msyh.ttc", "simhei.ttf", "PingFang.ttc",
)  # fmt: skip
_FACES = 8  # of a collection, which holds one face per region: ours is SC


def there() -> bool:
    return chinese() is not None


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Raises LookupError where there is none."""
    path = chinese()
    if path is None:
        raise LookupError("font")
    heavy = path.with_name(path.name.replace("Regular", "Bold"))
    return _face(heavy if bold and heavy.is_file() else path, size)


@functools.cache
def chinese() -> Path | None:
    """The regular weight."""
    found = {path.name.lower(): path for folder in _FOLDERS for path in _files(Path(folder))}
    return next((found[name.lower()] for name in _FILES if name.lower() in found), None)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix.lower() in {".ttc", ".ttf", ".otf"}]


@functools.cache
def _face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    for index in range(_FACES):
        try:
            face = ImageFont.truetype(str(path), size, index=index)
        except OSError:
            break
        if "SC" in str(face.getname()[0]):
            return face
    return ImageFont.truetype(str(path), size)
