"""The figures of F4 as a picture to be read on a phone: four large numbers, then bars."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.documents.statistics_sheet import LEVEL_NAMES, NONE_YET, shown
from domain.case import SERVICE_TYPE_NAMES
from domain.service_statistics import Figure, ServiceStatistics

WIDE, EDGE = 1080, 60
PAPER, INK, QUIET, BLUE, PALE, RED = "#FFFFFF", "#1F2937", "#6B7280", "#2563EB", "#E5EDFB", "#B45309"
_BAR, _STEP = 44, 84
Bars = list[tuple[str, Figure, Figure | None]]


def draw(found: ServiceStatistics, place: str, made: str, font: Path) -> bytes:
    """`made`: the day it was made, in words."""
    services: Bars = [(SERVICE_TYPE_NAMES[kind], figure, None) for kind, figure in found.services.items()]
    issues: Bars = [(LEVEL_NAMES[level], total, solved) for level, (total, solved) in found.issues.items()]
    tall = 930 + _STEP * (len(services) + len(issues))
    picture = Image.new("RGB", (WIDE, tall), PAPER)
    pen = _Pen(ImageDraw.Draw(picture), font)
    pen.text(EDGE, 56, "首席服务统计", 60)
    pen.text(EDGE, 140, f"{place}　{found.period.name}", 34, QUIET)
    y = _numbers(pen, found, 220)
    y = _bars(pen, "按服务类型（次）", services, y)
    y = _bars(pen, "协调问题（个，深色为已解决）", issues, y)
    pen.text(EDGE, y + 10, f"{made}由系统按登记情况计算", 28, QUIET)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Pen:
    def __init__(self, canvas: ImageDraw.ImageDraw, font: Path) -> None:
        self.canvas, self._font = canvas, font

    def text(self, x: float, y: float, text: str, size: int, colour: str = INK, anchor: str = "la") -> None:
        face = ImageFont.truetype(str(self._font), size, index=_simplified(self._font))
        self.canvas.text((x, y), text, font=face, fill=colour, anchor=anchor)


def _simplified(font: Path) -> int:
    """Noto's collection begins with the Japanese shapes; the third face is simplified Chinese."""
    return 2 if font.name == "NotoSansCJK-Regular.ttc" else 0


def _numbers(pen: _Pen, found: ServiceStatistics, top: int) -> int:
    boxes = (
        ("在办项目", found.cases_open, ""), ("新增项目", found.cases_new, ""), ("办结项目", found.cases_closed, ""),
        ("办结事项", found.items_completed, ""), ("按时办结率", found.on_time_rate, "率"),
        ("满意度", found.satisfaction, "率"),
    )  # fmt: skip
    wide = (WIDE - 2 * EDGE - 40) // 3
    for place, (label, figure, kind) in enumerate(boxes):
        x, y = EDGE + place % 3 * (wide + 20), top + place // 3 * 190
        pen.canvas.rounded_rectangle((x, y, x + wide, y + 170), 18, fill=PALE)
        value = str(shown(figure, kind))
        pen.text(x + wide / 2, y + 70, value, 40 if value == NONE_YET else 64, BLUE, "mm")
        pen.text(x + wide / 2, y + 136, label, 30, QUIET, "mm")
    return top + 2 * 190 + 30


def _bars(pen: _Pen, title: str, bars: Bars, top: int) -> int:
    pen.text(EDGE, top, title, 38)
    most = max(1.0, *(total.value or 0 for _, total, _ in bars))
    start, room = EDGE + 220, WIDE - 2 * EDGE - 420
    for place, (label, total, part) in enumerate(bars):
        y = top + 72 + place * _STEP
        pen.text(start - 20, y + _BAR / 2, label, 30, INK, "rm")
        _bar(pen, (start, y), room * (total.value or 0) / most, PALE if part else BLUE)
        if part:
            _bar(pen, (start, y), room * (part.value or 0) / most, BLUE)
        number = f"{int(total.value or 0)}" + (
            f"（解决{int(part.value or 0)}）" if part and total.value else ""
        )
        pen.text(start + room * (total.value or 0) / most + 14, y + _BAR / 2, number, 30, INK, "lm")
    return top + 72 + len(bars) * _STEP + 24


def _bar(pen: _Pen, corner: tuple[float, float], long: float, colour: str) -> None:
    x, y = corner
    if long >= 1:
        pen.canvas.rounded_rectangle((x, y, x + long, y + _BAR), min(8, int(long / 2)), fill=colour)
