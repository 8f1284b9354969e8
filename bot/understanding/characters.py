"""How a text is made comparable: widths, cases, blanks, traditional characters; and how characters sound."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
# What a phone's keyboard or an ear does not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def normalise(text: str) -> str:
    """Full width to half, upper to lower case, traditional to simplified, runs of blanks to one."""
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    return plain if plain.isascii() else plain.translate(_simplified())


@cache
def _simplified() -> dict[int, int]:
    old, new = (DATA / "traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(a): ord(b) for a, b in zip(old, new, strict=True)}


@cache
def sounds(*, blur: bool = True) -> dict[str, str]:
    """Character → how it sounds, without tone; alike sounds as one."""
    table = {}
    for line in (DATA / "pinyin.txt").read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split(" ")
        table.update(dict.fromkeys(characters, blurred(syllable) if blur else syllable))
    return table


def syllables() -> dict[str, str]:
    """Syllable as typed in Latin letters → as in `sounds`."""
    lines = (DATA / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(" ")[0]: blurred(line.split(" ")[0]) for line in lines}


def blurred(syllable: str) -> str:
    for one, other in _ALIKE:
        if one in ("zh", "ch", "sh"):
            syllable = other + syllable[2:] if syllable.startswith(one) else syllable
        elif syllable.endswith(one):
            syllable = syllable[: -len(one)] + other
    return syllable
