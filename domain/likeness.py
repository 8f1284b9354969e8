"""How alike two descriptions are, and which pairs of characters they are made of. No dictionary: people's words
are short and full of slips, pairs of characters survive both."""

from __future__ import annotations

import re
from functools import lru_cache

_NO_WORDS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


@lru_cache(maxsize=2048)  # each is compared with many
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, within a run of characters and digits."""
    runs = _NO_WORDS.split(text.lower())
    return frozenset(run[n : n + 2] for run in runs for n in range(len(run) - 1))


def likeness(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same words (Dice's coefficient over pairs of characters)."""
    first, second = bigrams(one), bigrams(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
