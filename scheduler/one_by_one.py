"""A line's work for many subjects: one that cannot be done must not silence all that come after it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.faults import kind, place
from storage.errors import Busy, DatabaseDown

log = logging.getLogger(__name__)
Subject = TypeVar("Subject", int, str)


def one_by_one(job: str, subjects: Iterable[Subject], do: Callable[[Subject], None]) -> None:
    """`subjects`: ids, which are logged beside the class of what went wrong."""
    for subject in subjects:
        try:
            do(subject)
        except (Busy, DatabaseDown):
            raise
        except Exception as error:  # noqa: BLE001
            log.error("%s of %s not done: %s at %s", job, subject, kind(error), place(error))
