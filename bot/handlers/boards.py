"""“看板”: the way to the board, for whoever may see it."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.texts import board as texts
from bot.texts.pages import NO_PAGES
from domain.errors import InvalidAnswer, NotAllowed
from domain.people import ALLOWED, Action


def show(context: Context, arguments: dict[str, str]) -> Answer:  # noqa: ARG001
    if not context.must_sender.roles & ALLOWED[Action.SEE_BOARD]:
        raise NotAllowed(Action.SEE_BOARD, context.whom_to_ask)
    if context.message.in_group:
        raise InvalidAnswer(texts.NOT_IN_GROUP)
    if not context.pages_url:
        raise InvalidAnswer(NO_PAGES)
    return words(texts.link(f"{context.pages_url}/m/board"))


COMMANDS = {"board": show}
