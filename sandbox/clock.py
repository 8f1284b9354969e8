"""The sandbox's time: it starts on a fixed day, runs on in real time, and can be moved."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 9, 15, 9, 30, tzinfo=CHINA)


class Clock:
    def __init__(self, start: datetime = START) -> None:
        self.offset = 0.0
        self.move_to(start)

    def move_to(self, instant: datetime) -> None:
        """A time without a zone is the office's."""
        aware = instant if instant.tzinfo else instant.replace(tzinfo=CHINA)
        self.offset = aware.timestamp() - time.time()

    def now(self) -> float:
        """Seconds since 1970 in the sandbox's time."""
        return time.time() + self.offset

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now(), CHINA)


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, CHINA).isoformat(timespec="seconds")
