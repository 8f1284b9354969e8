"""What a review found wrong once: each of these tests failed before its repair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.loading import load_sample
from storage.store import Store
from tests.county import SAMPLE, STARTS, Start
from tests.talk import Talk, talking


@pytest.fixture
def talk(start: Start) -> Iterator[Talk]:
    with start() as started:
        yield started


@pytest.fixture
def on_postgres(
    postgres_site_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Talk]:
    """For what only real row locks can show."""
    store = Store(postgres_site_url)
    load_sample(store, SAMPLE, STARTS, ZoneInfo("Asia/Shanghai"))
    store.close()
    with talking(postgres_site_url, redis_url, tmp_path, monkeypatch) as talk:
        yield talk
