"""The app's decrypted XML as a typed message. Nothing a verified message carries may crash the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.platform import (
    CardClick,
    Channel,
    Content,
    EnteredChat,
    FileSent,
    IncomingMessage,
    Link,
    Location,
    MenuClick,
    OtherEvent,
    RemoteFile,
    Subscribed,
    Text,
    Unknown,
    Voice,
)
from bot.wecom.parsing import xml
from bot.wecom.words import Clean, clean_id, clean_url, key_of, seconds

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST_KEY = 1024
_LONGEST_NAME = 255
# Documented events nobody here needs (90240).
_OTHER_EVENTS = frozenset(
    (
        "location",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "batch_job_result",
        "change_contact",
        "open_approval_change",
        "share_agent_change",
        "share_chain_change",
        "inactive_alert",
        "close_inactive_agent",
        "reopen_inactive_agent",
        "low_active_alert",
        "low_active_user_alert",
    )
)

Reader = Callable[["Element", Clean], Content | None]


def app_message(body: bytes, clean: Clean) -> IncomingMessage:
    """Raises BadCallback("xml") when the body is not XML; anything else becomes a message."""
    root = xml(body, "xml")
    kind = clean_id(_word(root, "MsgType")).lower()
    sender = clean_id(_word(root, "FromUserName")).lower()
    # Events have no id of their own; where an edition sends one it is not promised to be unique.
    message_id = "" if kind == "event" else clean_id(_word(root, "MsgId"))
    content = _content(root, kind, clean) if sender else None
    return IncomingMessage(
        key=key_of(Channel.APP, message_id, body),
        channel=Channel.APP,
        sender=sender,
        content=content or Unknown(_name(root, kind)),
        sent_at=seconds(_word(root, "CreateTime")),
    )


def _content(root: Element, kind: str, clean: Clean) -> Content | None:
    if kind == "event":
        event = _event_name(root)
        reader = _EVENTS.get(event)
        if reader:
            return reader(root, clean)
        return OtherEvent(event) if event in _OTHER_EVENTS else None
    reader = _MESSAGES.get(kind)
    return reader(root, clean) if reader else None


def _name(root: Element, kind: str) -> str:
    return f"event.{_event_name(root)}" if kind == "event" else kind


def _event_name(root: Element) -> str:
    return clean_id(_word(root, "Event")).lower()


def _word(parent: Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


# ---------------------------------------------------------------- messages


def _text(root: Element, clean: Clean) -> Content | None:
    return None if root.find("Content") is None else Text(clean(root.findtext("Content")))


def _file(kind: str) -> Reader:
    def read(root: Element, _clean: Clean) -> Content | None:
        file = _media(root, kind)
        return FileSent(file) if file else None

    return read


def _voice(root: Element, clean: Clean) -> Content | None:
    recording = _media(root, "voice")
    return Voice(clean(root.findtext("Recognition")), recording) if recording else None


def _media(root: Element, kind: str) -> RemoteFile | None:
    media_id = clean_id(_word(root, "MediaId"), 512)
    name = clean_id(root.findtext("FileName"), _LONGEST_NAME) or None
    return RemoteFile(kind, media_id=media_id, name=name) if media_id else None


def _location(root: Element, clean: Clean) -> Content | None:
    latitude, longitude = _word(root, "Location_X"), _word(root, "Location_Y")
    if not (_is_number(latitude) and _is_number(longitude)):
        return None
    return Location(latitude, longitude, clean(root.findtext("Label")))


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) <= 180
    except ValueError:
        return False


def _link(root: Element, clean: Clean) -> Content | None:
    url = clean_url(_word(root, "Url"))
    return Link(clean(root.findtext("Title")), url) if url else None


# ---------------------------------------------------------------- events


def _card_click(root: Element, _clean: Clean, *, menu: bool = False) -> Content | None:
    return CardClick(
        card_kind=clean_id(_word(root, "CardType")),
        task_id=clean_id(_word(root, "TaskId")),
        key=clean_id(_word(root, "EventKey"), _LONGEST_KEY),
        selected=_selected(root),
        response_code=clean_id(_word(root, "ResponseCode"), 512) or None,
        menu=menu,
    )


def _menu_of_card(root: Element, clean: Clean) -> Content | None:
    return _card_click(root, clean, menu=True)


def _selected(root: Element) -> dict[str, tuple[str, ...]]:
    answers: dict[str, tuple[str, ...]] = {}
    for item in root.iterfind("SelectedItems/SelectedItem"):
        question = clean_id(_word(item, "QuestionKey"))
        if question:
            options = (clean_id(option.text or "") for option in item.iterfind("OptionIds/OptionId"))
            answers[question] = tuple(option for option in options if option)
    return answers


def _menu(root: Element, _clean: Clean) -> Content | None:
    return MenuClick(clean_id(_word(root, "EventKey"), _LONGEST_KEY))


def _menu_page(root: Element, _clean: Clean) -> Content | None:
    return MenuClick(clean_id(_word(root, "EventKey"), _LONGEST_KEY), opened_url=True)


_MESSAGES: dict[str, Reader] = {
    "text": _text,
    "image": _file("image"),
    "video": _file("video"),
    "file": _file("file"),  # not documented for apps (90239); taken when an edition has it
    "voice": _voice,
    "location": _location,
    "link": _link,
}
_EVENTS: dict[str, Reader] = {
    "template_card_event": _card_click,
    "template_card_menu_event": _menu_of_card,
    "click": _menu,
    "view": _menu_page,
    "view_miniprogram": _menu_page,
    "enter_agent": lambda _root, _clean: EnteredChat(),
    "subscribe": lambda _root, _clean: Subscribed(joined=True),
    "unsubscribe": lambda _root, _clean: Subscribed(joined=False),
}
