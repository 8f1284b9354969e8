"""The platform itself, as the bot asks it: two callback doors and an API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.platform.incoming import Channel, IncomingMessage, RemoteFile
from bot.platform.speech import Downloaded, GroupInfo, PassiveAnswer, Receipt, Speech, UpdateCard


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
