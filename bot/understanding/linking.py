"""Where no name hits: the item whose names and paraphrases share most with a text (BM25 on pairs of characters)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

SATURATED, BY_LENGTH = 1.2, 0.75
# Below it a likeness is chance: of 195 requests without a named item (both frozen sets, 16 of them about one) 10 names
# eleven, eight rightly; 6 names twenty-four, nine rightly.
ALIKE, AHEAD = 10.0, 1.0


class Linker:
    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        texts = {
            item: Counter(pair for name in set(own) for pair in pairs(name)) for item, own in names.items()
        }
        lengths = {item: sum(counts.values()) for item, counts in texts.items()}
        usual = sum(lengths.values()) / max(1, len(lengths))
        holders = Counter(pair for counts in texts.values() for pair in counts)
        self._weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for item, counts in texts.items():
            damp = SATURATED * (1 - BY_LENGTH + BY_LENGTH * lengths[item] / usual)
            for pair, count in counts.items():
                rare = math.log(1 + (len(texts) - holders[pair] + 0.5) / (holders[pair] + 0.5))
                self._weights[pair].append((item, rare * count * (SATURATED + 1) / (count + damp)))

    def nearest(self, text: str) -> tuple[str, float] | None:
        """(item, how alike), when it is alike enough and ahead of the next."""
        totals: dict[str, float] = defaultdict(float)
        for pair in pairs(text):
            for item, weight in self._weights.get(pair, ()):
                totals[item] += weight
        ranked = sorted(totals.items(), key=lambda one: -one[1])[:2]
        (item, alike), (_, next_) = [*ranked, ("", 0.0), ("", 0.0)][:2]
        return (item, alike) if alike >= ALIKE and alike - next_ >= AHEAD else None


def pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
