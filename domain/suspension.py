"""Suspension: 中止 or 终止 of a case in the two steps of R120, and the way back of R127."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove


class SuspensionKind(StrEnum):
    SUSPEND = "suspend"  # can be resumed
    TERMINATE = "terminate"  # cannot


KIND_NAMES = {SuspensionKind.SUSPEND: "中止", SuspensionKind.TERMINATE: "终止"}


class Reason(StrEnum):
    """曲江2024 第18条 (R121–R126)."""

    NOT_POSSIBLE = "S1"
    CANNOT_BE_CORRECTED = "S2a"
    UNTRUE = "S2b"
    FRAUD = "S2c"
    NOT_HANDED_IN = "S3"
    FEE_UNPAID = "S4"
    OWN_WISH = "S5"
    OTHER = "S9"


REASON_NAMES: dict[Reason, str] = {
    Reason.NOT_POSSIBLE: "不符合法律法规和政策要求，或项目不具备办结条件",
    Reason.CANNOT_BE_CORRECTED: "材料不符合法定条件、标准且不能补正",
    Reason.UNTRUE: "材料内容不真实",
    Reason.FRAUD: "弄虚作假",
    Reason.NOT_HANDED_IN: "未在规定期限内提交材料，或经催促后仍未提供",
    Reason.FEE_UNPAID: "未按规定缴纳规费",
    Reason.OWN_WISH: "项目单位主动提出",
    Reason.OTHER: "其他",
}
# What somebody is accused of goes to the supervisor and never into the group (R122).
DISCREET = frozenset({Reason.UNTRUE, Reason.FRAUD})


class SuspensionState(StrEnum):
    PROPOSED = "proposed"  # told to the enterprise (R119); is to be coordinated
    COORDINATED = "coordinated"  # the attempt is on record (R120)
    IN_FORCE = "in_force"  # the written notice is out
    RESUMING = "resuming"  # the cause is said to be gone; confirmations or signatures are missing
    ENDED = "ended"  # resumed, or followed by a termination
    DROPPED = "dropped"


_S = SuspensionState
NEXT: dict[SuspensionState, frozenset[SuspensionState]] = {
    _S.PROPOSED: frozenset({_S.COORDINATED, _S.DROPPED}),
    _S.COORDINATED: frozenset({_S.COORDINATED, _S.IN_FORCE, _S.DROPPED}),
    _S.IN_FORCE: frozenset({_S.RESUMING, _S.ENDED}),
    _S.RESUMING: frozenset({_S.RESUMING, _S.IN_FORCE, _S.ENDED}),
    _S.ENDED: frozenset(),
    _S.DROPPED: frozenset(),
}
NOT_YET_IN_FORCE = frozenset({SuspensionState.PROPOSED, SuspensionState.COORDINATED})
LIVE = frozenset(_S) - {_S.ENDED, _S.DROPPED}


@dataclass(frozen=True)
class Suspension:
    """`evidence`: which reminders were found for S3. `resume_officer`, `resume_enterprise`: who confirmed that the
    cause is gone. `version`: compare-and-set, raised by storage at every save."""

    id: int
    case_id: int
    kind: SuspensionKind
    reason: Reason
    explanation: str = field(repr=False)
    proposed_by: int
    proposed_at: datetime
    evidence: str = field(default="", repr=False)
    state: SuspensionState = SuspensionState.PROPOSED
    coordination: str = field(default="", repr=False)
    effective_on: date | None = None
    cause_removed: str = field(default="", repr=False)
    resume_officer: int | None = None
    resume_enterprise: int | None = None
    ended_on: date | None = None
    version: int = 0

    @property
    def name(self) -> str:
        return KIND_NAMES[self.kind]

    @property
    def discreet(self) -> bool:
        return self.reason in DISCREET

    @property
    def both_confirmed(self) -> bool:
        return self.resume_officer is not None and self.resume_enterprise is not None

    def coordinate(self, what: str) -> Suspension:
        """One more attempt is added to what was recorded before."""
        told = "；".join(part for part in (self.coordination, what) if part)
        return replace(self._to(_S.COORDINATED), coordination=told)

    def issue(self, day: date) -> Suspension:
        """The written notice; never without a recorded coordination (R120)."""
        return replace(self._to(_S.IN_FORCE), effective_on=day)

    def drop(self) -> Suspension:
        return self._to(_S.DROPPED)

    def ask_resume(
        self, cause_removed: str, *, officer: int | None = None, enterprise: int | None = None
    ) -> Suspension:
        """By one side; a termination has no way back."""
        if self.kind is SuspensionKind.TERMINATE or self.state is not _S.IN_FORCE:
            raise IllegalMove("suspension", self.state, _S.RESUMING)
        return replace(
            self._to(_S.RESUMING),
            cause_removed=cause_removed,
            resume_officer=officer,
            resume_enterprise=enterprise,
        )

    def confirm_resume(self, *, officer: int | None = None, enterprise: int | None = None) -> Suspension:
        """By the other side."""
        if self.state is not _S.RESUMING:
            raise IllegalMove("suspension", self.state, _S.RESUMING)
        return replace(
            self,
            resume_officer=self.resume_officer or officer,
            resume_enterprise=self.resume_enterprise or enterprise,
        )

    def refuse_resume(self) -> Suspension:
        """The other side says it is not: as before."""
        if self.state is not _S.RESUMING:
            raise IllegalMove("suspension", self.state, _S.IN_FORCE)
        return replace(self._to(_S.IN_FORCE), cause_removed="", resume_officer=None, resume_enterprise=None)

    def resume(self, day: date) -> Suspension:
        """Only after both sides confirmed (R127)."""
        if self.state is not _S.RESUMING or not self.both_confirmed:
            raise IllegalMove("suspension", self.state, _S.ENDED)
        return replace(self._to(_S.ENDED), ended_on=day)

    def overtaken(self, day: date) -> Suspension:
        """A suspension that a termination takes the place of."""
        return replace(self._to(_S.ENDED), ended_on=day)

    def _to(self, state: SuspensionState) -> Suspension:
        if state not in NEXT[self.state]:
            raise IllegalMove("suspension", self.state, state)
        return replace(self, state=state)
