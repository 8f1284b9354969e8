"""Messages that could not be kept because the database was away: one file each, imported in order, then deleted.

Name = SHA-256 of the message's key, created exclusively, mode 0600 (contract §3). One spool per host.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Spool:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, record: dict[str, Any]) -> bool:
        """False when it is spooled already. The file is whole or not there: written aside, then linked."""
        return self._write(key, record, ".json")

    def set_aside(self, key: str, record: dict[str, Any]) -> None:
        """For a person to look at (`doctor` counts them); never imported."""
        self._write(key, record, ".bad")

    def _write(self, key: str, record: dict[str, Any], ending: str) -> bool:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}{ending}"
        aside = target.with_suffix(f".{os.getpid()}.{time.monotonic_ns()}")
        content = json.dumps({"at": time.time_ns(), "record": record})
        with os.fdopen(
            os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, target)  # fails when it is there: exclusive
        except FileExistsError:
            return False
        finally:
            aside.unlink()
        return True

    def waiting(self) -> bool:
        try:
            with os.scandir(self._folder) as entries:
                return any(entry.name.endswith(".json") for entry in entries)
        except FileNotFoundError:
            return False

    def in_order(self) -> list[tuple[Path, dict[str, Any]]]:
        """Oldest first. An unreadable file is set aside as `.bad`, never in the way of the others."""
        found: list[tuple[int, Path, dict[str, Any]]] = []
        for path in self._folder.glob("*.json"):
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
                found.append((int(content["at"]), path, content["record"]))
            except (OSError, ValueError, KeyError, TypeError):
                self.give_up(path)
        return [(path, record) for _, path, record in sorted(found, key=lambda entry: entry[0])]

    @staticmethod
    def give_up(path: Path) -> None:
        """Out of the way of the others, for a person to look at."""
        path.rename(path.with_suffix(".bad"))

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this process is the one that imports now."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
