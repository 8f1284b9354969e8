"""Material of a case item: the checklist enterprise and officers share (R072, R087–R089), and its legal moves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove


class MaterialState(StrEnum):
    MISSING = "missing"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"  # 容缺: promised for a day
    LAPSED = "lapsed"  # 容缺 whose day has passed


_S = MaterialState

NEXT: dict[MaterialState, frozenset[MaterialState]] = {
    _S.MISSING: frozenset({_S.RECEIVED, _S.DEFERRED}),
    _S.RECEIVED: frozenset(
        {_S.RECEIVED, _S.ACCEPTED, _S.RETURNED}
    ),  # a newer file takes the place of the last
    _S.RETURNED: frozenset({_S.RECEIVED, _S.DEFERRED}),
    _S.ACCEPTED: frozenset({_S.RETURNED, _S.RECEIVED}),
    _S.DEFERRED: frozenset({_S.RECEIVED, _S.LAPSED}),
    _S.LAPSED: frozenset({_S.RECEIVED}),
}
WANTED = frozenset(
    {MaterialState.MISSING, MaterialState.RETURNED, MaterialState.DEFERRED, MaterialState.LAPSED}
)


@dataclass(frozen=True)
class Material:
    """`commitment`: the written promise of a deferral. `listed`: False for what was asked for outside the list."""

    id: int
    case_item_id: int
    name: str
    required: bool
    form: str
    state: MaterialState = MaterialState.MISSING
    reason: str = field(default="", repr=False)
    deferred_until: date | None = None
    commitment: str = field(default="", repr=False)
    listed: bool = True

    @property
    def wanted(self) -> bool:
        """Still to be brought by the enterprise."""
        return self.required and self.state in WANTED

    @property
    def blocks(self) -> bool:
        """Stands in the way of a submission: neither there nor deferred (R088)."""
        return self.required and self.state in {_S.MISSING, _S.RETURNED, _S.LAPSED}

    def receive(self) -> Material:
        return replace(self._to(_S.RECEIVED), reason="")

    def accept(self) -> Material:
        return replace(self._to(_S.ACCEPTED), reason="")

    def give_back(self, reason: str) -> Material:
        return replace(self._to(_S.RETURNED), reason=reason)

    def defer(self, until: date, commitment: str) -> Material:
        return replace(self._to(_S.DEFERRED), deferred_until=until, commitment=commitment)

    def lapse(self, today: date) -> Material:
        """Only after its day has passed."""
        if self.deferred_until is None or today <= self.deferred_until:
            raise IllegalMove("material", self.state, _S.LAPSED)
        return self._to(_S.LAPSED)

    def _to(self, state: MaterialState) -> Material:
        if state not in NEXT[self.state]:
            raise IllegalMove("material", self.state, state)
        return replace(self, state=state)


@dataclass(frozen=True)
class MaterialVersion:
    """One file handed in for a material. `decision`: "" while nobody has looked at it, else accepted | returned."""

    id: int
    material_id: int
    version: int
    file_id: int
    uploaded_by: int
    uploaded_at: datetime
    truthful: bool
    decision: str = ""
    reason: str = field(default="", repr=False)
    decided_by: int | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class OneTimeNotice:
    """一次性告知. `opinions`: (material, what is wrong). `extra`: it came after the one notice (R083)."""

    id: int
    case_item_id: int
    told_at: datetime
    told_by: int
    opinions: tuple[tuple[str, str], ...] = field(repr=False)
    due: date | None = None
    extra: bool = False
