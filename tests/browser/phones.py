"""One phone of the page, as the person holding it uses it: looks, types, taps."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

GROUP = "yx2026001"
# What comes from another phone passes the worker, what the page shows is asked for every second.
PATIENCE = 45_000


class Phone:
    def __init__(self, page: Page, number: int) -> None:
        self.page = page
        self.number = number
        self.messages = self.part("messages")

    def part(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"phone-{self.number}-{name}")

    def opens(self, chat: str) -> None:
        self.part(f"chat-{chat}").click()

    def says(self, text: str) -> None:
        self.part("input").fill(text)
        self.part("input").press("Enter")

    def shows(self, words: str, sender: str = "") -> Locator:
        """Waits for a message with these words, and returns the last of them."""
        kind = f'[data-from="{sender}"]' if sender else "[data-from]"
        found = self.messages.locator(kind).filter(has_text=words).last
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def taps(self, label: str, card: str) -> None:
        """A button of the newest card that has it and these words."""
        button = self.page.get_by_role("button", name=label, exact=True)
        cards = self.messages.locator('[data-kind="card"]').filter(has_text=card).filter(has=button)
        cards.last.get_by_role("button", name=label, exact=True).click(timeout=PATIENCE)

    @property
    def web(self) -> FrameLocator:
        """The page that is open in this phone."""
        return self.page.frame_locator(f'[data-testid="phone-{self.number}-frame"]')

    def leaves_web(self) -> None:
        self.part("frame-back").click()

    def downloads(self, name: str, folder: Path) -> bytes:
        with self.page.expect_download() as download:
            self.shows(name).get_by_test_id("file-open").click()
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        return target.read_bytes()

    def registers(self, confirm: Callable[[], None]) -> int:
        """The number the confirmed problem gets, read from the bot's words."""
        told = self.messages.locator('[data-from="bot"]').filter(has_text="已登记为问题")
        before = told.count()
        confirm()
        expect(told).to_have_count(before + 1, timeout=PATIENCE)
        found = re.search(r"问题(\d+)", told.last.inner_text())
        assert found
        return int(found[1])


def four(page: Page) -> tuple[Phone, Phone, Phone, Phone]:
    """The contact, the representative, the service officer, the supervisor."""
    expect(page.get_by_test_id(f"phone-1-chat-{GROUP}")).to_be_visible(timeout=PATIENCE)
    return Phone(page, 1), Phone(page, 2), Phone(page, 3), Phone(page, 4)
