"""Chromium for tests and pictures: the one of this machine, quiet, and closed at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium: apt-get install chromium fonts-noto-cjk"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
DESKTOP, SMALL = (1440, 900), (390, 844)


def find() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Without one on this machine: a skip, on the build machine a failure."""
    path = find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser: Browser, url: str, size: tuple[int, int]) -> Iterator[Page]:
    """A fresh window on the page; what breaks in its scripts fails the test."""
    width, height = size
    touch = width < 700
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", has_touch=touch, is_mobile=touch
    )
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    try:
        page.goto(url)
        yield page
    finally:
        context.close()
    assert broken == []
