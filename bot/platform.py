"""What the bot asks of a chat platform, in the bot's own words; no platform's field names live here.

Everything a person wrote is kept out of `repr` (`field(repr=False)`), so that a value can stand in a log line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Channel(StrEnum):
    """Which of the platform's two identities heard or speaks."""

    APP = "app"  # self-built app: single chats with cards; creates groups and posts into them
    BOT = "bot"  # AI bot: single chats, and groups when it is @-ed


# ---------------------------------------------------------------- what comes in


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
    (user ids are unique ignoring case).
    """

    key: str
    channel: Channel
    sender: str
    content: Content
    chat_id: str | None = None
    sent_at: int = 0
    quote: Quote | None = None
    response_url: str | None = field(default=None, repr=False)

    @property
    def in_group(self) -> bool:
        return self.chat_id is not None

    @property
    def text(self) -> str:
        """The words of the message, "" when it has none."""
        return self.content.text if isinstance(self.content, Text | Mixed | Voice) else ""


# ---------------------------------------------------------------- cards


class CardKind(StrEnum):
    NOTICE = "text_notice"
    NEWS = "news_notice"
    BUTTONS = "button_interaction"
    VOTE = "vote_interaction"
    FORM = "multiple_interaction"


@dataclass(frozen=True)
class CardButton:
    """`style` 1 blue, 2 grey outline, 3 red outline, 4 black. A `url` makes it open a page (app cards only)
    instead of coming back as a click with `key`."""

    text: str
    key: str = ""
    style: int = 1
    url: str | None = None


@dataclass(frozen=True)
class CardField:
    name: str
    value: str = field(repr=False)
    url: str | None = None
    userid: str | None = None
    media_id: str | None = None


@dataclass(frozen=True)
class Choice:
    """One question of a card: a drop-down (BUTTONS, FORM) or a check list (VOTE)."""

    key: str
    title: str
    options: tuple[tuple[str, str], ...]  # (id, text)
    selected: tuple[str, ...] = ()
    many: bool = False
    disabled: bool = False


@dataclass(frozen=True)
class Card:
    """A template card in neutral form; `bot/cards` builds them, `bot/wecom/cards.py` renders and cuts to limits.

    `buttons`: BUTTONS up to 6. `choices`: BUTTONS at most one, VOTE exactly one, FORM up to 3.
    `submit`: text and key of the submit button of VOTE and FORM. `menu`: corner menu, up to 3 (text, key).
    `links`: up to 3 (text, url). `replaced`: final text of the buttons of a card that is done.
    """

    kind: CardKind
    title: str = field(repr=False)
    desc: str = field(default="", repr=False)
    task_id: str = ""
    source: str = "代办助手"
    emphasis: tuple[str, str] | None = field(default=None, repr=False)
    quote: str = field(default="", repr=False)
    body: str = field(default="", repr=False)
    fields: tuple[CardField, ...] = ()
    buttons: tuple[CardButton, ...] = ()
    choices: tuple[Choice, ...] = ()
    submit: tuple[str, str] | None = None
    menu: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    url: str | None = None
    image_url: str | None = None
    replaced: str | None = None


# ---------------------------------------------------------------- what goes out


@dataclass(frozen=True)
class Say:
    """Words. `markdown` in the small dialect every channel shares (bold, quote, lists, links, <font color>)."""

    text: str = field(repr=False)
    markdown: bool = False
    mentions: tuple[str, ...] = ()  # user ids, groups only


@dataclass(frozen=True)
class TextCard:
    title: str = field(repr=False)
    text: str = field(repr=False)
    url: str = field(repr=False)
    button: str = "详情"


@dataclass(frozen=True)
class SendFile:
    """`kind`: file | image. The bytes are handed in by whoever sends."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    kind: str = "file"


Speech = Say | TextCard | Card | SendFile


@dataclass(frozen=True)
class UpdateCard:
    """Passive answer to a card click: the clicker's card changes. `card=None` greys the buttons with `text`."""

    card: Card | None
    text: str = ""


@dataclass(frozen=True)
class SayAndCard:
    """Words with the same choices as numbers, and a card that may not show on every client (contract §9)."""

    say: Say
    card: Card


@dataclass(frozen=True)
class Paper:
    """A paper made when it is sent. `kind`: "form" (a blank form, `key` as in forms.yaml) or "checklist"
    (`key`: catalogue item)."""

    kind: str
    key: str
    project_id: int = 0


# What may be answered in the same HTTP response.
PassiveAnswer = Say | Card | SayAndCard | UpdateCard | None


@dataclass(frozen=True)
class Receipt:
    """What the platform said to a send. `missed`: user ids that did not get it (invalid or unlicensed)."""

    message_id: str = ""
    response_code: str = field(default="", repr=False)
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupInfo:
    chat_id: str
    name: str
    owner: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Downloaded:
    name: str | None = field(repr=False)
    data: bytes = field(repr=False)


# ---------------------------------------------------------------- what can go wrong


class Remedy(StrEnum):
    """What an error of the platform asks for (wecom-protocol.md §3.13)."""

    RETRY = "retry"  # busy or too often: later, with back-off
    REFRESH = "refresh"  # token ran out: fetch once, ask once more (done inside the client)
    GIVE_UP = "give_up"  # stays wrong however often we ask; keep the reason, tell the administrator
    ALARM = (
        "alarm"  # configuration is wrong (secret, trusted IP, permission): nothing will work, tell at once
    )


class DeliveryFailed(Exception):
    """The platform refused. The text has the code and what it means, never people's words, never `errmsg`
    (which may carry addresses)."""

    def __init__(self, code: int, meaning: str, remedy: Remedy) -> None:
        super().__init__(f"{code}: {meaning}")
        self.code, self.meaning, self.remedy = code, meaning, remedy


class AnswerLost(Exception):
    """The request went out and no answer came back: nobody knows whether the platform acted (contract §8)."""


class Unreachable(Exception):
    """The request never went out (connection refused, name not resolved): safe to repeat."""


class BadCallback(Exception):
    """A callback that cannot be trusted or read. `reason` is a counter's label, never shown to the outside."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# ---------------------------------------------------------------- the platform itself


@dataclass(frozen=True)
class CallbackQuery:
    """The query string of a callback, url-decoded."""

    signature: str
    timestamp: str
    nonce: str
    echo: str = field(default="", repr=False)


class Callback(Protocol):
    """One encrypted callback door (the app's or the bot's)."""

    channel: Channel

    def verify_url(self, query: CallbackQuery) -> str:
        """The plain echo. Raises BadCallback."""

    def open(self, query: CallbackQuery, body: bytes) -> IncomingMessage:
        """Check, decrypt, parse. Raises BadCallback."""

    def seal(self, answer: PassiveAnswer, message: IncomingMessage, *, nonce: str, timestamp: int) -> bytes:
        """The encrypted passive reply, b"" for None."""

    def plain(self, answer: PassiveAnswer, message: IncomingMessage) -> str:
        """The reply before encryption ("" for None): what the inbox keeps, so that a repeat gets the same."""

    def seal_plain(self, plain: str, *, nonce: str, timestamp: int) -> bytes:
        """Encrypt what `plain` returned earlier."""


class ChatPlatform(Protocol):
    """The API side. Every method raises DeliveryFailed, AnswerLost or Unreachable, with time-outs set."""

    def send_to_person(self, userid: str, speech: Speech) -> Receipt:
        """Duplicate check of the platform is on: the same words within 30 minutes arrive once."""

    def send_to_group(self, appchat_id: str, speech: Speech) -> None: ...

    def answer_later(self, response_url: str, speech: Speech) -> None:
        """Once per URL, within one hour; Say and Card only."""

    def update_card(self, response_code: str, userids: Sequence[str], update: UpdateCard) -> Receipt: ...

    def recall(self, message_id: str) -> None: ...

    def create_group(self, *, chat_id: str, name: str, owner: str, members: Sequence[str]) -> str: ...

    def update_group(
        self, chat_id: str, *, name: str | None = None, owner: str | None = None,
        add: Sequence[str] = (), remove: Sequence[str] = (),
    ) -> None: ...  # fmt: skip

    def group(self, chat_id: str) -> GroupInfo: ...

    def download(self, file: RemoteFile, *, most: int) -> Downloaded:
        """At most `most` bytes; more raises DeliveryFailed(45001)."""

    def login_url(self, redirect: str, state: str) -> str: ...

    def person_of_login(self, code: str) -> str:
        """The user id behind an OAuth code: the new path first, the older one where the new is missing."""

    def set_menu(self, entries: Sequence[tuple[str, str]]) -> None:
        """Menu entries as (text, key), up to 3 x 5; replaces the old menu."""

    def callback_ips(self) -> tuple[str, ...]: ...

    def close(self) -> None: ...

    def check_token(self) -> None:
        """Fetches (or finds) a token; raises when the secret is wrong."""
