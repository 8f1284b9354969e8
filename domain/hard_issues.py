"""难点问题 (F11; R138, R139): every open problem has a next step, somebody who takes it, and a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.issues import Issue, IssueLevel, IssueStatus
from domain.rungs import WHAT

_S = IssueStatus
WAY_NAMES = {
    IssueLevel.REPRESENTATIVE: "代表",
    IssueLevel.JOINT_MEETING: "联席",
    IssueLevel.GOVERNMENT: "区政府",
    IssueLevel.OUT_OF_SCOPE: "发函",
}
# By whom the next step is taken: the officer, the representative, or whoever fed the problem back.
OFFICER, HOLDER, REPORTER = "officer", "holder", "reporter"
_NEXT: dict[IssueStatus, tuple[str, str]] = {
    _S.NEW: ("分派到责任部门", OFFICER),
    _S.TRIAGE: ("分派到责任部门", OFFICER),
    _S.ASSIGNED: ("接办并答复", HOLDER),
    _S.ACCEPTED: ("办理并答复", HOLDER),
    _S.ANSWERED: ("核对答复并发布", OFFICER),
    _S.RELEASED: ("确认是否解决", REPORTER),
}


@dataclass(frozen=True)
class NextStep:
    what: str
    by: str  # OFFICER, HOLDER or REPORTER
    person_id: int = field(repr=False)
    at: datetime


def next_step(issue: Issue, officer_id: int, answer_by: datetime) -> NextStep | None:
    """None once nothing is left to do. `answer_by`: the limit counted from when it was raised, for one that has no
    limit of its own yet."""
    if not issue.is_open:
        return None
    if issue.status is _S.COORDINATED:
        return NextStep(WHAT[issue.rung], OFFICER, officer_id, issue.desk_by or answer_by)
    what, by = _NEXT[issue.status]
    people = {OFFICER: officer_id, HOLDER: issue.representative_id or officer_id, REPORTER: issue.raised_by}
    return NextStep(what, by, people[by], issue.answer_by or answer_by)


def is_late(issue: Issue, step: NextStep | None, now: datetime) -> bool:
    """Open: its day is over. Closed: it was told after its day."""
    if step is not None:
        return now > step.at
    return (
        issue.answer_by is not None and issue.released_at is not None and issue.released_at > issue.answer_by
    )
