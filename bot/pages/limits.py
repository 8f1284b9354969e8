"""How often somebody may knock: per process, so that nothing outside need be asked; a wall against guessing and
runaway scripts, not a quota."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

MINUTE = 60.0
MOST_KEPT = 10_000


@dataclass(frozen=True)
class Limit:
    name: str
    a_minute: int


LOOKING = Limit("look", 240)
WRITING = Limit("write", 60)
ENTERING = Limit("enter", 30)


class Gate:
    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], deque[float]] = {}
        self._lock = threading.Lock()

    def lets_in(self, limit: Limit, who: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if len(self._seen) > MOST_KEPT:
                self._seen.clear()
            times = self._seen.setdefault((limit.name, who), deque())
            while times and times[0] < now - MINUTE:
                times.popleft()
            if len(times) >= limit.a_minute:
                return False
            times.append(now)
            return True
