"""Cutting text to the platform's limits, always at a character."""

from __future__ import annotations

import re

# What XML cannot carry, and what has no place in a message: control characters, halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]")
_WHITE = re.compile(r"\s+")
TAIL = "…"


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def identifier(text: str) -> str:
    """An id without control characters and blanks around; ids have been seen with both."""
    return _CONTROL.sub("", text).strip()


def one_line(text: str, most: int) -> str:
    """At most `most` characters in one line."""
    return cut_chars(_WHITE.sub(" ", text).strip(), most)


def cut_chars(text: str, most: int) -> str:
    text = printable(text)
    return text if len(text) <= most else text[: most - len(TAIL)] + TAIL


def cut_bytes(text: str, most: int, tail: str = TAIL) -> str:
    """At most `most` bytes of UTF-8."""
    text = printable(text)
    raw = text.encode()
    if len(raw) <= most:
        return text
    return raw[: most - len(tail.encode())].decode(errors="ignore") + tail
