"""Notes with a source (R071): what is answered to questions of rule and practice, found by words (BM25 on characters)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.configuration import Flaw, Section
from domain.plan_rules import Knowledge

OLD_AFTER_YEARS = 5  # a paper older than that is said to be old
LONGEST_CONCLUSION, MOST_POINTS, LONGEST_NOTE = 80, 5, 220


@dataclass(frozen=True)
class Note:
    """`conclusion`: one sentence; `points`: at most five lines. `since`: day of effect, `until`: the day it ended.
    `words`: how it is asked for. `figure`: what it says of `topic`; notes of one topic with other figures contradict it."""

    key: str
    title: str
    conclusion: str
    points: tuple[str, ...]
    source: str
    place: str
    since: date | None = None
    until: date | None = None
    items: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    topic: str = ""
    figure: str = ""

    def ended(self, today: date) -> bool:
        return self.until is not None and self.until < today

    def is_old(self, today: date) -> bool:
        return self.since is not None and (today - self.since).days > 365 * OLD_AFTER_YEARS


@dataclass(frozen=True)
class Hit:
    note: Note
    score: float
    others: tuple[Note, ...] = ()  # other figures about the same
    said: bool = False  # the question has a word of the note's own


@dataclass(frozen=True)
class _Text:
    note: Note
    counts: Mapping[str, int]
    length: int


# What every question has and no answer is found by.
_EMPTY = re.compile(
    r"请问|麻烦|一下|我们|你们|现在|可以|能不能|有没有|是不是|是什么|什么|怎么|哪些|哪个|这个|那个|多少|吗|呢|啊|呀|的|了|吧|项目|办理|规定|政策|文件|依据"
)
_SIGNS = re.compile(r"[^\w]+")
_K, _B = 1.2, 0.75
_SAID = 4.0  # what a word of the note's own is worth, found in the question
_ENOUGH = 3.0  # below this nothing was found: rather no answer than a wrong one
_COVERED = 0.5  # and this much of the question must be in the note


@dataclass(frozen=True)
class Library:
    notes: tuple[Note, ...] = ()
    _texts: tuple[_Text, ...] = field(default=(), repr=False)
    _rare: Mapping[str, float] = field(default_factory=dict, repr=False)
    _mean: float = 1.0

    @classmethod
    def of(cls, notes: Iterable[Note]) -> Library:
        kept = tuple(notes)
        texts = tuple(_text(note) for note in kept)
        seen: Counter[str] = Counter(gram for text in texts for gram in text.counts)
        rare = {gram: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for gram, n in seen.items()}
        mean = sum(text.length for text in texts) / len(texts) if texts else 1.0
        return cls(kept, texts, rare, mean)

    def find(self, question: str, today: date, *, item: str | None = None, aspect: str = "") -> Hit | None:
        """The best note that holds today, with what else is said of the same; None when nothing is near enough.
        `item`: a note about another item is none."""
        asked = _grams(_EMPTY.sub(" ", question.lower()))
        scored = [
            (self._score(text, question, asked, aspect), text.note)
            for text in self._texts
            if not (item and text.note.items and item not in text.note.items) and not text.note.ended(today)
        ]
        score, best = max(scored, key=lambda one: one[0], default=(0.0, None))
        if best is None or score < _ENOUGH:
            return None
        others = tuple(
            one for one in self.notes if best.topic and one.topic == best.topic and one.figure != best.figure
        )
        return Hit(best, score, others, any(word.lower() in question.lower() for word in best.words))

    def _score(self, text: _Text, question: str, asked: Sequence[str], aspect: str) -> float:
        """Words of the note's own in the question, and how much of what the question says is in the note: what no
        note knows weighs most, so that a question about something else finds nothing."""
        if aspect and text.note.aspects and aspect not in text.note.aspects:
            return 0.0
        said = sum(_SAID for word in text.note.words if word.lower() in question.lower())
        whole = sum(self._weight(gram) for gram in asked)
        covered = sum(self._weight(gram) for gram in asked if gram in text.counts) / whole if whole else 0.0
        if not said and covered < _COVERED:
            return 0.0
        return said + covered * sum(self._found(gram, text) for gram in set(asked) if gram in text.counts)

    def _weight(self, gram: str) -> float:
        return self._rare.get(gram, math.log(1 + (len(self._texts) + 0.5) / 0.5))

    def _found(self, gram: str, text: _Text) -> float:
        often = text.counts[gram]
        longer = _K * (1 - _B + _B * text.length / self._mean)
        return self._rare[gram] * often * (_K + 1) / (often + longer)


def _text(note: Note) -> _Text:
    whole = " ".join((note.title, note.title, *note.words, note.conclusion, *note.points)).lower()
    counts = Counter(_grams(whole))
    return _Text(note, counts, sum(counts.values()))


def _grams(text: str) -> list[str]:
    """Pairs of characters; signs divide."""
    return [run[at : at + 2] for run in _SIGNS.split(text) for at in range(len(run) - 1)]


# ---------------------------------------------------------------- from the site's configuration


def entries_of(entries: Iterable[Knowledge]) -> Iterable[Note]:
    """The short entries of the plan's rules (R112–R114)."""
    for one in entries:
        first, *rest = (part for part in re.split(r"(?<=。)", one.text) if part)
        yield Note(f"plan:{one.title}", one.title, first, tuple(rest), one.source, "", words=one.words)


def read_notes(document: object, items: Container[str], flaws: list[Flaw]) -> tuple[Note, ...]:
    """By file name; a document that was kept before there were any has none. What is said of items that this
    catalogue no longer has is said no more."""
    named = document if isinstance(document, Mapping) else {}
    notes = [
        read_note(str(key), Section(value, f"knowledge/{key}.md", (), flaws)) for key, value in named.items()
    ]
    return tuple(one for one in notes if not one.items or any(item in items for item in one.items))


def read_note(key: str, section: Section) -> Note:
    conclusion, points = _body(section.text("text", like="一句话结论，后面最多五条“- ”开头的要点"))
    note = Note(
        key,
        section.text("title", like="施工许可限额"),
        conclusion,
        points,
        section.text("source", like="粤建市〔2019〕…号"),
        section.text("place", like="广东"),
        _day(section, "effective"),
        _day(section, "until"),
        section.texts("items"),
        section.texts("aspects"),
        section.texts("words"),
        section.text("topic", default=""),
        section.text("figure", default=""),
    )
    if not conclusion or len(conclusion) > LONGEST_CONCLUSION:
        section.flaw("text", f"第一行是结论，应在{LONGEST_CONCLUSION}字以内")
    if len(points) > MOST_POINTS:
        section.flaw("text", f"要点最多{MOST_POINTS}条，现在{len(points)}条")
    if len(conclusion) + sum(map(len, points)) > LONGEST_NOTE:
        section.flaw("text", f"结论和要点合计应在{LONGEST_NOTE}字以内，群里才读得完")
    if note.topic and not note.figure:
        section.flaw("figure", "写了 topic 就要写 figure（这份出处的说法，例如 7日）")
    section.end()
    return note


def _body(text: str) -> tuple[str, tuple[str, ...]]:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    points = tuple(line.lstrip("-*· ").strip() for line in lines if line[0] in "-*·")
    return " ".join(line for line in lines if line[0] not in "-*·"), points


def _day(section: Section, key: str) -> date | None:
    written = section.text(key, default="")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        section.flaw(key, "应为日期，例如 2019-09-01")
        return None
