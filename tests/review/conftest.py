"""What a review found wrong once: each of these tests failed before its repair."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.county import Start
from tests.talk import Talk


@pytest.fixture
def talk(start: Start) -> Iterator[Talk]:
    with start() as started:
        yield started
