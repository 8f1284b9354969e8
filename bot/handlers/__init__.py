"""One module per occasion. Who answers what is this table; the last one answers what no other knew."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Answer, CardAction, Context, Handler
from bot.handlers import (
    cards,
    extensions,
    feedback,
    guide,
    help,
    lamps,
    materials,
    membership,
    progress,
    records,
    replies,
    signing,
    todo,
)

__all__ = ["CARDS", "COMMANDS", "HANDLERS"]

HANDLERS: tuple[Handler, ...] = (
    progress.HANDLER,
    materials.HANDLER,
    materials.TEMPLATES,
    materials.HAND_IN,
    materials.SUPPLEMENT,
    guide.HANDLER,
    guide.CONTACT,
    feedback.HANDLER,
    feedback.JUDGEMENT,
    *replies.HANDLERS,
    extensions.HANDLER,
    todo.HANDLER,
    todo.DIGEST,
    *help.HANDLERS,
)

# Exact command words of officers, matched before understanding (contract §6).
COMMANDS: dict[str, Callable[[Context, dict[str, str]], Answer]] = {
    "bind": membership.bind,
    "unbind": membership.unbind,
    "release": replies.release,
    "hurry": replies.hurry,
    "return": replies.return_draft,
    "undo": replies.undo,
    "grant_extension": extensions.grant,
    "refuse_extension": extensions.refuse,
    "lamp": lamps.why,
    "records": records.show,
    "fetch": records.fetch,
    "sign": signing.sign,
    "stamped": signing.stamped,
}

# What a click on a card does, by the part of its key before ":".
CARDS: dict[str, CardAction] = {
    action.key: action for action in (*cards.CARDS, *extensions.CARDS, *signing.CARDS)
}
