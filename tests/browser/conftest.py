"""The real house with its page, once for all tests in a file, and a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.processes.house import real_house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def url(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """After the browser: without one there is no house to build."""
    folder = tmp_path_factory.mktemp("house")
    with real_house(folder, f"sqlite:///{folder / 'daiban.db'}") as house:
        house.start_redis()
        house.start("sandbox")  # loads the sample, which the others need
        house.start("web", "worker", "scheduler")
        yield f"{house.platform.base}/"
