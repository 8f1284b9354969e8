"""The AI bot's decrypted JSON as a typed message. Nothing a verified message carries may crash the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.platform import (
    BotMembership,
    CardClick,
    Channel,
    Content,
    EnteredChat,
    FeedbackGiven,
    FileSent,
    IncomingMessage,
    Mixed,
    OtherEvent,
    Quote,
    RemoteFile,
    StreamRefresh,
    Text,
    Unknown,
    Voice,
)
from bot.wecom.parsing import json_object
from bot.wecom.words import Clean, clean_id, clean_url, key_of, seconds

_LONGEST_KEY = 1024
_LONGEST_NAME = 255
_FILES = ("image", "file", "video")
_QUOTED = ("text", "image", "mixed", "voice", "file", "video")

Fields = Mapping[str, object]
Reader = Callable[[Fields, Clean], Content | None]


def bot_message(body: bytes, clean: Clean) -> IncomingMessage:
    """Raises BadCallback("json") when the body is not a JSON object; anything else becomes a message."""
    fields = json_object(body, "json")
    kind = clean_id(fields.get("msgtype")).lower()
    sender = clean_id(_object(fields, "from").get("userid")).lower()
    in_group, chat_id = _chat(fields)
    # A group message without its group must not be taken for a single chat: the answer would be too open.
    readable = sender and (chat_id or not in_group)
    content = _content(fields, kind, clean) if readable else None
    return IncomingMessage(
        key=key_of(Channel.BOT, clean_id(fields.get("msgid")), body),
        channel=Channel.BOT,
        sender=sender,
        content=content or Unknown(_name(fields, kind)),
        chat_id=chat_id,
        sent_at=seconds(fields.get("create_time")),
        quote=_quote(_object(fields, "quote"), clean),
        response_url=clean_url(fields.get("response_url")),
    )


def _chat(fields: Fields) -> tuple[bool, str | None]:
    chat_id = clean_id(fields.get("chatid"))
    kind = fields.get("chattype")
    in_group = kind == "group" or (kind != "single" and bool(chat_id))
    return in_group, chat_id if in_group and chat_id else None


def _content(fields: Fields, kind: str, clean: Clean) -> Content | None:
    if kind == "event":
        name = _event_name(fields)
        reader = _EVENTS.get(name)
        return reader(_object(_object(fields, "event"), name), clean) if reader else None
    if kind in _FILES:
        file = _file(fields, kind)
        return FileSent(file) if file else None
    reader = _MESSAGES.get(kind)
    return reader(_object(fields, kind), clean) if reader else None


def _name(fields: Fields, kind: str) -> str:
    return f"event.{_event_name(fields)}" if kind == "event" else kind


def _event_name(fields: Fields) -> str:
    event = _object(fields, "event")
    return clean_id(event.get("eventtype") or event.get("event_type")).lower()  # the older edition's spelling


def _object(fields: Fields, name: str) -> Fields:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Fields]:
    """A list of objects, or one object where the platform left the list out."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


# ---------------------------------------------------------------- messages


def _text(part: Fields, clean: Clean) -> Content | None:
    content = part.get("content")
    return Text(clean(content)) if isinstance(content, str) else None


def _voice(part: Fields, clean: Clean) -> Content | None:
    content = part.get("content")
    return Voice(clean(content)) if isinstance(content, str) else None


def _mixed(part: Fields, clean: Clean) -> Mixed | None:
    items = _objects(part.get("msg_item"))
    texts = (clean(_object(item, "text").get("content")) for item in items if item.get("msgtype") == "text")
    images = (_file(item, "image") for item in items if item.get("msgtype") == "image")
    mixed = Mixed("\n".join(filter(None, texts)), tuple(image for image in images if image))
    return mixed if mixed.text or mixed.images else None


def _stream(part: Fields, _clean: Clean) -> Content | None:
    stream_id = clean_id(part.get("id"))
    return StreamRefresh(stream_id) if stream_id else None


def _file(fields: Fields, kind: str) -> RemoteFile | None:
    part = _object(fields, kind)
    url = clean_url(part.get("url"))
    name = clean_id(part.get("filename") or part.get("name"), _LONGEST_NAME) or None
    return RemoteFile(kind, url=url, name=name) if url else None


def _quote(quoted: Fields, clean: Clean) -> Quote | None:
    kind = clean_id(quoted.get("msgtype")).lower()
    if kind not in _QUOTED:
        return None
    if kind in _FILES:
        return Quote(kind, file=_file(quoted, kind))
    if kind == "mixed":
        mixed = _mixed(_object(quoted, kind), clean)
        return Quote(kind, mixed.text, mixed.images[0] if mixed.images else None) if mixed else Quote(kind)
    return Quote(kind, clean(_object(quoted, kind).get("content")))


# ---------------------------------------------------------------- events


def _card_click(part: Fields, _clean: Clean) -> Content | None:
    return CardClick(
        card_kind=clean_id(part.get("card_type")),
        task_id=clean_id(part.get("task_id")),
        key=clean_id(part.get("event_key"), _LONGEST_KEY),
        selected=_selected(_object(part, "selected_items").get("selected_item")),
    )


def _selected(items: object) -> dict[str, tuple[str, ...]]:
    answers: dict[str, tuple[str, ...]] = {}
    for item in _objects(items):
        question = clean_id(item.get("question_key"))
        chosen = _object(item, "option_ids").get("option_id")
        options = (clean_id(option) for option in (chosen if isinstance(chosen, list) else [chosen]))
        if question:
            answers[question] = tuple(option for option in options if option)
    return answers


def _feedback(part: Fields, clean: Clean) -> Content | None:
    verdict, reasons = seconds(part.get("type")), part.get("inaccurate_reason_list")
    if verdict not in (1, 2, 3):
        return None
    numbers = reasons if isinstance(reasons, list) else []
    return FeedbackGiven(
        clean_id(part.get("id"), 256),
        verdict,
        tuple(seconds(number) for number in numbers if seconds(number)),
        clean(part.get("content")),
    )


_MESSAGES: dict[str, Reader] = {"text": _text, "voice": _voice, "mixed": _mixed, "stream": _stream}
_EVENTS: dict[str, Reader] = {
    "template_card_event": _card_click,
    "feedback_event": _feedback,
    "enter_chat": lambda _part, _clean: EnteredChat(),
    "add_to_chat": lambda _part, _clean: BotMembership(joined=True),
    "delete_from_chat": lambda _part, _clean: BotMembership(joined=False),
    "disconnected_event": lambda _part, _clean: OtherEvent("disconnected_event"),
}
