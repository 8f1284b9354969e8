"""What may be answered in the same HTTP response, before it is encrypted: XML for the app, JSON for the bot.

Each pair of answer and message has a legal form, so an answer never gets lost here; only an UpdateCard to
something that was no click is refused, because there is no card to change.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

from bot.platform import (
    Card,
    CardButton,
    CardClick,
    CardKind,
    Channel,
    EnteredChat,
    FeedbackGiven,
    IncomingMessage,
    OtherEvent,
    PassiveAnswer,
    Say,
    SayAndCard,
    StreamRefresh,
    Unknown,
    UpdateCard,
)
from bot.wecom.card_forms import card_as_text, card_xml, cdata, element
from bot.wecom.cards import Json, card_json
from bot.wecom.limits import cut_bytes, one_line

APP_TEXT = 2048
BOT_TEXT = 20480

_FONT = re.compile(r"</?font\b[^>]*>")
_LINK = re.compile(r"\[([^\]\n]*)\]\(([^)\s]*)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LINE_MARK = re.compile(r"^(?:#{1,6} |> ?)", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def plain_text(markdown: str) -> str:
    """The same words without the marks of the small dialect."""
    text = _FONT.sub("", markdown)
    text = _LINK.sub(lambda link: f"{link[1]}：{link[2]}" if link[1] != link[2] else link[1], text)
    text = _BOLD.sub(r"\1", text)
    return _CODE.sub(r"\1", _LINE_MARK.sub("", text))


def bot_markdown(say: Say) -> str:
    """The bot's dialect has no font colours."""
    return _FONT.sub("", say.text) if say.markdown else say.text


def words_of(answer: Say | Card | SayAndCard) -> str:
    """Plain text of an answer, for places without markdown and cards."""
    if isinstance(answer, SayAndCard):
        return words_of(answer.say)
    if isinstance(answer, Card):
        return card_as_text(answer)
    return plain_text(answer.text) if answer.markdown else answer.text


# ---------------------------------------------------------------- the app: XML


def app_reply(answer: PassiveAnswer, message: IncomingMessage, corp_id: str) -> str:
    """Empty for no answer. A card cannot be a passive answer of the app: its text form is."""
    if answer is None:
        return ""
    if not isinstance(answer, UpdateCard):
        return _app_xml(message, corp_id, "text", element("Content", cut_bytes(words_of(answer), APP_TEXT)))
    clicked = _clicked(message)
    if answer.card is None:
        button = element("Button", {"replace_name": one_line(answer.text, 10)})
        return _app_xml(message, corp_id, "update_button", button)
    card = card_xml(replace(answer.card, task_id=clicked.task_id))
    return _app_xml(message, corp_id, "update_template_card", card)


def _app_xml(message: IncomingMessage, corp_id: str, kind: str, inner: str) -> str:
    # The time is the message's own, so that a repeat gets the very same answer.
    return (
        f"<xml><ToUserName>{cdata(message.sender)}</ToUserName><FromUserName>{cdata(corp_id)}</FromUserName>"
        f"<CreateTime>{message.sent_at}</CreateTime><MsgType>{cdata(kind)}</MsgType>{inner}</xml>"
    )


# ---------------------------------------------------------------- the bot: JSON


def bot_reply(answer: PassiveAnswer, message: IncomingMessage) -> str:
    """Empty for no answer, and where the platform takes none (feedback, events nobody answers)."""
    if answer is None or _unanswerable(message):
        return ""
    return json.dumps(_bot_json(answer, message), ensure_ascii=False, separators=(",", ":"))


def _unanswerable(message: IncomingMessage) -> bool:
    content = message.content
    event = isinstance(content, Unknown) and content.name.startswith("event.")
    return event or isinstance(content, FeedbackGiven | OtherEvent)


def _bot_json(answer: Say | Card | SayAndCard | UpdateCard, message: IncomingMessage) -> Json:
    content = message.content
    if isinstance(content, CardClick) or isinstance(answer, UpdateCard):
        return _bot_update(answer, message)
    if isinstance(content, StreamRefresh):
        return _stream(content.stream_id, words_of(answer))  # only a stream may end a stream
    if isinstance(answer, Card):
        return {"msgtype": "template_card", "template_card": card_json(answer, Channel.BOT)}
    if isinstance(content, EnteredChat):
        return {"msgtype": "text", "text": {"content": cut_bytes(words_of(answer), APP_TEXT)}}
    return _message_reply(answer, stream_id(message.key))


def _message_reply(answer: Say | SayAndCard, identity: str) -> Json:
    if isinstance(answer, Say):
        return _stream(identity, bot_markdown(answer))
    both = _stream(identity, bot_markdown(answer.say)) | {"msgtype": "stream_with_template_card"}
    return both | {"template_card": card_json(answer.card, Channel.BOT)}


def stream_id(message_key: str) -> str:
    """Stable, so that a repeat of the message gets the same stream."""
    return hashlib.sha256(message_key.encode()).hexdigest()[:32]


def _stream(identity: str, text: str) -> Json:
    return {
        "msgtype": "stream",
        "stream": {"id": identity, "finish": True, "content": cut_bytes(text, BOT_TEXT)},
    }


def _bot_update(answer: Say | Card | SayAndCard | UpdateCard, message: IncomingMessage) -> Json:
    """A click may only be answered by changing the card, so words become the changed card too."""
    clicked = _clicked(message)
    card = answer.card if isinstance(answer, SayAndCard | UpdateCard) else answer
    if not isinstance(card, Card):
        card = _told(answer.text if isinstance(answer, UpdateCard) else words_of(answer), clicked)
    template = card_json(replace(card, task_id=clicked.task_id), Channel.BOT)
    return {
        "response_type": "update_template_card",
        "userids": [message.sender],
        "template_card": template,
    }


def _told(text: str, clicked: CardClick) -> Card:
    """A card that only tells something. The bot has no card with neither a button nor a page, so one grey
    button stays; it repeats the key that was tapped and finds the work done."""
    title, _, body = text.strip().partition("\n")
    return Card(
        CardKind.BUTTONS,
        title or "已处理",
        body=title[26:] + body if len(title) > 26 else body,
        task_id=clicked.task_id,
        buttons=(CardButton("已处理", clicked.key or "done", style=2),),
    )


def _clicked(message: IncomingMessage) -> CardClick:
    if not isinstance(message.content, CardClick):
        raise ValueError("only a click has a card to change")  # noqa: TRY004  # the value is wrong, not its type
    return message.content
