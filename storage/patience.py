"""A door's transaction ends in time: a database that neither answers nor refuses must not hold an answer.

The driver waits for the server without end once it is connected, so a watch shuts the socket of a transaction that
takes too long; the driver then finds its connection broken, as when the server had died.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection

_TICK_SECONDS = 0.05


class Watch:
    """Started with its first transaction, so that a process may fork after building it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._watched: dict[int, tuple[float, socket.socket]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        driver = connection.connection.dbapi_connection
        # A twin of the descriptor: the number may belong to another connection by the time it is cut.
        twin = socket.socket(fileno=os.dup(driver.fileno()))  # type: ignore[union-attr]
        with self._lock:
            self._watched[id(twin)] = (time.monotonic() + self._seconds, twin)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="patience", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._watched[id(twin)]
            twin.close()

    def _look(self) -> None:
        while True:
            time.sleep(_TICK_SECONDS)
            now = time.monotonic()
            with self._lock:
                for until, twin in self._watched.values():
                    if until < now:
                        with suppress(OSError):
                            twin.shutdown(socket.SHUT_RDWR)
