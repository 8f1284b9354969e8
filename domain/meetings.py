"""联席会议 (R131, R135): times proposed, voted on, one fixed, held – and who wants which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.errors import IllegalMove
from domain.rungs import MeetingRules


class MeetingState(StrEnum):
    PLANNED = "planned"  # called, times only proposed to the officer
    VOTING = "voting"
    FIXED = "fixed"
    HELD = "held"
    CANCELLED = "cancelled"


_S = MeetingState
NEXT: dict[MeetingState, frozenset[MeetingState]] = {
    _S.PLANNED: frozenset({_S.VOTING, _S.CANCELLED}),
    _S.VOTING: frozenset({_S.VOTING, _S.FIXED, _S.CANCELLED}),
    _S.FIXED: frozenset({_S.FIXED, _S.HELD, _S.CANCELLED}),
    _S.HELD: frozenset(),
    _S.CANCELLED: frozenset(),
}
LIVE_MEETINGS = frozenset({_S.PLANNED, _S.VOTING, _S.FIXED})


@dataclass(frozen=True)
class Meeting:
    """`slots`, `at`: aware UTC. `form_id`: the minutes (F24)."""

    id: int
    issue_no: int
    project_id: int
    called_by: int
    called_at: datetime
    slots: tuple[datetime, ...]
    state: MeetingState = MeetingState.PLANNED
    at: datetime | None = None
    place: str = field(default="", repr=False)
    form_id: int | None = None
    version: int = 0  # compare-and-set

    def ask(self, slots: tuple[datetime, ...]) -> Meeting:
        return replace(self._to(MeetingState.VOTING), slots=slots)

    def fix(self, at: datetime, place: str) -> Meeting:
        return replace(self._to(MeetingState.FIXED), at=at, place=place)

    def hold(self, form_id: int) -> Meeting:
        return replace(self._to(MeetingState.HELD), form_id=form_id)

    def cancel(self) -> Meeting:
        return self._to(MeetingState.CANCELLED)

    @property
    def goes_to(self) -> frozenset[MeetingState]:
        return NEXT[self.state]

    def must_go_to(self, state: MeetingState) -> None:
        if state not in NEXT[self.state]:
            raise IllegalMove("joint_meeting", self.state, state)

    def _to(self, state: MeetingState) -> Meeting:
        self.must_go_to(state)
        return replace(self, state=state)


@dataclass(frozen=True)
class Ballot:
    """Of one person asked. `slots`: numbers from 1; None: not voted yet; empty: none of them suits."""

    meeting_id: int
    person_id: int
    slots: tuple[int, ...] | None = None


def tally(slots: Sequence[datetime], ballots: Sequence[Ballot]) -> list[tuple[int, datetime, list[int]]]:
    """Number, time and who can come, in the order proposed."""
    return [
        (number, slot, [one.person_id for one in ballots if one.slots and number in one.slots])
        for number, slot in enumerate(slots, 1)
    ]


def propose(calendar: WorkCalendar, today: date, rules: MeetingRules) -> tuple[datetime, ...]:
    """In office hours, some working days on."""
    found: list[datetime] = []
    day = calendar.add_working_days(today, rules.ahead)
    for _ in range(rules.slots + 5):
        for moment in rules.times:
            at = datetime.combine(day, moment, calendar.zone)
            if len(found) < rules.slots and calendar.is_open(at):
                found.append(at)
        day = calendar.add_working_days(day, 1)
    return tuple(found)
