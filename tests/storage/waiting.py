"""Two talks at once on PostgreSQL: one holds something, the other waits for it in a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from storage.store import Store, Transaction

Result = TypeVar("Result")
PATIENCE = 10.0
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def connection_of(tx: Transaction) -> Connection:
    """For raw SQL: what storage itself offers no way to do."""
    return tx._connection


class Others:
    """Transactions in threads of their own."""

    def __init__(self, store: Store, pool: ThreadPoolExecutor) -> None:
        self._store, self._pool = store, pool

    def start(self, work: Callable[[Transaction], Result], lock_wait_ms: int | None = None) -> Future[Result]:
        return self._pool.submit(self._do, work, lock_wait_ms)

    def start_and_wait(
        self, work: Callable[[Transaction], Result], lock_wait_ms: int | None = None
    ) -> Future[Result]:
        """Returns when that transaction waits for a lock."""
        started = self.start(work, lock_wait_ms)
        until = monotonic() + PATIENCE
        while self.number_waiting() == 0:
            assert not started.done(), "it did not wait"
            assert monotonic() < until, "it neither waits nor ends"
            sleep(0.005)
        return started

    def number_waiting(self) -> int:
        with self._store.reading() as tx:
            return int(connection_of(tx).execute(_WAITING).scalar_one())

    def _do(self, work: Callable[[Transaction], Result], lock_wait_ms: int | None) -> Result:
        with self._store.transaction(lock_wait_ms=lock_wait_ms) as tx:
            return work(tx)


@contextmanager
def others(store: Store, threads: int = 2) -> Iterator[Others]:
    with ThreadPoolExecutor(threads) as pool:
        yield Others(store, pool)


def result_of(future: Future[Result]) -> Result:
    return future.result(PATIENCE)


def error_of(future: Future[Any]) -> BaseException | None:
    return future.exception(PATIENCE)
