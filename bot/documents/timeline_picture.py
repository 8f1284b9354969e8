"""The plan as a picture to read on a phone: upright, what is under way and what comes next on one axis of days, with
everything that is done below."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image, ImageDraw

from bot.documents.fonts import font, there

__all__ = ["Bar", "Timeline", "draw", "there"]

WIDTH, MARGIN, ROW = 1080, 48, 104
_NAMES = 400  # of the width, for names; the rest is the axis
_LEFT, _RIGHT = MARGIN + _NAMES, WIDTH - MARGIN
_INK, _GREY, _PALE, _LINE = "#1b2430", "#667085", "#f2f5f9", "#d5dce6"
_BLUE, _LIGHT_BLUE, _GREEN, _ORANGE = "#1f5fbf", "#9dbfea", "#2e8b57", "#d9730d"
_MONTH_AFTER = timedelta(days=32)


@dataclass(frozen=True)
class Bar:
    """`end` None: open. `kind`: running | planned | done."""

    name: str
    department: str
    kind: str
    start: date | None
    end: date | None
    late: bool = False


@dataclass(frozen=True)
class Timeline:
    """`sure_until`: the last year with an official calendar; days after it are provisional."""

    title: str
    code: str
    today: date
    bars: Sequence[Bar]
    sure_until: int
    foot: str

    def of(self, kind: str) -> list[Bar]:
        return [bar for bar in self.bars if bar.kind == kind]


@dataclass(frozen=True)
class Axis:
    """Months side by side; a run of months in which nothing happens is one narrow gap."""

    months: tuple[date, ...]
    places: tuple[tuple[float, float], ...]

    def at(self, day: date) -> float:
        for month, (left, right) in zip(self.months, self.places, strict=True):
            following = _next(month)
            if day < following:
                share = max(0, (day - month).days) / (following - month).days
                return left + (right - left) * share
        return self.places[-1][1]


def draw(plan: Timeline) -> bytes:
    """PNG. Raises LookupError where there is no Chinese font."""
    running, planned, done = plan.of("running"), plan.of("planned"), plan.of("done")
    axis = _axis([*running, *planned], plan.today)
    height = 300 + 150 * bool(running) + 150 * bool(planned) + ROW * (len(running) + len(planned))
    height += (110 + 56 * ((len(done) + 1) // 2)) * bool(done) + 120
    image = Image.new("RGB", (WIDTH, height), "white")
    pen = ImageDraw.Draw(image)
    y = _head(pen, plan, len(running), len(planned), len(done))
    for title, bars in ((f"办理中 {len(running)}项", running), (f"接下来 {len(planned)}项", planned)):
        if bars:
            y = _section(pen, y, title, bars, axis, plan)
    y = _done(pen, y, done)
    y = _foot(pen, y, plan)
    picture = image.crop((0, 0, WIDTH, min(height, y + 30)))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _head(pen: ImageDraw.ImageDraw, plan: Timeline, running: int, planned: int, done: int) -> int:
    pen.rectangle((0, 0, WIDTH, 196), fill=_BLUE)
    _write(pen, (MARGIN, 36), plan.title, 50, "white", bold=True, most=WIDTH - 2 * MARGIN)
    counts = f"共{running + planned + done}项：已办结{done}　办理中{running}　待办{planned}"
    _write(pen, (MARGIN, 118), counts, 36, "white")
    _write(pen, (MARGIN, 214), f"{plan.code}　{plan.today.year}年{_short(plan.today)}制图", 30, _GREY)
    return 268


def _section(
    pen: ImageDraw.ImageDraw, y: int, title: str, bars: Sequence[Bar], axis: Axis, plan: Timeline
) -> int:
    _write(pen, (MARGIN, y + 14), title, 40, _INK, bold=True)
    y += 82
    _months(pen, y, axis, plan)
    y += 46
    top, bottom = y, y + ROW * len(bars)
    for number in range(0, len(bars), 2):
        pen.rectangle((MARGIN - 16, top + number * ROW, _RIGHT + 16, top + (number + 1) * ROW), fill=_PALE)
    for left, _ in axis.places:
        pen.line((left, top, left, bottom), fill=_LINE, width=2)
    at = axis.at(plan.today)
    pen.line((at, top - 8, at, bottom), fill=_ORANGE, width=4)
    for number, bar in enumerate(bars):
        _row(pen, top + number * ROW, bar, axis, plan, _PALE if number % 2 == 0 else "white")
    return bottom + 22


def _months(pen: ImageDraw.ImageDraw, y: int, axis: Axis, plan: Timeline) -> None:
    """Each by its number; the year above the first month of another one."""
    year = plan.today.year
    for month, (left, right) in zip(axis.months, axis.places, strict=True):
        narrow = right - left < 0.6 * max(r - le for le, r in axis.places)
        if not narrow and month.year != year:
            year = month.year
            _write(pen, (left + 6, y - 30), f"{year}年", 26, _GREY)
        _write(
            pen,
            (left + 6, y),
            "…" if narrow else f"{month.month}月" if right - left > 56 else str(month.month),
            26,
            _GREY,
        )


def _row(pen: ImageDraw.ImageDraw, y: int, bar: Bar, axis: Axis, plan: Timeline, ground: str) -> None:
    _write(pen, (MARGIN, y + 10), bar.name, 36, _INK, most=_NAMES - 20)
    _write(pen, (MARGIN, y + 58), bar.department, 28, _GREY, most=_NAMES - 20)
    if bar.start is None:
        _write(pen, (_LEFT + 12, y + 34), "日期待定，等补充信息", 28, _GREY)
        return
    colour = _ORANGE if bar.late else _BLUE if bar.kind == "running" else _LIGHT_BLUE
    start = axis.at(bar.start)
    end = max(axis.at(bar.end or plan.today), start + 14)
    pen.rounded_rectangle((start, y + 56, min(end, _RIGHT), y + 86), radius=12, fill=colour)
    text = _span(bar, plan)
    wide = font(28).getlength(text)
    at = max(_LEFT + 8, min(start, _RIGHT - wide))
    pen.rectangle((at - 4, y + 12, at + wide + 4, y + 52), fill=ground)
    _write(pen, (at, y + 12), text, 28, _ORANGE if bar.late else _INK)


def _span(bar: Bar, plan: Timeline) -> str:
    unsure = "*" if bar.end and bar.end.year > plan.sure_until else ""
    late = "，已过计划" if bar.late else ""
    if bar.end is None:
        return f"{_dated(bar.start, plan)}起{late}"
    if bar.start == bar.end:
        return f"{_dated(bar.start, plan)}{unsure}{late}"
    return f"{_dated(bar.start, plan)}–{_short(bar.end)}{unsure}{late}"


def _done(pen: ImageDraw.ImageDraw, y: int, done: Sequence[Bar]) -> int:
    if not done:
        return y
    _write(pen, (MARGIN, y + 14), f"已办结 {len(done)}项", 40, _INK, bold=True)
    y += 84
    half = (WIDTH - 2 * MARGIN) // 2
    for number, bar in enumerate(done):
        x = MARGIN + half * (number % 2)
        top = y + 56 * (number // 2)
        pen.line([(x + 4, top + 22), (x + 12, top + 32), (x + 28, top + 10)], fill=_GREEN, width=5)
        day = _short(bar.end) if bar.end else ""
        used = _write(pen, (x + 42, top), bar.name, 32, _INK, most=half - 200)
        _write(pen, (x + 42 + used + 14, top + 4), day, 28, _GREY)
    return y + 56 * ((len(done) + 1) // 2) + 16


def _foot(pen: ImageDraw.ImageDraw, y: int, plan: Timeline) -> int:
    pen.line((MARGIN, y + 10, _RIGHT, y + 10), fill=_LINE, width=2)
    notes = ["橙线是今天；橙色条已过计划日期。计划日期不代表审批部门的承诺。"]
    if any(bar.end and bar.end.year > plan.sure_until for bar in plan.bars):
        notes.append(f"* {plan.sure_until}年以后的放假安排未公布，暂按周一至周五推算。")
    notes.append(plan.foot)
    for number, note in enumerate(notes):
        _write(pen, (MARGIN, y + 28 + 42 * number), note, 26, _GREY, most=WIDTH - 2 * MARGIN)
    return y + 28 + 42 * len(notes)


def _axis(bars: Sequence[Bar], today: date) -> Axis:
    spans = [(bar.start, bar.end or today) for bar in bars if bar.start] or [(today, today)]
    first = min(today, *(start for start, _ in spans)).replace(day=1)
    last = max(today, *(end for _, end in spans))
    busy: Callable[[date], bool] = lambda month: (  # noqa: E731
        any(start < _next(month) and end >= month for start, end in spans) or month <= today < _next(month)
    )
    months: list[date] = []
    month = first
    while month <= last:
        if busy(month) or not months or busy(months[-1]):
            months.append(month)
        month = _next(month)
    widths = [1.0 if busy(one) else 0.35 for one in months]
    unit = (_RIGHT - _LEFT) / sum(widths)
    places, x = [], float(_LEFT)
    for width in widths:
        places.append((x, x + width * unit))
        x += width * unit
    return Axis(tuple(months), tuple(places))


def _next(month: date) -> date:
    return (month.replace(day=1) + _MONTH_AFTER).replace(day=1)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _dated(day: date | None, plan: Timeline) -> str:
    if day is None:
        return ""
    return _short(day) if day.year == plan.today.year else f"{day.year}年{_short(day)}"


def _write(  # noqa: PLR0913 – a piece of writing has as many properties as it has
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, colour: str,
    *, bold: bool = False, most: float = 0,
) -> float:  # fmt: skip
    """Cut to `most` pixels. How wide it became."""
    face = font(size, bold=bold)
    shown = text
    while most and shown and face.getlength(shown) > most:
        shown = shown[:-1]
    if shown != text:
        shown = f"{shown[:-1]}…"
    pen.text(at, shown, font=face, fill=colour)
    return face.getlength(shown)
