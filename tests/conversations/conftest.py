"""A talk with the sample county. Whatever was said in a talk is read aloud at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.aloud import read_aloud
from tests.county import Start
from tests.talk import Talk


@pytest.fixture
def talk(start: Start) -> Iterator[Talk]:
    with start() as started:
        yield started
        read_aloud(started)


@pytest.fixture
def paged(start: Start) -> Iterator[Talk]:
    """A house with pages: buttons that need words open them."""
    with start(PAGES="1") as started:
        yield started
        read_aloud(started)


@pytest.fixture
def problem(talk: Talk) -> int:
    """Problem 3 of the plastics works, with the housing bureau's representative."""
    return talk.files_problem()
