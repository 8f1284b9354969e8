"""`make gallery`: plays the story of the cards and keeps a picture of each with its states, from the sandbox's own page."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot import redis_server
from tests.bench.stage import county
from tests.browser.chromium import chromium, window
from tests.conversations.card_story import STORIES
from tests.conversations.test_card_states import play
from tests.talk import talking

WIDE = (1280, 900)


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, story in STORIES.items():
            with tempfile.TemporaryDirectory() as made, pytest.MonkeyPatch.context() as env:
                folder = Path(made)
                county(f"sqlite:///{folder / 'county.db'}")
                redis = redis_server.start(folder)
                try:
                    url = f"unix://{folder.resolve() / 'redis.sock'}"
                    with talking(f"sqlite:///{folder / 'county.db'}", url, folder, env) as talk:
                        for scene in story:
                            play(talk, scene)
                        with window(browser, f"{talk.platform.base}/sandbox/cards", WIDE) as page:
                            expect(page.locator("#cards[data-ready]")).to_be_visible()
                            page.screenshot(path=out / f"cards-{name}.png", full_page=True)
                finally:
                    redis.kill()
                    redis.wait(5)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("var") / "gallery")
