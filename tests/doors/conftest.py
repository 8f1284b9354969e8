"""The callback doors are knocked at by hand: with the right keys and wrong contents, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.county import Start
from tests.talk import Talk


@pytest.fixture
def talk(start: Start) -> Iterator[Talk]:
    with start() as started:
        yield started
