"""Whoever asks for the first time is told of the service, once (R051)."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Answer, Context
from bot.platform import Say, Text, Voice
from bot.texts import registration as texts
from bot.understanding.acts import Intent


def before(context: Context, answer: Answer) -> Answer:
    """In front of the first answer to somebody unknown, in a single chat."""
    message = context.message
    said = answer.say
    if context.sender is not None or message.in_group or not message.sender or not isinstance(said, Say):
        return answer
    known = context.tx.people.by_userid(message.sender) is not None  # taken off the list by the office
    if known or not isinstance(message.content, Text | Voice) or not once(context):
        return answer
    introduction = texts.introduction(context.site)
    text = introduction if _says_no_more(context) else f"{introduction}\n\n{said.text}"
    return replace(answer, say=replace(said, text=text))


_ANSWERED = frozenset({Intent.NONE, Intent.GREET, Intent.HELP, Intent.APPLY})


def _says_no_more(context: Context) -> bool:
    """The introduction answers this already: what the service is and how to get in."""
    acts = context.understood.acts if context.understood else ()
    return bool(acts) and all(act.intent in _ANSWERED for act in acts)


def once(context: Context) -> bool:
    return context.tx.runs.claim("introduction", context.message.sender, "once", context.now)
