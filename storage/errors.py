"""What can go wrong with the database, without a word of what was in a row.

Driver errors carry row contents even with hidden parameters, so `Store` re-raises these `from None`
(contract §10, privacy of errors).
"""

from __future__ import annotations


class StorageError(Exception):
    """Something the database refused; the text is the class of the driver's error only."""


class Conflict(StorageError):
    """A unique key or another constraint said no."""


class Busy(StorageError):
    """A lock was not to be had in time."""


class DatabaseDown(StorageError):
    """The database does not answer, or broke off."""


class Stale(StorageError):
    """Somebody else changed the row since it was read (compare-and-set)."""
