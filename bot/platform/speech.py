"""What goes out: words, cards, files, papers, and what the platform says to a send."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class CardKind(StrEnum):
    NOTICE = "text_notice"
    NEWS = "news_notice"
    BUTTONS = "button_interaction"
    VOTE = "vote_interaction"
    FORM = "multiple_interaction"


@dataclass(frozen=True)
class CardButton:
    """`style` 1 blue, 2 grey outline, 3 red outline, 4 black. A `url` makes it open a page (app cards only)
    instead of coming back as a click with `key`. `page`: the page of ours that takes its words, where there are pages."""

    text: str
    key: str = ""
    style: int = 1
    url: str | None = None
    page: str = ""


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
    `links`: up to 3 (text, url). `replaced`: final text of the buttons of a card that is done. `commands`: what to
    type instead of tapping, for a platform that shows no cards. `page`: of ours, opened by a tap beside the buttons.
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
    commands: tuple[str, ...] = ()
    page: str = ""


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
    """A paper made when it is sent. `kind`: "form" (a blank form, `key` as in forms.yaml), "filled" (`key`: id of a
    filled-in form), "kept" (`key`: id of a file handed in), "checklist" (`key`: catalogue item), "timeline" (`key`:
    case), "application" (`key`: person:project of a draft), "ledger", "statistics", "problem_analysis" or
    "statistics_picture" (`key`: first and last day and whose projects), "week" (`key`: week and version of a posted
    summary), "return_form" (`key`: a department's return), "return_result" (`key`: a campaign), "survey" and
    "case_study" (`key`: which)."""

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
