"""From the sentences with holes to messages as people type them: filled, with openings and endings, typos, dialect."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_GROUP = re.compile(r"\(([^()]*)\)")
_HOLE = re.compile(r"\{(\w+)\}")
OFFICERS = ("service_officer", "representative")
ROLES = {
    "enterprise": ("enterprise",),
    "officer": OFFICERS,
    "supervisor": ("supervisor", "supervisor", "service_officer"),
    "any": ("enterprise",) * 6 + ("service_officer", "representative", "supervisor"),
}
_DRESSING: dict[str, Any] = yaml.safe_load((HERE / "dressing.yaml").read_text(encoding="utf-8"))
OPENINGS, ENDINGS, SWAPS = (_DRESSING[name] for name in ("openings", "endings", "swaps"))
_SHORT = {"greet", "thanks", "confirm", "deny", "cancel", "none", "rate", "help"}


@dataclass(frozen=True)
class Message:
    text: str
    label: str
    role: str


class Fillers:
    """What may stand in a hole."""

    def __init__(
        self, items: list[tuple[str, list[str]]], departments: list[str], forms: list[str], stages: list[str]
    ) -> None:
        raw: dict[str, Any] = yaml.safe_load((HERE / "fillers.yaml").read_text(encoding="utf-8"))
        self.raw = raw
        self.items = items
        self.words = {
            "d": departments + raw["dept_more"] * 4, "f": forms, "f6": ["办结单"], "stage": stages, "m": raw["material"],
            "w": raw["person"], "co": raw["company"], "x": raw["problem"], "ans": raw["answer"], "work": raw["work"],
            "state": [one for ones in raw["state"].values() for one in ones],
            "rating": [one for ones in raw["rating"].values() for one in ones], "stars": raw["stars"],
            "num": raw["number_unit"], "t": raw["date"], "s": raw["span"], "q": raw["ambiguous"],
        }  # fmt: skip

    def fill(self, hole: str, dice: random.Random) -> str:
        if hole == "i":
            return dice.choice(dice.choice(self.items)[1])
        if hole == "n":
            number = dice.choice([dice.randint(1, 60), dice.randint(32, 400)])
            return dice.choice(
                ["{0}号", "问题{0}", "{0}号问题", "#{0}", "{0}号", "问题 {0}", "{0}号那个", "第{0}号", "{0}#"]
            ).format(number)
        if hole == "p":
            return f"YX-2026-{dice.randint(1, 40):03d}"
        return str(dice.choice(self.words[hole]))


def patterns() -> Iterator[tuple[str, str, str]]:
    """(label, side, sentence with holes)"""
    for path in sorted((HERE / "messages").glob("*.yaml")):
        for label, by_side in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for side, lines in by_side.items():
                for line in lines.splitlines():
                    if line.strip():
                        yield label, side, line.strip()


def messages(fillers: Fillers, seed: int, times: int, *, plain: bool = False) -> Iterator[Message]:
    dice = random.Random(seed)
    for label, side, pattern in patterns():
        choices = len(re.findall(r"[|{]", pattern))
        for _ in range(min(times, 2 + choices)):
            text = _fill(_choose(pattern, dice), fillers, dice)
            role = dice.choice(ROLES[side])
            yield Message(text if plain else _dress(text, label, side, dice), label, role)


def _choose(pattern: str, dice: random.Random) -> str:
    while True:
        hit = _GROUP.search(pattern)
        if hit is None:
            return pattern
        pattern = pattern[: hit.start()] + dice.choice(hit[1].split("|")) + pattern[hit.end() :]


def _fill(pattern: str, fillers: Fillers, dice: random.Random) -> str:
    return _HOLE.sub(lambda hole: fillers.fill(hole[1], dice), pattern)


def _dress(text: str, label: str, side: str, dice: random.Random) -> str:
    kind = side if side != "any" else "enterprise"
    if dice.random() < 0.35:
        text = _swap(text, dice)
    if label not in _SHORT and dice.random() < 0.55:
        text = dice.choice(OPENINGS[kind]) + text
    if dice.random() < 0.5:
        ending = dice.choice(ENDINGS[kind])
        text = (
            text + ending
            if not (text.endswith(("吗", "了吗", "没", "呢", "么")) and ending in ("吗", "呢", "嘛"))
            else text
        )
    if dice.random() < 0.15:
        text = re.sub(r"[，,。：？！]", " " if dice.random() < 0.4 else "", text)
    return text


def _swap(text: str, dice: random.Random) -> str:
    words = [word for word in SWAPS if word in text]
    if not words:
        return text
    word = dice.choice(words)
    return text.replace(word, dice.choice(SWAPS[word]), 1)
