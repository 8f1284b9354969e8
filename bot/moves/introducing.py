"""Whoever asks for the first time is told of the service, once (R051)."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Answer, Context
from bot.platform import Say, Text, Voice
from bot.texts import registration as texts


def before(context: Context, answer: Answer) -> Answer:
    """In front of the first answer to somebody unknown, in a single chat."""
    message = context.message
    said = answer.say
    if context.sender is not None or message.in_group or not message.sender or not isinstance(said, Say):
        return answer
    known = context.tx.people.by_userid(message.sender) is not None  # taken off the list by the office
    if known or not isinstance(message.content, Text | Voice) or not once(context):
        return answer
    return replace(answer, say=replace(said, text=f"{texts.introduction(context.site)}\n\n{said.text}"))


def once(context: Context) -> bool:
    return context.tx.runs.claim("introduction", context.message.sender, "once", context.now)
