"""What the bot says as the body of an API call, cut to the limits of the place it goes to."""

from __future__ import annotations

from bot.platform import Card, Channel, Say, SendFile, Speech, TextCard
from bot.wecom.card_forms import card_as_text
from bot.wecom.cards import Json, card_json
from bot.wecom.limits import cut_bytes, cut_chars
from bot.wecom.replies import APP_TEXT, BOT_TEXT, bot_markdown, plain_text


def text_form(speech: Speech) -> Say:
    """The same in plain text, for an edition that knows nothing else."""
    if isinstance(speech, Card):
        return Say(card_as_text(speech))
    if isinstance(speech, TextCard):
        return Say(f"{speech.title}\n{speech.text}\n{speech.url}")
    if isinstance(speech, SendFile):
        return Say(f"文件“{speech.name}”在本平台不能直接发送，请向服务专员索取。")
    return Say(plain_text(speech.text), mentions=speech.mentions) if speech.markdown else speech


def to_person(speech: Speech, media_id: str) -> Json:
    """`media_id`: of the file when it is one."""
    if isinstance(speech, Card):
        return {"msgtype": "template_card", "template_card": card_json(speech, Channel.APP)}
    return _common(speech, media_id)


def to_group(speech: Speech, media_id: str) -> Json:
    """Groups take no cards (90248): they get the text form. Whoever is meant is named first, so that a cut
    never takes the mention away."""
    if isinstance(speech, Card):
        return _common(Say(card_as_text(speech)), media_id)
    if isinstance(speech, Say) and speech.mentions:
        named = "".join(f"<@{userid}>" for userid in speech.mentions)
        return _common(Say(f"{named} {speech.text}", markdown=speech.markdown), media_id)
    return _common(speech, media_id)


def _common(speech: Say | TextCard | SendFile, media_id: str) -> Json:
    if isinstance(speech, SendFile):
        return {"msgtype": speech.kind, speech.kind: {"media_id": media_id}}
    if isinstance(speech, TextCard):
        return {"msgtype": "textcard", "textcard": _text_card(speech)}
    kind = "markdown" if speech.markdown else "text"
    return {"msgtype": kind, kind: {"content": cut_bytes(speech.text, APP_TEXT)}}


def _text_card(card: TextCard) -> Json:
    if len(card.url.encode()) > 2048:
        raise ValueError("an address has at most 2048 bytes")
    return {
        "title": cut_bytes(card.title, 128),
        "description": cut_bytes(card.text, 512),
        "url": card.url,
        "btntxt": cut_chars(card.button, 4),
    }


def to_response_url(speech: Speech) -> Json:
    """101138: markdown, or a card in a single chat."""
    if isinstance(speech, Card):
        return {"msgtype": "template_card", "template_card": card_json(speech, Channel.BOT)}
    if isinstance(speech, Say):
        return {"msgtype": "markdown", "markdown": {"content": cut_bytes(bot_markdown(speech), BOT_TEXT)}}
    raise ValueError("a response_url takes words or a card")
