"""What time it is. In the sandbox the office's clock is moved; everywhere else it is the machine's."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, date, datetime, timedelta
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

_KEEP_SECONDS = 1.0


class Clock:
    """`now()`: the office's instant, aware UTC. `real_now()`: the machine's, for leases and heartbeats."""

    def __init__(self, zone: ZoneInfo, sandbox_base: str | None = None) -> None:
        self.zone = zone
        self._base = sandbox_base
        self._offset = timedelta()
        self._asked = 0.0
        self._lock = threading.Lock()

    def real_now(self) -> datetime:
        return datetime.now(UTC)

    def now(self) -> datetime:
        return self.real_now() + self._current_offset()

    def today(self, instant: datetime) -> date:
        """The office's day, which after 16:00 UTC is tomorrow's."""
        return instant.astimezone(self.zone).date()

    def _current_offset(self) -> timedelta:
        if self._base is None:
            return self._offset
        with self._lock:
            if time.monotonic() - self._asked >= _KEEP_SECONDS:
                self._ask()
                self._asked = time.monotonic()
            return self._offset

    def _ask(self) -> None:
        try:
            with urlopen(f"{self._base}/sandbox/state?only=clock", timeout=2) as answer:
                self._offset = timedelta(seconds=float(json.load(answer)["offset"]))
        except (URLError, OSError, ValueError, KeyError):
            return  # the sandbox is starting or gone: keep the last offset
