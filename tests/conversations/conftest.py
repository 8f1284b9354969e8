"""The sample county, and a talk with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.loading import load_sample
from storage.store import Store
from tests.talk import Talk, talking

STARTS = datetime(2026, 9, 15, 1, 30, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "config" / "sample.yaml"


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
def talk(
    county: Path, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Talk]:
    shutil.copy(county, tmp_path / "county.db")
    with talking(f"sqlite:///{tmp_path / 'county.db'}", redis_url, tmp_path, monkeypatch) as started:
        yield started
