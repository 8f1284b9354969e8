"""Issue: a problem fed back by the enterprise – its legal moves, who holds it, and what is due next.

Only the service officer answers the enterprise (R130): a representative's answer is a draft until released.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.errors import IllegalMove, InvalidAnswer
from domain.rungs import Rung


class IssueStatus(StrEnum):
    NEW = "new"  # confirmed by the enterprise, not yet routed
    TRIAGE = "triage"  # on the service officer's desk
    ASSIGNED = "assigned"  # with a representative who has not taken it yet
    ACCEPTED = "accepted"  # 我来办
    COORDINATED = "coordinated"  # on a higher rung of the ladder: `rung` says what comes next
    ANSWERED = "answered"  # a draft waits for the officer
    RELEASED = "released"  # told to the enterprise
    CLOSED = "closed"  # the enterprise says it is solved
    WITHDRAWN = "withdrawn"


_S = IssueStatus

NEXT: dict[IssueStatus, frozenset[IssueStatus]] = {
    _S.NEW: frozenset({_S.TRIAGE, _S.ASSIGNED, _S.WITHDRAWN}),
    _S.TRIAGE: frozenset({_S.ASSIGNED, _S.ANSWERED, _S.COORDINATED, _S.WITHDRAWN}),
    _S.ASSIGNED: frozenset({_S.ASSIGNED, _S.ACCEPTED, _S.ANSWERED, _S.TRIAGE, _S.COORDINATED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.ASSIGNED, _S.ANSWERED, _S.TRIAGE, _S.COORDINATED, _S.WITHDRAWN}),
    _S.COORDINATED: frozenset({_S.COORDINATED, _S.ASSIGNED, _S.ANSWERED, _S.TRIAGE, _S.WITHDRAWN}),
    _S.ANSWERED: frozenset({_S.ACCEPTED, _S.RELEASED, _S.TRIAGE, _S.ANSWERED, _S.COORDINATED}),
    _S.RELEASED: frozenset({_S.CLOSED, _S.ASSIGNED, _S.TRIAGE, _S.ANSWERED}),
    _S.CLOSED: frozenset({_S.ASSIGNED, _S.TRIAGE}),
    _S.WITHDRAWN: frozenset(),
}

OPEN = frozenset(_S) - {_S.CLOSED, _S.WITHDRAWN}
WITH_DEPARTMENT = frozenset({_S.ASSIGNED, _S.ACCEPTED})


class IssueLevel(StrEnum):
    """The ladder of R129–R133."""

    REPRESENTATIVE = "representative"
    JOINT_MEETING = "joint_meeting"
    GOVERNMENT = "government"
    OUT_OF_SCOPE = "out_of_scope"


class Category(StrEnum):
    """问题类别 of form F5."""

    MATERIAL = "material"
    PROGRESS = "progress"
    POLICY = "policy"
    SYSTEM = "system"
    CROSS_DEPARTMENT = "cross_department"
    INTERMEDIARY = "intermediary"
    UTILITY = "utility"
    FEE = "fee"
    ATTITUDE = "attitude"
    OTHER = "other"


CATEGORY_NAMES: dict[Category, str] = {
    Category.MATERIAL: "材料",
    Category.PROGRESS: "进度",
    Category.POLICY: "政策",
    Category.SYSTEM: "系统",
    Category.CROSS_DEPARTMENT: "跨部门",
    Category.INTERMEDIARY: "中介",
    Category.UTILITY: "市政接入",
    Category.FEE: "收费",
    Category.ATTITUDE: "态度",
    Category.OTHER: "其他",
}


class StepKind(StrEnum):
    REMIND = "remind"
    ESCALATE = "escalate"
    TAKE_BACK = "take_back"
    RELEASE = "release"  # by itself, where the site wants that


# What a step is about, and the states in which there is still something to say about it.
ABOUT: dict[str, frozenset[IssueStatus]] = {
    "respond": frozenset({_S.ASSIGNED}),  # take it
    "answer": WITH_DEPARTMENT,
    "silence": frozenset({_S.ACCEPTED}),  # taken, and nothing heard since
    "extension": WITH_DEPARTMENT,  # asked for, not decided
    "triage": frozenset({_S.TRIAGE}),  # on the officer's desk
    "coordinate": frozenset({_S.COORDINATED}),  # the next step on a higher rung
    "release": frozenset({_S.ANSWERED}),  # a draft waits for the officer
}


@dataclass(frozen=True)
class Step:
    """One thing the clock does to an issue, frozen when it was planned. `at`: aware UTC. `to`: who is told, a rung
    of the ladder (service_limits.RUNGS). `formal`: a press, which never rests on a guessed calendar. `any_time`: of
    an urgent issue, also at night."""

    at: datetime
    kind: StepKind
    about: str
    to: str = ""
    level: int = 0
    formal: bool = False
    takes_over: bool = False
    any_time: bool = False

    def moot(self, status: IssueStatus) -> bool:
        """Nothing to remind of any more: it was taken, answered, sorted, released."""
        return status not in ABOUT[self.about]


@dataclass
class Issue:
    """`no`: one running integer per site, never reused (contract §10). Instants are aware UTC."""

    no: int
    project_id: int
    case_id: int | None
    category: Category
    description: str = field(repr=False)
    raised_by: int
    raised_at: datetime
    item_id: str | None = None
    wish: str = field(default="", repr=False)
    status: IssueStatus = IssueStatus.NEW
    level: IssueLevel = IssueLevel.REPRESENTATIVE
    department: str | None = None
    representative_id: int | None = None
    why: str = field(default="", repr=False)  # evidence of the routing, in words; may quote people
    respond_by: datetime | None = None
    answer_by: datetime | None = None
    rule_version: int = 0
    steps: tuple[Step, ...] = ()
    returns: int = 0
    answer: str = field(default="", repr=False)
    answered_by: int | None = None
    released_at: datetime | None = None
    offered_department: str | None = None  # passed on to, not taken yet: the holder stays responsible (R049)
    offered_to: int | None = None
    offer_until: datetime | None = None
    private: bool = False  # about a person: never in a group, only for who raised it, officer and supervisor
    about_person: int | None = None  # the one complained of, who is not to see it
    kind: str = ""  # IssueKind of its limits, frozen when the clock was set
    urgent: bool = False
    clock_from: datetime | None = None  # since when the answer is counted
    desk_by: datetime | None = None  # the officer's own limit: to sort it, or to release the draft
    told_level: int = 0  # the highest level that was told of a late answer
    extended: int = 0  # how often it was extended
    relieved_id: int | None = None  # from whom the clock took it
    rung: Rung = Rung.NONE  # what a coordinated one waits for, until `desk_by`
    version: int = 0  # compare-and-set: raised by storage at every save

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def told(self, now: datetime) -> bool:
        """The enterprise has the answer: released, and the minutes of second thoughts are over."""
        return (
            self.status is IssueStatus.RELEASED and self.released_at is not None and self.released_at <= now
        )

    def shown_status(self, now: datetime) -> IssueStatus:
        """What may be said of it: an answer that can still be taken back is not told yet."""
        waiting = self.status is IssueStatus.RELEASED and not self.told(now)
        return IssueStatus.ANSWERED if waiting else self.status

    @property
    def next_step_at(self) -> datetime | None:
        return min((step.at for step in self.steps), default=None)

    def must_be_assignable(self) -> None:
        """Once the enterprise was told, only its own “not solved” opens it again (`reopen`)."""
        told = self.status in (IssueStatus.RELEASED, IssueStatus.CLOSED)
        if told or IssueStatus.ASSIGNED not in NEXT[self.status]:
            raise IllegalMove("issue", self.status, IssueStatus.ASSIGNED)

    def assign(self, department: str, representative_id: int, why: str) -> None:
        self.must_be_assignable()
        self._move_to(IssueStatus.ASSIGNED)
        self.department, self.representative_id, self.why = department, representative_id, why
        self.relieved_id = None
        self.end_offer()

    def offer(self, department: str, representative_id: int, until: datetime | None) -> None:
        """转办 by whoever holds it: first receiver until another has taken it (首接负责, R049)."""
        self.must_be_assignable()
        if self.status not in WITH_DEPARTMENT:
            raise IllegalMove("issue", self.status, IssueStatus.ASSIGNED)
        self.offered_department, self.offered_to, self.offer_until = department, representative_id, until

    def take_over(self, by: int, why: str) -> None:
        """The department it was passed on to takes it."""
        if self.offered_department is None:
            raise IllegalMove("issue", self.status, IssueStatus.ACCEPTED)
        self.assign(self.offered_department, by, why)

    def end_offer(self) -> None:
        self.offered_department, self.offered_to, self.offer_until = None, None, None

    def must_be_coordinable(self) -> None:
        if self.status is IssueStatus.RELEASED or IssueStatus.COORDINATED not in NEXT[self.status]:
            raise IllegalMove("issue", self.status, IssueStatus.COORDINATED)

    def coordinate(self, level: IssueLevel, rung: Rung, by: datetime) -> None:
        """On a higher rung (R131–R133): the officer sees to the next step by this moment. Outside the house no
        representative is responsible any more."""
        self.must_be_coordinable()
        self._move_to(IssueStatus.COORDINATED)
        if level not in (IssueLevel.REPRESENTATIVE, IssueLevel.JOINT_MEETING):
            self.representative_id = None
        self.end_offer()
        self.level, self.rung, self.desk_by, self.steps = level, rung, by, ()

    def relieve(self, by: int | None) -> None:
        """The clock gives it to the B post; the dates stay, an offer to another department is over. Who lost it cannot
        take it back by tapping."""
        self.must_be_assignable()
        self._move_to(IssueStatus.ASSIGNED)
        self.relieved_id, self.representative_id = self.representative_id, by
        self.end_offer()

    def extend(self, answer_by: datetime) -> None:
        if self.status not in WITH_DEPARTMENT:
            raise IllegalMove("issue", self.status, IssueStatus.ACCEPTED)
        self.answer_by, self.told_level, self.extended = answer_by, 0, self.extended + 1
        self.steps = tuple(s for s in self.steps if s.about == "respond")

    def to_triage(self, why: str) -> None:
        if self.status in (IssueStatus.RELEASED, IssueStatus.CLOSED):
            raise IllegalMove("issue", self.status, IssueStatus.TRIAGE)
        self._move_to(IssueStatus.TRIAGE)
        self.department, self.representative_id, self.why, self.steps = None, None, why, ()
        self.desk_by = None
        self.end_offer()

    def accept(self) -> None:
        if self.status is IssueStatus.ANSWERED:
            raise IllegalMove("issue", self.status, IssueStatus.ACCEPTED)
        self._move_to(IssueStatus.ACCEPTED)
        self.end_offer()
        self.steps = tuple(step for step in self.steps if step.about != "respond")

    def reply(self, answer: str, by: int) -> None:
        """A draft; a draft that is not released yet may be written anew."""
        answer = checked_answer(answer)
        if self.status is IssueStatus.RELEASED:
            raise IllegalMove("issue", self.status, IssueStatus.ANSWERED)
        if self.status is not IssueStatus.ANSWERED:
            self.desk_by = None
        self._move_to(IssueStatus.ANSWERED)
        self.end_offer()
        self.answer, self.answered_by = answer, by  # the clock stays: the officer may return the draft

    def return_draft(self) -> None:
        """The officer sends the draft back to the representative who wrote it, or to the desk if it was the
        officer's own."""
        if self.status is not IssueStatus.ANSWERED:
            raise IllegalMove("issue", self.status, IssueStatus.ACCEPTED)
        self._move_to(IssueStatus.ACCEPTED if self.representative_id else IssueStatus.TRIAGE)
        self.desk_by = None

    def release(self, at: datetime) -> None:
        """`at`: when the enterprise is told."""
        self._move_to(IssueStatus.RELEASED)
        self.released_at = at

    def take_back(self) -> None:
        """撤销 of a release: the answer is a draft again."""
        if self.status is not IssueStatus.RELEASED:
            raise IllegalMove("issue", self.status, IssueStatus.ANSWERED)
        self._move_to(IssueStatus.ANSWERED)
        self.released_at = self.desk_by = None

    def close(self) -> None:
        self._move_to(IssueStatus.CLOSED)

    def reopen(self) -> None:
        """Not solved: back to the department that answered, else to the officer's desk."""
        if self.status not in (IssueStatus.RELEASED, IssueStatus.CLOSED):
            raise IllegalMove("issue", self.status, IssueStatus.ASSIGNED)
        self._move_to(IssueStatus.ASSIGNED if self.representative_id else IssueStatus.TRIAGE)
        self.returns += 1
        self.desk_by = None

    def withdraw(self) -> None:
        self._move_to(IssueStatus.WITHDRAWN)
        self.steps = ()

    def done_until(self, now: datetime, may: Callable[[Step], bool] = lambda _: True) -> tuple[Step, ...]:
        """Take the due steps off the list and hand them back, oldest first. `may`: which of them may be done now."""
        due = [step for step in self.steps if step.at <= now and may(step)]
        self.steps = tuple(step for step in self.steps if step not in due)
        return tuple(sorted(due, key=lambda step: step.at))

    def _move_to(self, status: IssueStatus) -> None:
        if status not in NEXT[self.status]:
            raise IllegalMove("issue", self.status, status)
        self.status = status
        if status is not IssueStatus.COORDINATED:
            self.rung = Rung.NONE


LONGEST_ANSWER = 500


def checked_answer(text: str) -> str:
    """1–500 characters; the platform's smallest message (2048 bytes) still takes it whole."""
    answer = text.strip()
    if not answer:
        raise InvalidAnswer("请写明答复内容。")
    if len(answer) > LONGEST_ANSWER:
        raise InvalidAnswer(
            f"答复请控制在{LONGEST_ANSWER}字以内（现在{len(answer)}字），更长的内容请作为文件提供。"
        )
    return answer
