"""A Chinese font of this machine, for pictures."""

from __future__ import annotations

import functools
from pathlib import Path

from PIL import ImageFont

# In the order of preference; a collection holds one face per region, ours is SC.
_PLACES = (
    (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    ),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc"),
    (
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    ),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    ("/System/Library/Fonts/PingFang.ttc", "/System/Library/Fonts/PingFang.ttc"),
    ("C:/Windows/Fonts/msyh.ttc", "C:/Windows/Fonts/msyhbd.ttc"),
)


def there() -> bool:
    return _files() is not None


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Raises LookupError where there is none."""
    found = _files()
    if found is None:
        raise LookupError("font")
    return _face(found[1] if bold else found[0], size)


@functools.cache
def _files() -> tuple[str, str] | None:
    return next((pair for pair in _PLACES if all(Path(path).is_file() for path in pair)), None)


@functools.cache
def _face(path: str, size: int) -> ImageFont.FreeTypeFont:
    for index in range(8):
        try:
            face = ImageFont.truetype(path, size, index=index)
        except OSError:
            break
        if "SC" in str(face.getname()[0]):
            return face
    return ImageFont.truetype(path, size)
