"""Many posts of one occasion go out minute by minute, away from full and half hours (90236 asks for it)."""

from __future__ import annotations

from datetime import datetime, timedelta

_CROWDED = frozenset({59, 0, 1, 29, 30, 31})  # minutes of every hour when everybody posts
ONE_MINUTE = timedelta(minutes=1)


def spread(start: datetime, place: int, a_minute: int) -> datetime:
    """When the post at this place (from 0) goes out: the first of them at once."""
    at = start
    for _ in range(place // a_minute):
        at += ONE_MINUTE
        while at.minute in _CROWDED:
            at += ONE_MINUTE
    return at
