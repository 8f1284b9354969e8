"""The week as a picture to read on a phone: what stands on it is worked out first (`board`), drawn then (`draw`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.documents.fonts import font
from bot.texts import summaries as words
from bot.texts.phrases import STATES, short_day
from domain.deadlines import Lamp
from domain.week_report import Running, WeekReport

WIDTH, MARGIN = 1080, 48
MOST_RUNNING, MOST_NAMED = 12, 6
_ROOM = WIDTH - 2 * MARGIN
_BLUE, _INK, _GREY, _LINE, _PALE = "#1f5fbf", "#1b2430", "#667085", "#d5dce6", "#f2f5f9"
_GREEN, _YELLOW, _RED, _NONE = "#2e8b57", "#d9a406", "#c8321f", "#a6afbd"
_COLOURS = {Lamp.GREEN: _GREEN, Lamp.YELLOW: _YELLOW, Lamp.RED: _RED, Lamp.NONE: _NONE}


@dataclass(frozen=True)
class Row:
    """An item under way: its name, who handles it and how it stands, its days, with the colour of its lamp."""

    lamp: Lamp
    name: str
    below: str
    days: str


@dataclass(frozen=True)
class Board:
    """Everything that is drawn, in words: a test compares it with the text of the same week."""

    title: str
    span: str
    figures: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    more: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    foot: str
    share: float


def board(told: WeekReport) -> Board:
    figures = (
        ("已办结", f"{told.done}/{told.total}"),
        ("在办", str(len(told.running))),
        ("超期", str(told.lit(Lamp.RED))),
        ("临期", str(told.lit(Lamp.YELLOW))),
        ("未了结问题", str(len(told.issues_open))),
    )
    blocks = (
        ("本周办结", told.finished),
        ("等项目单位补正", told.waiting),
        ("待交材料", tuple(words.missing(told))),
        ("下周到期", tuple(words.due_next(told))),
        ("接下来申报", told.next_planned),
        ("问题反馈", tuple(part for part in (words.issues(told).removeprefix("问题反馈："),) if part)),
    )
    over = len(told.running) - MOST_RUNNING
    corrected = "（更正）" if told.version > 1 else ""
    return Board(
        f"{told.project}", f"本周小结{corrected}　{words.span(told)}　{told.code}", figures, _notes(told),
        tuple(_row(one) for one in told.running[:MOST_RUNNING]), f"另有{over}项在办" if over > 0 else "",
        tuple((name, _some(listed)) for name, listed in blocks if listed), words.as_of(told),
        told.done / told.total if told.total else 0,
    )  # fmt: skip


def _notes(told: WeekReport) -> tuple[str, ...]:
    state = words.NOT_ENTERED if told.total == 0 else "本周无新进展。" if told.quiet else ""
    return tuple(one for one in (*words.own_words(told), state) if one)


def _row(one: Running) -> Row:
    due = f"　{short_day(one.due)}到期" if one.due and not one.paused else ""
    return Row(one.lamp, one.name, f"{one.department}　{STATES[one.state]}{due}", words.days(one))


def _some(listed: tuple[str, ...]) -> tuple[str, ...]:
    more = (f"……共{len(listed)}项",) if len(listed) > MOST_NAMED else ()
    return (*listed[:MOST_NAMED], *more)


# ---------------------------------------------------------------- drawing


def draw(told: WeekReport) -> bytes:
    """PNG. Raises LookupError where there is no Chinese font."""
    shown = board(told)
    tall = _Canvas(None).all(shown)  # once without a surface, to learn how tall it becomes
    image = Image.new("RGB", (WIDTH, tall), "white")
    _Canvas(ImageDraw.Draw(image)).all(shown)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


class _Canvas:
    """Writes from top to bottom; without a pen it only counts."""

    def __init__(self, pen: ImageDraw.ImageDraw | None) -> None:
        self._pen, self.y = pen, 0

    def all(self, shown: Board) -> int:
        self._head(shown)
        self._figures(shown)
        for note in shown.notes:
            self._paragraph(note, 32)
        if shown.rows:
            self._title("在办事项")
        for number, row in enumerate(shown.rows):
            self._row(row, shaded=number % 2 == 0)
        if shown.more:
            self._paragraph(shown.more, 30)
        for name, listed in shown.blocks:
            self._title(name)
            self._paragraph("、".join(listed), 34)
        self.y += 24
        self._box((MARGIN, self.y, WIDTH - MARGIN, self.y + 2), _LINE)
        self.y += 20
        self._text(MARGIN, shown.foot, 28, _GREY)
        return self.y + 64

    def _head(self, shown: Board) -> None:
        names = list(_wrapped(shown.title, 46, _ROOM))[:2]
        self._box((0, 0, WIDTH, 110 + 62 * len(names)), _BLUE)
        self.y = 36
        for name in names:
            self._text(MARGIN, name, 46, "white", bold=True)
            self.y += 62
        self._text(MARGIN, shown.span, 32, "white")
        self.y = 110 + 62 * len(names) + 28

    def _figures(self, shown: Board) -> None:
        wide = _ROOM / len(shown.figures)
        for number, (name, value) in enumerate(shown.figures):
            middle = MARGIN + wide * (number + 0.5)
            colour = {"超期": _RED, "临期": _YELLOW}.get(name, _BLUE) if value != "0" else _GREY
            self._text(middle, value, 54, colour, bold=True, centred=True)
            self._text(middle, name, 28, _GREY, down=72, centred=True)
        self.y += 124
        self._box((MARGIN, self.y, WIDTH - MARGIN, self.y + 16), _PALE)
        self._box((MARGIN, self.y, MARGIN + _ROOM * shown.share, self.y + 16), _GREEN)
        self.y += 40

    def _title(self, text: str) -> None:
        self.y += 22
        self._text(MARGIN, text, 36, _INK, bold=True)
        self.y += 58

    def _row(self, row: Row, *, shaded: bool) -> None:
        lines = list(_wrapped(row.days, 30, _ROOM - 76)) if row.days else []
        tall = 108 + 42 * len(lines)
        if shaded:
            self._box((MARGIN - 16, self.y, WIDTH - MARGIN + 16, self.y + tall), _PALE)
        if self._pen:
            top = self.y + 26
            self._pen.ellipse((MARGIN + 6, top, MARGIN + 34, top + 28), fill=_COLOURS[row.lamp])
        self._text(MARGIN + 60, row.name, 36, _INK, down=12)
        self._text(MARGIN + 60, row.below, 28, _GREY, down=62)
        for number, line in enumerate(lines):
            self._text(MARGIN + 60, line, 30, _late(row.lamp), down=100 + 42 * number)
        self.y += tall

    def _paragraph(self, text: str, size: int) -> None:
        for line in _wrapped(text, size, _ROOM):
            self._text(MARGIN, line, size, _INK)
            self.y += int(size * 1.5)
        self.y += 8

    def _text(  # noqa: PLR0913 – a piece of writing has as many properties as it has
        self, x: float, text: str, size: int, colour: str, *, down: int = 0, bold: bool = False, centred: bool = False,
    ) -> None:  # fmt: skip
        if self._pen:
            face = font(size, bold=bold)
            left = x - face.getlength(text) / 2 if centred else x
            self._pen.text((left, self.y + down), text, font=face, fill=colour)

    def _box(self, corners: tuple[float, float, float, float], colour: str) -> None:
        if self._pen and corners[2] > corners[0]:
            self._pen.rectangle(corners, fill=colour)


def _late(lamp: Lamp) -> str:
    return _RED if lamp is Lamp.RED else _INK


def _wrapped(text: str, size: int, most: float) -> Iterator[str]:
    """Lines of at most `most` pixels, broken anywhere but before a closing mark."""
    face, line = font(size), ""
    for letter in text:
        if face.getlength(line + letter) > most and letter not in "，。；、）":
            yield line
            line = ""
        line += letter
    if line:
        yield line
