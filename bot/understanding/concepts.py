"""Words of one meaning (data/concepts.txt): 催, 抓紧, 快点 are one thing to the model, also those it has never read."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.understanding.characters import DATA

_ENTRY = ""


@cache
def _trie() -> dict[str, Any]:
    root: dict[str, Any] = {}
    for line in (DATA / "concepts.txt").read_text(encoding="utf-8").splitlines():
        name, *words = line.split()
        for word in words:
            node = root
            for character in word:
                node = node.setdefault(character, {})
            node[_ENTRY] = (*node.get(_ENTRY, ()), name)
    return root


def concepts(text: str) -> list[str]:
    """In order of place; at each place the longest word, also within another's."""
    root = _trie()
    found: list[str] = []
    for at in range(len(text)):
        node: dict[str, Any] | None = root
        names: tuple[str, ...] = ()
        for character in text[at:]:
            node = node.get(character) if node else None
            if node is None:
                break
            names = node.get(_ENTRY, names)
        found += names
    return list(dict.fromkeys(found))
