"""Everything the rules can refuse. `bot/texts/refusals.py` turns each into a sentence with what to do next.

DomainError
├── NotAllowed        this person may not do this
├── IllegalMove       the thing is not in a state in which this can be done
├── NotFound          there is no such thing (or none this person may know of)
├── Unclear           more than one reading; carries the choices
└── InvalidAnswer     what was typed cannot be taken; carries the sentence to say
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


class DomainError(Exception):
    """A refusal. Nothing was changed before it was raised."""


@dataclass(eq=False)
class NotAllowed(DomainError):
    action: str
    ask: str = ""  # whom to turn to, as shown to people


@dataclass(eq=False)
class IllegalMove(DomainError):
    what: str  # "issue", "case", "item" …
    now: str
    wanted: str


@dataclass(eq=False)
class NotFound(DomainError):
    what: str
    name: str = field(default="", repr=False)


@dataclass(eq=False)
class Unclear(DomainError):
    """`slot`: what the choice fills (item, project_code, issue_no); `choices`: (value, what people read)."""

    question: str = field(repr=False)
    choices: Sequence[tuple[str, str]] = field(default=(), repr=False)
    slot: str = "item"


@dataclass(eq=False)
class InvalidAnswer(DomainError):
    sentence: str = field(repr=False)
