"""Whose hands a problem went through: nobody kicks the ball twice, and nobody gets back what they gave away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class TurnKind(StrEnum):
    FILED = "filed"  # to_department: the one the enterprise named
    ROUTED = "routed"  # by the rules
    ASSIGNED = "assigned"  # by the service officer
    PASSED_ON = "passed_on"  # 转办 by a department
    NOT_OURS = "not_ours"  # 不属本部门
    TAKEN = "taken"  # what was passed on is taken
    MERGED = "merged"  # the same problem fed back again, in other words
    JOINT_MEETING = "joint_meeting"
    NOT_OUR_PART = "not_our_part"  # of a department that was to help


RETURNS = frozenset({TurnKind.PASSED_ON, TurnKind.NOT_OURS})


@dataclass(frozen=True)
class Turn:
    """`person_id`: None for the clock. `words`: as typed."""

    at: datetime
    kind: TurnKind
    person_id: int | None = None
    department: str | None = None
    to_department: str | None = None
    words: str = field(default="", repr=False)


def returns(turns: Sequence[Turn]) -> list[Turn]:
    """Every time a department did not keep it, oldest first."""
    return [turn for turn in turns if turn.kind in RETURNS]


def returned_by(turns: Sequence[Turn]) -> frozenset[str]:
    """Departments that gave it away; what the officer confirmed anew or what was taken after all does not count."""
    gone: set[str] = set()
    for turn in turns:
        if turn.kind in RETURNS and turn.department:
            gone.add(turn.department)
        if turn.kind in {TurnKind.ASSIGNED, TurnKind.TAKEN} and turn.to_department:
            gone.discard(turn.to_department)
    return frozenset(gone)


def must_not_be_passed_on(turns: Sequence[Turn]) -> bool:
    """It was given away once already: the second time it goes to the service officer, with all reasons."""
    return bool(returns(turns))
