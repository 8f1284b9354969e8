"""Days as people write them: 9月20日, 20号, 今天, 2026-09-20; and spans: 15个工作日."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WORDS = {"大后天": 3, "后天": 2, "明天": 1, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2}
DAY = (
    r"(?:(?:\d{4}\s*[-年./]\s*)?\d{1,2}\s*[-月./]\s*\d{1,2}\s*[日号]?|\d{1,2}\s*[日号](?!\s*内)"
    rf"|{'|'.join(_WORDS)})"
)
_FULL = re.compile(r"(?:(\d{4})\s*[-年./]\s*)?(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]")
_SPAN = re.compile(r"(\d{1,3})\s*(?:个)?(工作日|自然日|日历日|天|日)(?!前)")


def read_day(text: str, today: date) -> date | None:
    """One written like `DAY`; without a year the one nearest to today. None for a day that does not exist."""
    written = text.strip()
    for word, offset in _WORDS.items():
        if written.startswith(word):
            return today + timedelta(days=offset)
    full = _FULL.match(written)
    if full:
        years = [int(full[1])] if full[1] else [today.year - 1, today.year, today.year + 1]
        return _nearest([_day(year, int(full[2]), int(full[3])) for year in years], today)
    only = _DAY_ONLY.match(written)
    return _nearest([_day(today.year, today.month, int(only[1]))], today) if only else None


def first_day(text: str, today: date) -> date | None:
    hit = re.search(DAY, text)
    return read_day(hit[0], today) if hit else None


def day_in(text: str, today: date) -> date | None:
    """The first one, looked for from today on: without a year the next such day."""
    hit = re.search(DAY, text)
    found = read_day(hit[0], today) if hit else None
    named = hit is not None and (hit[0] in _WORDS or re.match(r"20\d{2}", hit[0]) is not None)
    if found is None or named or found >= today:
        return found
    return _day(found.year + 1, found.month, found.day)


def span(text: str) -> tuple[int, str] | None:
    """(number, working | calendar)"""
    hit = _SPAN.search(text)
    return (int(hit[1]), "working" if hit[2] == "工作日" else "calendar") if hit else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(days: list[date | None], today: date) -> date | None:
    known = [day for day in days if day is not None]
    return min(known, key=lambda day: abs((day - today).days)) if known else None
