"""What every test may ask for: databases that are ready to use, and a Redis. Servers start when first asked for,
once per test process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from redis import Redis

from bot.documents import fonts
from bot.loading import load_site
from storage.migrating import migrate
from storage.store import Store
from tests import servers
from tests.county import county, on_postgres, shared_ground, start, start_on_postgres

__all__ = ["county", "on_postgres", "shared_ground", "start", "start_on_postgres"]

CONFIG = Path(__file__).parents[1] / "config"
LOADED_AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
BOTH = ("sqlite", "postgresql")
Server = TypeVar("Server")

# How long an example takes is the machine's affair: speed is a row of `make bench`, never of a test.
settings.register_profile("daiban", deadline=None)
settings.load_profile("daiban")


def _or_skip(start: Callable[[], AbstractContextManager[Server]]) -> Iterator[Server]:
    """A server this machine cannot run is a skip with its reason, on the build machine a failure."""
    with ExitStack() as running:
        try:
            server = running.enter_context(start())
        except servers.Unavailable as reason:
            if os.environ.get("CI") == "true":
                pytest.fail(str(reason))
            pytest.skip(str(reason))
        yield server


@pytest.fixture(scope="session")
def chinese_font() -> Path:
    """For pictures; a machine without one skips them with what to install, the build machine fails."""
    found = fonts.chinese()
    if found is None:
        missing = "no Chinese font: apt-get install fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    yield from _or_skip(servers.postgres)


@pytest.fixture(scope="session")
def postgres_templates(postgres: servers.Postgres) -> servers.Postgres:
    """The server with two databases to copy: `migrated`, and `with_site` that has the shipped configuration."""
    _prepare(postgres.create("migrated"), with_site=False)
    _prepare(postgres.create("with_site", "migrated"), with_site=True)
    for name in ("migrated", "with_site"):
        postgres.keep(name)
    return postgres


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same two as files."""
    folder = tmp_path_factory.mktemp("templates")
    _prepare(f"sqlite:///{folder / 'migrated'}", with_site=False)
    shutil.copy(folder / "migrated", folder / "with_site")
    _prepare(f"sqlite:///{folder / 'with_site'}", with_site=True)
    return folder


def _prepare(url: str, *, with_site: bool) -> None:
    store = Store(url)
    migrate(store)
    if with_site:
        load_site(store, CONFIG, LOADED_AT)
    # Nothing may stay open: PostgreSQL copies no database in use, SQLite leaves its log beside the file.
    store.close()


# ---------------------------------------------------------------- a database of one's own, by URL


@pytest.fixture
def postgres_url(postgres_templates: servers.Postgres) -> Iterator[str]:
    """Migrated and empty."""
    with postgres_templates.lent("migrated") as url:
        yield url


@pytest.fixture
def postgres_site_url(postgres_templates: servers.Postgres) -> Iterator[str]:
    with postgres_templates.lent("with_site") as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_templates: Path, tmp_path: Path) -> str:
    """Migrated and empty."""
    return _copied(sqlite_templates / "migrated", tmp_path / "daiban.db")


@pytest.fixture
def sqlite_site_url(sqlite_templates: Path, tmp_path: Path) -> str:
    return _copied(sqlite_templates / "with_site", tmp_path / "daiban-site.db")


def _copied(template: Path, target: Path) -> str:
    shutil.copy(template, target)
    return f"sqlite:///{target}"


# ---------------------------------------------------------------- the same, opened


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Migrated and empty, once on each database."""
    url = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    yield from _opened(request.getfixturevalue(url))


@pytest.fixture(params=BOTH)
def site_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """With the shipped configuration loaded, once on each database."""
    url = {"sqlite": "sqlite_site_url", "postgresql": "postgres_site_url"}[request.param]
    yield from _opened(request.getfixturevalue(url))


@pytest.fixture
def postgres_store(postgres_site_url: str) -> Iterator[Store]:
    """With the shipped configuration; for what only real row locks can show."""
    yield from _opened(postgres_site_url)


@pytest.fixture
def sqlite_store(sqlite_site_url: str) -> Iterator[Store]:
    """With the shipped configuration; quick, for tests that are not about the database."""
    yield from _opened(sqlite_site_url)


def _opened(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


# ---------------------------------------------------------------- Redis


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    yield from _or_skip(servers.redis)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """A real server, emptied."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server
