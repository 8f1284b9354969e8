"""Sheets of a PDF as pictures, drawn on the server: Android's web view shows no PDF (contract §10). Drawn by poppler's
`pdftoppm` where it is installed; elsewhere the page offers the file itself."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from functools import cache
from pathlib import Path

PICTURES = frozenset({"jpg", "jpeg", "png", "bmp"})
MIME = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "bmp": "image/bmp"}
MOST_SHEETS = 30
WIDTH = 900  # pixels: sharp on a phone, legible when enlarged
_SECONDS = 10
_KEPT_SECONDS = 86_400
# A sheet is drawn by one process at a time: a drawing of a large plan takes a whole core.
_ONE_BY_ONE = threading.Lock()


class NoSheet(Exception):
    """There is no such sheet, or it cannot be drawn."""


@cache
def can_draw() -> bool:
    return shutil.which("pdftoppm") is not None


def sheet(pdf: bytes, digest: str, number: int, room: Path) -> bytes:
    """One sheet as JPEG, kept in `room` by the file's digest: the second look is for free."""
    if not can_draw() or not 1 <= number <= MOST_SHEETS:
        raise NoSheet
    kept = room / f"{digest}.{number}.jpg"
    if kept.exists():
        return kept.read_bytes()
    with _ONE_BY_ONE:
        drawn = _drawn(pdf, number)
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    _forget_old(room)
    part = kept.with_suffix(f".{threading.get_ident()}.part")
    part.write_bytes(drawn)
    part.replace(kept)
    return drawn


def _forget_old(room: Path) -> None:
    """A picture must not outlive its file: none is kept for more than a day."""
    for one in room.iterdir():
        try:
            if one.stat().st_mtime < time.time() - _KEPT_SECONDS:
                one.unlink()
        except OSError:
            continue  # another process was faster


def _drawn(pdf: bytes, number: int) -> bytes:
    command = [
        "pdftoppm", "-jpeg", "-jpegopt", "quality=72", "-f", str(number), "-l", str(number), "-singlefile",
        "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "-",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise NoSheet from None
    if done.returncode or not done.stdout.startswith(b"\xff\xd8"):
        raise NoSheet
    return done.stdout
