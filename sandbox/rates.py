"""How often something happened lately: sliding windows by the sandbox's clock."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence


class Rates:
    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = defaultdict(deque)

    def allow(self, key: str, windows: Sequence[tuple[int, int]], now: float, *, times: int = 1) -> bool:
        """True and counted when every (seconds, most) window still has room; False and not counted else."""
        past = self._times[key]
        longest = max(seconds for seconds, _ in windows)
        while past and not now - longest < past[0] <= now:
            past.popleft()
        if any(self._within(past, now - seconds) + times > most for seconds, most in windows):
            return False
        past.extend([now] * times)
        return True

    @staticmethod
    def _within(past: deque[float], since: float) -> int:
        if not past or past[0] > since:
            return len(past)
        return sum(1 for at in past if at > since)
