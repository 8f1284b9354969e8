"""A day as people type it: 9月30日, 9.30, 2026-09-30, 明天."""

from __future__ import annotations

import re
from datetime import date, timedelta

_FULL = re.compile(r"(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?!\d)")
_NAMED = {"今天": 0, "明天": 1, "后天": 2}


def day_in(text: str, today: date) -> date | None:
    """Without a year the next such day from today on. None for what is no day."""
    for word, days in _NAMED.items():
        if word in text:
            return today + timedelta(days=days)
    full = _FULL.search(text)
    if full:
        return _day(int(full[1]), int(full[2]), int(full[3]))
    short = _SHORT.search(text)
    if short is None:
        return None
    month, day = int(short[1]), int(short[2])
    this = _day(today.year, month, day)
    return this if this is None or this >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
