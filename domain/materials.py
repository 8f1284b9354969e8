"""Material of a case item: the checklist enterprise and officers share (R072, R087–R089)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class MaterialState(StrEnum):
    MISSING = "missing"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"  # 容缺: promised for a day


WANTED = frozenset({MaterialState.MISSING, MaterialState.RETURNED, MaterialState.DEFERRED})


@dataclass(frozen=True)
class Material:
    id: int
    case_item_id: int
    name: str
    required: bool
    form: str
    state: MaterialState = MaterialState.MISSING
    reason: str = field(default="", repr=False)
    deferred_until: date | None = None

    @property
    def wanted(self) -> bool:
        """Still to be brought by the enterprise."""
        return self.required and self.state in WANTED
