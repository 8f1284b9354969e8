"""One module per occasion. Who answers what is this table; the last one answers what no other knew."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Answer, CardAction, Context, Handler
from bot.handlers import (
    applications,
    appointments,
    cards,
    entrustment,
    feedback,
    guide,
    help,
    materials,
    membership,
    progress,
    registration,
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
    *applications.HANDLERS,
    appointments.HANDLER,
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
    "invite": registration.invite,
    "redeem": registration.redeem,
    "take_in": applications.take_in,
    "refuse_case": applications.refuse,
    "decide_case": applications.decide,
    "accept_case": applications.accept,
    "change_entrustment": entrustment.change,
    "notice_read": entrustment.notice_read,
    "deputy": entrustment.deputy,
    "team": entrustment.team,
    "agree_meeting": appointments.agree,
    "move_meeting": appointments.move,
    "channels": appointments.channels,
    "sign": signing.sign,
    "stamped": signing.stamped,
}

# What a click on a card does, by the part of its key before ":".
CARDS: dict[str, CardAction] = {
    action.key: action for action in (*cards.CARDS, *signing.CARDS, *applications.CARDS, *appointments.CARDS)
}
