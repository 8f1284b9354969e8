"""The sample county, and a talk with it. Whatever was said in a talk is read aloud at its end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.loading import load_sample
from storage.store import Store
from tests.conversations.aloud import read_aloud
from tests.talk import Talk, talking

STARTS = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "config" / "sample.yaml"

Start = Callable[..., AbstractContextManager[Talk]]


@pytest.fixture(scope="session")
def county(sqlite_templates: Path) -> Path:
    """A database with the sample data, to copy."""
    path = sqlite_templates / "county"
    shutil.copy(sqlite_templates / "with_site", path)
    store = Store(f"sqlite:///{path}")
    load_sample(store, SAMPLE, STARTS, ZoneInfo("Asia/Shanghai"))
    store.close()
    return path


@pytest.fixture
def start(county: Path, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts the product on this test's database; again after it ended, as after a restart. Settings by name."""
    database = tmp_path / "county.db"
    shutil.copy(county, database)
    return lambda **extra: talking(f"sqlite:///{database}", redis_url, tmp_path, monkeypatch, extra)


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
