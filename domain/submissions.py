"""A paper that goes out of the house for a problem: to the government (R132), or as a referral letter (F18, R133)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import IllegalMove


class SubmissionKind(StrEnum):
    GOVERNMENT = "government"
    LETTER = "letter"


class SubmissionState(StrEnum):
    MADE = "made"  # written and numbered, not sent yet
    SENT = "sent"
    ANSWERED = "answered"
    DROPPED = "dropped"  # the problem went another way


_S = SubmissionState
NEXT: dict[SubmissionState, frozenset[SubmissionState]] = {
    _S.MADE: frozenset({_S.SENT, _S.DROPPED}),
    _S.SENT: frozenset({_S.ANSWERED, _S.DROPPED}),
    _S.ANSWERED: frozenset(),
    _S.DROPPED: frozenset(),
}
LIVE_SUBMISSIONS = frozenset({_S.MADE, _S.SENT})


@dataclass(frozen=True)
class Submission:
    """`form_id`: the newest version of its paper."""

    id: int
    kind: SubmissionKind
    issue_no: int
    project_id: int
    form_id: int
    to_whom: str
    made_by: int
    made_at: datetime
    state: SubmissionState = SubmissionState.MADE
    channel: str = ""
    sent_on: date | None = None
    answer: str = field(default="", repr=False)
    answered_on: date | None = None
    version: int = 0  # compare-and-set

    def must_go_to(self, state: SubmissionState) -> None:
        if state not in NEXT[self.state]:
            raise IllegalMove("submission", self.state, state)

    def send(self, form_id: int, on: date, channel: str) -> Submission:
        return replace(self._to(SubmissionState.SENT), form_id=form_id, sent_on=on, channel=channel)

    def answered(self, form_id: int, on: date, answer: str) -> Submission:
        return replace(self._to(SubmissionState.ANSWERED), form_id=form_id, answered_on=on, answer=answer)

    def drop(self) -> Submission:
        return self._to(SubmissionState.DROPPED)

    def _to(self, state: SubmissionState) -> Submission:
        self.must_go_to(state)
        return replace(self, state=state)
