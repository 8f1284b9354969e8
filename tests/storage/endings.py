"""Transactions that do not end well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from storage.store import Store, Transaction


class _Undone(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[Transaction]:
    """Everything in it is rolled back."""
    with suppress(_Undone), store.transaction() as tx:
        yield tx
        raise _Undone


@contextmanager
def refused(store: Store, with_error: type[Exception]) -> Iterator[Transaction]:
    """It must end in this error."""
    with pytest.raises(with_error), store.transaction() as tx:
        yield tx
