"""Somebody wrote a private number into the group: it is masked before it is kept, and the person hears where it belongs."""

from __future__ import annotations

import re

from bot.context import Answer, Context
from bot.moves.work import case_work
from bot.texts import alarms as texts

_PHONE = re.compile(r"1[3-9]\d\*{4}\d{4}")
_IDENTITY = re.compile(r"\d{4}\*{7,}\d{3}[\dXx]")


def after(context: Context, answer: Answer) -> Answer:
    """Told in private, once a message; nothing more is said of it in the group."""
    if not context.message.in_group or context.sender is None:
        return answer
    text = context.message.text
    phone = bool(context.message.phones) or _PHONE.search(text) is not None
    identity = _IDENTITY.search(text) is not None
    if not (phone or identity):
        return answer
    hint = texts.private_number(identity=identity)
    once = f"private_number:{context.inbox_id}"
    return answer.and_tell(
        case_work(context).tell(context.sender, hint, f"inbox:{context.inbox_id}", once=once, urgent=True)
    )
