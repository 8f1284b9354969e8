"""Rating (好差评): five grades, one per case; a poor one is put right and followed up (R151, R152, R173)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from math import ceil

from domain.errors import IllegalMove

GRADE_NAMES: dict[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
POOR = frozenset({1, 2})


class RatingState(StrEnum):
    GIVEN = "given"
    RECTIFY = "rectify"  # a poor one: something is to be done by a day
    RECTIFIED = "rectified"  # done, says the officer; somebody else asks the enterprise
    FOLLOWED_UP = "followed_up"
    APPEALED = "appealed"  # said to be a mistake; the supervisor decides
    REOPENED = "reopened"  # it was one: the enterprise rates anew


_S = RatingState
NEXT: dict[RatingState, frozenset[RatingState]] = {
    _S.GIVEN: frozenset({_S.APPEALED, _S.FOLLOWED_UP}),
    _S.RECTIFY: frozenset({_S.RECTIFIED, _S.APPEALED}),
    _S.RECTIFIED: frozenset({_S.FOLLOWED_UP, _S.RECTIFY}),
    _S.FOLLOWED_UP: frozenset(),
    _S.APPEALED: frozenset({_S.GIVEN, _S.RECTIFY, _S.REOPENED}),
    _S.REOPENED: frozenset({_S.GIVEN, _S.RECTIFY}),
}


@dataclass(frozen=True)
class Rating:
    """`rated_by` of an anonymous one is for the rules only and shown to nobody."""

    id: int
    case_id: int
    grade: int
    rated_by: int
    rated_at: datetime
    comment: str = field(default="", repr=False)
    anonymous: bool = False
    state: RatingState = RatingState.GIVEN
    rectify_by: date | None = None
    rectification: str = field(default="", repr=False)
    rectified_by: int | None = None
    rectified_at: datetime | None = None
    follow_up: str = field(default="", repr=False)
    appeal: str = field(default="", repr=False)

    @property
    def poor(self) -> bool:
        return self.grade in POOR

    @property
    def name(self) -> str:
        return GRADE_NAMES[self.grade]

    def rectify(self, what: str, by: int, at: datetime) -> Rating:
        return replace(self._to(_S.RECTIFIED), rectification=what, rectified_by=by, rectified_at=at)

    def followed(self, result: str) -> Rating:
        return replace(self._to(_S.FOLLOWED_UP), follow_up=result)

    def not_content(self, result: str, until: date) -> Rating:
        """The follow-up says it is not put right: once more, with a new day."""
        if self.state is not _S.RECTIFIED:
            raise IllegalMove("rating", self.state, _S.RECTIFY)
        return replace(self._to(_S.RECTIFY), follow_up=result, rectify_by=until)

    def appealed(self, why: str) -> Rating:
        return replace(self._to(_S.APPEALED), appeal=why)

    def upheld(self) -> Rating:
        """The appeal was not followed; the day for putting it right stays."""
        return self._back(_S.RECTIFY if self.poor else _S.GIVEN)

    def reopened(self) -> Rating:
        return self._back(_S.REOPENED)

    def again(self, new: Rating) -> Rating:
        """The rating given after a granted appeal takes the place of this one."""
        self._to(new.state)
        return replace(new, id=self.id, appeal=self.appeal)

    def _back(self, state: RatingState) -> Rating:
        if self.state is not _S.APPEALED:
            raise IllegalMove("rating", self.state, state)
        return self._to(state)

    def _to(self, state: RatingState) -> Rating:
        if state not in NEXT[self.state]:
            raise IllegalMove("rating", self.state, state)
        return replace(self, state=state)


def sample(case_nos: Sequence[str], percent: int, month: str) -> list[str]:
    """抽查回访 (R172): the same all month, another one next month; nobody can choose it."""
    drawn = sorted(case_nos, key=lambda no: hashlib.sha256(f"{month}:{no}".encode()).hexdigest())
    return drawn[: ceil(len(drawn) * min(percent, 100) / 100)]


def new_rating(  # noqa: PLR0913 – a row has as many columns as it has
    case_id: int, grade: int, by: int, at: datetime, *, rectify_by: date, comment: str = "", anonymous: bool = False
) -> Rating:  # fmt: skip
    """`rectify_by`: counts for a poor one only."""
    poor = grade in POOR
    return Rating(
        0, case_id, grade, by, at, comment, anonymous,
        RatingState.RECTIFY if poor else RatingState.GIVEN, rectify_by if poor else None,
    )  # fmt: skip
