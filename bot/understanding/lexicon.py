"""What people call things beyond the site's own names (data/lexicon.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from bot.understanding.characters import DATA


@dataclass(frozen=True)
class Lexicon:
    """`either`: items of which any is right for a word they share → the one taken. `qualifiers`: word of several
    readings → item → what decides for it."""

    paraphrases: Mapping[str, tuple[str, ...]]
    departments: Mapping[str, tuple[str, ...]]
    either: Mapping[frozenset[str], str]
    qualifiers: Mapping[str, Mapping[str, re.Pattern[str]]]
    spoken: Mapping[str, str]
    pattern: re.Pattern[str]

    def plain(self, text: str) -> str:
        """Dialect and spoken words as written ones; only for judging."""
        return self.pattern.sub(lambda hit: self.spoken[hit[0]], text)


@cache
def lexicon() -> Lexicon:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = yaml.load((DATA / "lexicon.yaml").read_text(encoding="utf-8"), Loader=loader)
    spoken = {str(old): str(new) for old, new in raw["spoken"].items()}
    longest_first = sorted(spoken, key=len, reverse=True)
    return Lexicon(
        {key: tuple(map(str, words)) for key, words in raw["paraphrases"].items()},
        {key: tuple(map(str, words)) for key, words in raw["departments"].items()},
        {frozenset(pair): pair[0] for pair in raw["either"]},
        {
            word: {item: re.compile(signs) for item, signs in by_item.items()}
            for word, by_item in raw["qualifiers"].items()
        },
        spoken,
        re.compile("|".join(map(re.escape, longest_first))),
    )
