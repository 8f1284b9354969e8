"""What stands in the chats: messages, who sees them, and what each person's copy of a card shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

APP, BOT, WEBHOOK, SYSTEM = "app", "bot", "webhook", "system"
EVERYBODY = "*"

Json = dict[str, Any]


@dataclass
class Face:
    """What a card shows: `replaced` is the final text of its greyed buttons."""

    card: Json
    replaced: str | None = None


@dataclass
class Message:
    """`threads`: where it is shown ("app/<userid>", "bot/<userid>", "group/<key>"). `unseen`: members whose
    copy was dropped; `hidden`: a card that clients of this edition cannot show; `n`: its place among all."""

    id: str
    at: float
    sender: str
    kind: str
    body: Json = field(repr=False)
    threads: list[str]
    quoted: Json | None = field(default=None, repr=False)
    faces: dict[str, Face] = field(default_factory=dict, repr=False)
    recalled: bool = False
    hidden: bool = False
    unseen: frozenset[str] = frozenset()
    stream_id: str = ""
    feedback_id: str = ""
    n: int = 0
    past: list[Face] = field(default_factory=list, repr=False)

    @property
    def single(self) -> bool:
        """Sent to persons, not into a group."""
        return not any(thread.startswith("group/") for thread in self.threads)

    def note_faces(self) -> None:
        """Every state of a card, the first one first, for the page that shows them all."""
        self.past += [face for face in self.faces.values() if face not in self.past]

    def face(self, userid: str) -> Face | None:
        return self.faces.get(userid) or self.faces.get(EVERYBODY)


class Feed:
    """All messages; `version` grows with every change, so that a page asks only for what is new."""

    def __init__(self) -> None:
        self._by_id: dict[str, Message] = {}
        self._threads: dict[str, list[Message]] = {}
        self._changes: list[Message] = []

    @property
    def version(self) -> int:
        return len(self._changes)

    def add(self, message: Message) -> Message:
        message.note_faces()
        message.n = len(self._by_id) + 1
        self._by_id[message.id] = message
        for thread in message.threads:
            self._threads.setdefault(thread, []).append(message)
        self._changes.append(message)
        return message

    def changed(self, message: Message) -> None:
        message.note_faces()
        self._changes.append(message)

    def get(self, message_id: str) -> Message | None:
        return self._by_id.get(message_id)

    def thread(self, name: str) -> list[Message]:
        return self._threads.get(name, [])

    def since(self, version: int) -> list[Message]:
        """Each changed message once, in order of its first appearance."""
        return list({message.id: message for message in self._changes[version:]}.values())


def app_thread(userid: str) -> str:
    return f"app/{userid}"


def bot_thread(userid: str) -> str:
    return f"bot/{userid}"


def group_thread(key: str) -> str:
    return f"group/{key}"


def chat_of(thread: str) -> str:
    """The chat's name for a person: app, bot, or the group's key."""
    kind, _, rest = thread.partition("/")
    return rest if kind == "group" else kind
