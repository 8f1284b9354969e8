"""Which buttons open a page: those that need words, where this house has pages; elsewhere the app asks (contract §9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.platform import Card, CardButton, UpdateCard


def with_pages(speech: Any, base: str) -> Any:
    """The same with addresses in it. `base`: what links begin with, "" where there are no pages. For cards of the app
    only: a bot's buttons open nothing."""
    if not base:
        return speech
    if isinstance(speech, UpdateCard) and speech.card is not None:
        return replace(speech, card=_opened(speech.card, base))
    return _opened(speech, base) if isinstance(speech, Card) else speech


def _opened(card: Card, base: str) -> Card:
    buttons = tuple(_button(one, base) for one in card.buttons)
    return replace(card, buttons=buttons, url=card.url or (f"{base}{card.page}" if card.page else None))


def _button(button: CardButton, base: str) -> CardButton:
    return replace(button, url=f"{base}{button.page}") if button.page else button
