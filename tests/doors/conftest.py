"""The callback doors are knocked at by hand: with the right keys and wrong contents, and the other way round."""

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
