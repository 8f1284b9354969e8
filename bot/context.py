"""What a handler is, what it is given, and what it hands back.

A handler decides and returns: it reads and changes what is kept through `tx`, and says in an `Answer` what is to
be said to whom. It does not send, queue, commit or look at the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from bot.platform import CardClick, IncomingMessage, PassiveAnswer, Say
from bot.understanding.acts import Act, Intent, Understood
from domain.calendar import WorkCalendar
from domain.errors import NotAllowed, NotFound
from domain.people import Action, Person, Standing
from domain.project import Project, WorkGroup
from domain.site import Site
from storage.dialogs import OpenDialog, Recent
from storage.outbox import NewMessage
from storage.store import Transaction


@dataclass(frozen=True)
class Job:
    """A job wanted after the commit: dotted name and ids."""

    name: str
    ids: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """`say`: to whoever spoke, in the same HTTP response. `tell`: outbox rows for others. `jobs`: wanted after
    the commit (a sweep finds what got lost). `recent`: what the exchange was about."""

    say: PassiveAnswer = None
    tell: tuple[NewMessage, ...] = ()
    jobs: tuple[Job, ...] = ()
    recent: Recent | None = None

    def and_tell(self, *messages: NewMessage) -> Answer:
        return replace(self, tell=(*self.tell, *messages))


def words(text: str, *, recent: Recent | None = None) -> Answer:
    return Answer(Say(text, markdown=True), recent=recent)


SILENCE = Answer()


@dataclass
class Context:
    """`sender` is None for somebody nobody registered. `project` is what the talk is about, when known."""

    message: IncomingMessage
    tx: Transaction
    site: Site
    calendar: WorkCalendar
    now: datetime
    today: date
    sender: Person | None = None
    project: Project | None = None
    group: WorkGroup | None = None
    understood: Understood | None = None
    recent: Recent = field(default_factory=Recent)
    waiting: OpenDialog | None = None
    standing_of: Callable[[Transaction, Person | None, Project, WorkGroup | None], Standing] | None = None
    group_cards: bool = True
    pages_url: str = ""  # what links to pages begin with, "" where there are none
    inbox_id: int | None = None
    asked: str = ""  # the intent that was answered

    @property
    def must_sender(self) -> Person:
        if self.sender is None:
            raise NotAllowed("registered", self.whom_to_ask)
        return self.sender

    @property
    def must_project(self) -> Project:
        if self.project is None:
            raise NotFound("project")
        return self.project

    @cached_property
    def standing(self) -> Standing:
        if self.project is None or self.standing_of is None:
            return Standing()
        return self.standing_of(
            self.tx, self.sender, self.project, self.group if self.message.in_group else None
        )

    def standing_towards(self, project: Project) -> Standing:
        if self.standing_of is None:
            return Standing()
        return self.standing_of(self.tx, self.sender, project, None)

    def must_be_allowed(self, action: Action) -> None:
        if self.project is None and self.sender is not None:
            raise NotFound("project")
        if action is Action.ASK and self.message.in_group and self.group is not None:
            return  # whoever writes in the bound chat may ask about its project (contract §10)
        if not self.standing.may(action):
            raise NotAllowed(action, self.whom_to_ask)

    @cached_property
    def whom_to_ask(self) -> str:
        """Whom to turn to: the project's service officer, else the service hall."""
        if self.project is None:
            return f"{self.site.hall.name}（电话 {self.site.hall.phone}）"
        officer = self.tx.people.get(self.project.officer_id)
        return f"本项目服务专员{officer.name}"

    def forget_project(self) -> None:
        """What was worked out for another project."""
        for name in ("standing", "whom_to_ask"):
            self.__dict__.pop(name, None)

    @property
    def chat(self) -> str:
        """Key of the chat for what was talked of last."""
        return self.message.chat_id or self.message.channel.value


@dataclass(frozen=True)
class Handler:
    """`intents`: what it answers. `answer` may raise any DomainError; `texts/refusals.py` words it."""

    intents: frozenset[Intent]
    answer: Callable[[Context, Act], Answer]


@dataclass(frozen=True)
class CardAction:
    """What a click on a card does: `key` is the part before ":"; the rest are its arguments."""

    key: str
    answer: Callable[[Context, CardClick, Sequence[str]], Answer]
