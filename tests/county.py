"""The sample county: its database to copy, and the product started on such a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.loading import load_sample
from storage.store import Store
from tests.talk import Ground, Talk, ground, talking_on

STARTS = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
SAMPLE = Path(__file__).parents[1] / "config" / "sample.yaml"

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


@pytest.fixture(scope="session")
def shared_ground() -> Iterator[Ground]:
    with ground() as one:
        yield one


@pytest.fixture
def start(
    shared_ground: Ground, county: Path, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Start:
    """Starts the product on this test's database; again after it ended, as after a restart. Settings by name."""
    database = county.with_name("talked-of.db")
    for old in database.parent.glob(f"{database.name}*"):  # its log beside it, too
        old.unlink()
    shutil.copy(county, database)

    @contextmanager
    def started(**extra: str) -> Iterator[Talk]:
        url = f"sqlite:///{database}"
        with talking_on(shared_ground, url, redis_url, tmp_path, monkeypatch, extra) as talk:
            shared_ground.lend(talk.parts)
            yield talk

    return started


@pytest.fixture
def start_on_postgres(
    shared_ground: Ground,
    postgres_site_url: str,
    redis_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Start:
    """For what only real row locks can show, and for what must hold on both."""
    store = Store(postgres_site_url)
    load_sample(store, SAMPLE, STARTS, ZoneInfo("Asia/Shanghai"))
    store.close()

    @contextmanager
    def started(**extra: str) -> Iterator[Talk]:
        with talking_on(shared_ground, postgres_site_url, redis_url, tmp_path, monkeypatch, extra) as talk:
            shared_ground.lend(talk.parts)
            yield talk

    return started


@pytest.fixture
def on_postgres(start_on_postgres: Start) -> Iterator[Talk]:
    with start_on_postgres() as talk:
        yield talk
