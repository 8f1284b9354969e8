"""What a review found wrong once: each of these tests failed before its repair."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.conftest import Start, county, start
from tests.talk import Talk

__all__ = ["county", "start", "talk"]


@pytest.fixture
def talk(start: Start) -> Iterator[Talk]:
    with start() as started:
        yield started
