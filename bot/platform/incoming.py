"""What comes in: one verified, decrypted callback as a typed value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Channel(StrEnum):
    """Which of the platform's two identities heard or speaks."""

    APP = "app"  # self-built app: single chats with cards; creates groups and posts into them
    BOT = "bot"  # AI bot: single chats, and groups when it is @-ed


@dataclass(frozen=True)
class RemoteFile:
    """A file that still lies with the platform. `url` lives 5 minutes and its body is encrypted (AI bot);
    `media_id` lives 3 days (app). Exactly one of the two is set."""

    kind: str  # image | voice | file | video
    url: str | None = field(default=None, repr=False)
    media_id: str | None = None
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Text:
    """`text` has the bot's own "@name" taken out and is trimmed."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Mixed:
    """Text and images in one message, in order; `text` is all text parts joined by a newline."""

    text: str = field(repr=False)
    images: tuple[RemoteFile, ...] = ()


@dataclass(frozen=True)
class Voice:
    """The AI bot sends the transcript, the app only the recording."""

    text: str = field(default="", repr=False)
    recording: RemoteFile | None = None


@dataclass(frozen=True)
class FileSent:
    """An image, file or video by itself."""

    file: RemoteFile


@dataclass(frozen=True)
class Location:
    latitude: str = field(repr=False)
    longitude: str = field(repr=False)
    label: str = field(default="", repr=False)


@dataclass(frozen=True)
class Link:
    title: str = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True)
class StreamRefresh:
    """The platform asks for the next frame of a stream we left unfinished."""

    stream_id: str


@dataclass(frozen=True)
class EnteredChat:
    """First entry of the day into the single chat with the bot, or any entry into the app."""


@dataclass(frozen=True)
class CardClick:
    """A button, a submitted selection, or the corner menu (`menu=True`) of a card.

    `selected`: question key -> chosen option ids. `response_code`: once, 72 h (app only).
    """

    card_kind: str
    task_id: str
    key: str
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response_code: str | None = field(default=None, repr=False)
    menu: bool = False


@dataclass(frozen=True)
class MenuClick:
    """An entry of the app's menu: `click` carries a key, `view` a URL (nothing to do)."""

    key: str
    opened_url: bool = False


@dataclass(frozen=True)
class FeedbackGiven:
    """Thumb up (1), down (2) or taken back (3) for an answer; only an empty reply is legal."""

    feedback_id: str
    verdict: int
    reasons: tuple[int, ...] = ()
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Subscribed:
    """A member came into (True) or left (False) the app's visible range."""

    joined: bool


@dataclass(frozen=True)
class BotMembership:
    """Some editions tell when the bot is put into (True) or taken out of (False) a group."""

    joined: bool


@dataclass(frozen=True)
class OtherEvent:
    """A documented event nobody here needs (scan, batch job, directory change …)."""

    name: str


@dataclass(frozen=True)
class Unknown:
    """A message type or event this version does not know: kept, counted, answered politely or not at all."""

    name: str


Content = (
    Text | Mixed | Voice | FileSent | Location | Link | StreamRefresh | EnteredChat | CardClick | MenuClick
    | FeedbackGiven | Subscribed | BotMembership | OtherEvent | Unknown
)  # fmt: skip


@dataclass(frozen=True)
class Quote:
    """What the message quotes. `kind`: text | image | mixed | voice | file | video."""

    kind: str
    text: str = field(default="", repr=False)
    file: RemoteFile | None = None


@dataclass(frozen=True)
class IncomingMessage:
    """One verified, decrypted callback.

    `key` de-duplicates: "bot:<msgid>" / "app:<MsgId>", app events and anything without an id
    "sha256:<hex of the decrypted body>" (contract §3). `chat_id` is set in groups only, control characters
    removed. `sent_at`: seconds since 1970 as the platform says, 0 when it does not. `sender` is lower-cased
    (user ids are unique ignoring case). `phones`: mobile numbers that are masked in the words, for a form's own field;
    never kept with the message.
    """

    key: str
    channel: Channel
    sender: str
    content: Content
    chat_id: str | None = None
    sent_at: int = 0
    quote: Quote | None = None
    response_url: str | None = field(default=None, repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False, metadata={"kept": False})

    @property
    def in_group(self) -> bool:
        return self.chat_id is not None

    @property
    def text(self) -> str:
        """The words of the message, "" when it has none."""
        return self.content.text if isinstance(self.content, Text | Mixed | Voice) else ""

    @property
    def files(self) -> tuple[RemoteFile, ...]:
        """What the message itself brings, and what it quotes."""
        found: list[RemoteFile | None] = []
        if isinstance(self.content, FileSent):
            found.append(self.content.file)
        if isinstance(self.content, Mixed):
            found += self.content.images
        if self.quote:
            found.append(self.quote.file)
        return tuple(file for file in found if file)
