"""政企互动 and 培训 of the year (R155, R161), the questions asked there (R162), and wishes for a visit (R166)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove


class EventKind(StrEnum):
    TRAINING = "training"
    INTERACTION = "interaction"


class EventState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


EVENT_NAMES = {EventKind.TRAINING: "培训", EventKind.INTERACTION: "互动"}
NEXT: Mapping[EventState, frozenset[EventState]] = {
    EventState.PLANNED: frozenset(EventState),
    EventState.HELD: frozenset({EventState.HELD}),  # how many came may be put right
    EventState.CANCELLED: frozenset(),
}


@dataclass(frozen=True)
class Event:
    """`id` is what people type: 培训提问 2. `attendance`: how many came, known once it was held."""

    id: int
    kind: EventKind
    topic: str = field(repr=False)
    day: date
    department: str | None
    planned_by: int
    planned_at: datetime
    state: EventState = EventState.PLANNED
    attendance: int | None = None
    version: int = 0  # compare-and-set

    @property
    def name(self) -> str:
        return f"{EVENT_NAMES[self.kind]}{self.id}"

    def move(self, day: date) -> Event:
        return replace(self._moved(EventState.PLANNED), day=day)

    def cancel(self) -> Event:
        return self._moved(EventState.CANCELLED)

    def hold(self, attendance: int) -> Event:
        return replace(self._moved(EventState.HELD), attendance=attendance)

    def _moved(self, wanted: EventState) -> Event:
        if wanted not in NEXT[self.state]:
            raise IllegalMove("event", self.state, wanted)
        return replace(self, state=wanted)


@dataclass(frozen=True)
class VisitWish:
    """Open until somebody was there; `day`: when somebody will be."""

    id: int
    project_id: int
    words: str = field(repr=False)
    asked_by: int
    asked_at: datetime
    day: date | None = None
    visited_on: date | None = None
    version: int = 0  # compare-and-set

    def plan(self, day: date) -> VisitWish:
        return replace(self._open(), day=day)

    def about(self, words: str) -> VisitWish:
        """Said in a hurry without a reason, which comes after."""
        return replace(self._open(), words=words)

    def visited(self, day: date) -> VisitWish:
        return replace(self._open(), visited_on=day)

    def _open(self) -> VisitWish:
        if self.visited_on is not None:
            raise IllegalMove("visit_wish", "visited", "open")
        return self
