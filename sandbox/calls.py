"""Every call received, in order, and the faults that wait for the next ones."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

SECRET_PARAMETERS = ("access_token", "corpsecret", "code", "response_code", "key")
MOST_KEPT = 20_000


@dataclass
class Entry:
    """One call, or (`path` callback/…) something worth telling about a callback's answer."""

    n: int
    at: str
    path: str
    query: dict[str, str]
    body: Any
    status: int = 200
    errcode: int | None = 0
    effect: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        return {
            "n": self.n, "at": self.at, "path": self.path, "query": self.query, "body": self.body,
            "status": self.status, "errcode": self.errcode, "effect": self.effect, **self.detail,
        }  # fmt: skip


class Log:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._count = 0
        self._lock = threading.Lock()

    def add(self, at: str, path: str, query: dict[str, str], body: Any) -> Entry:
        public = {name: value for name, value in query.items() if name not in SECRET_PARAMETERS}
        with self._lock:
            self._count += 1
            entry = Entry(self._count, at, path, public, body)
            self._entries.append(entry)
            if len(self._entries) > MOST_KEPT + MOST_KEPT // 10:
                del self._entries[:-MOST_KEPT]
        return entry

    def shown(self, *, since: int = 0, path: str = "", last: int = 0) -> list[dict[str, Any]]:
        with self._lock:
            found = [e for e in self._entries if e.n > since and e.path.startswith(path)]
        return [entry.shown() for entry in (found[-last:] if last else found)]


@dataclass
class Fault:
    """`delay` and `cut` act first and spoil the answer; `errcode` and `status` spoil it before anything is
    done. `when` ("before" | "after") turns that round."""

    path: str
    times: int
    errcode: int | None = None
    status: int | None = None
    delay: float = 0.0
    cut: bool = False
    when: str = ""

    @property
    def acts(self) -> bool:
        """Whether the call still has its effect."""
        return self.when == "after" or (self.errcode is None and self.status is None)

    def shown(self) -> dict[str, Any]:
        return {
            "path": self.path, "times": self.times, "errcode": self.errcode, "status": self.status,
            "delay": self.delay, "cut": self.cut, "when": self.when,
        }  # fmt: skip


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def put(self, fault: Fault) -> None:
        """Replaces what waits for the same path; `times` 0 only clears, path "*" clears everything."""
        with self._lock:
            self._waiting = [f for f in self._waiting if fault.path not in (f.path, "*")]
            if fault.times > 0:
                self._waiting.append(fault)

    def take(self, path: str) -> Fault | None:
        if not self._waiting:
            return None
        with self._lock:
            found = next((f for f in self._waiting if f.path in (path, "*")), None)
            if found:
                found.times -= 1
                self._waiting = [f for f in self._waiting if f.times > 0]
            return found

    def shown(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.shown() for fault in self._waiting]
