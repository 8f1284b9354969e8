"""What the model looks at: short runs of characters of the masked text, who speaks, what it is about (concepts), and
which signs rules have seen."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from bot.understanding.concepts import concepts

ROWS = 65521
LONGEST_RUN = 3
LONGEST_TEXT = 160
_OFFICERS = frozenset({"service_officer", "representative"})


def features(masked: str, role: str, signs: tuple[str, ...] = ()) -> Iterator[str]:
    """`signs`: what rules have noticed; a sign by itself and with the role."""
    side = "o" if role in _OFFICERS else role[0]
    yield f"r:{side}"
    yield f"r:{role}"
    for sign in signs:
        yield f"s:{sign}"
        yield f"s:{side}:{sign}"
    if len(masked) <= 4:
        yield f"l:{len(masked)}"
    if len(masked) > LONGEST_TEXT:
        masked = masked[: LONGEST_TEXT - 60] + masked[-60:]
    text = f"^{masked}$"
    for size in range(1, LONGEST_RUN + 1):
        for at in range(len(text) - size + 1):
            yield text[at : at + size]
    for at in range(len(text) - 1):
        yield f"{side}|{text[at : at + 2]}"
    for concept in concepts(masked):
        yield f"c:{concept}"
        yield f"c:{side}:{concept}"


def row_of(feature: str) -> int:
    return crc32(feature.encode()) % ROWS
