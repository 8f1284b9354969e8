"""催办 (polite, once a working day) and 督办 (formal, numbered, F27): two levels (R095; 曲江2024 第5、14条)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.configuration import Section
from domain.errors import IllegalMove, InvalidAnswer
from domain.issues import WITH_DEPARTMENT, Issue, IssueStatus


class PressState(StrEnum):
    OPEN = "open"  # waits for the pressed department's feedback
    ANSWERED = "answered"
    CLOSED = "closed"  # 销号, with a reason


_P = PressState
NEXT: dict[PressState, frozenset[PressState]] = {
    _P.OPEN: frozenset({_P.ANSWERED, _P.CLOSED}),
    _P.ANSWERED: frozenset({_P.ANSWERED, _P.CLOSED}),
    _P.CLOSED: frozenset(),
}
LONGEST_WORDS = 300


@dataclass(frozen=True)
class PressRule:
    """`answer_within`: working days in which a press wants its feedback, unless it names a day."""

    answer_within: int = 2


@dataclass(frozen=True)
class Press:
    """`by_id`: None for one the clock issued. `due_by`: when the feedback is due."""

    id: int
    no: str
    project_id: int
    issue_no: int
    department: str
    person_id: int
    form_id: int
    by_id: int | None
    at: datetime
    due_by: datetime
    opinion: str = field(repr=False)
    state: PressState = PressState.OPEN
    feedback: str = field(default="", repr=False)
    answered_by: int | None = None
    answered_at: datetime | None = None
    reason: str = field(default="", repr=False)
    closed_by: int | None = None
    closed_at: datetime | None = None
    look_at: datetime | None = None

    def answered(self, text: str, by: int, at: datetime) -> Press:
        """Feedback; more of it may follow."""
        said = "；".join(part for part in (self.feedback, text) if part)
        return replace(
            self._moved(PressState.ANSWERED), feedback=said, answered_by=by, answered_at=at, look_at=None
        )

    def closed(self, reason: str, by: int, at: datetime) -> Press:
        return replace(
            self._moved(PressState.CLOSED), reason=reason, closed_by=by, closed_at=at, look_at=None
        )

    def _moved(self, state: PressState) -> Press:
        if state not in NEXT[self.state]:
            raise IllegalMove("press", self.state, state)
        return replace(self, state=state)


@dataclass(frozen=True)
class Urge:
    """`issue_no` or `item_id`: what it is about; neither: the project as a whole. `told_at`: when it was passed on."""

    id: int
    project_id: int
    issue_no: int | None
    item_id: str | None
    by_id: int | None
    to_id: int
    at: datetime
    said: str = field(default="", repr=False)
    told_at: datetime | None = None


def read_press_rule(document: Section) -> PressRule:
    if not document.has("press"):
        document.raw("press")
        return PressRule()
    section = document.section("press")
    rule = PressRule(section.integer("answer_within", least=1))
    section.end()
    return rule


def overdue_since(issue: Issue, now: datetime) -> datetime | None:
    """The limit that is over: of the department, or of the officer's desk. None when none is."""
    if issue.status in WITH_DEPARTMENT:
        due = issue.answer_by
        if issue.status is IssueStatus.ASSIGNED and issue.respond_by:
            due = min(due, issue.respond_by) if due else issue.respond_by
    else:
        due = issue.desk_by
    return due if due is not None and due < now else None


def days_overdue(due: datetime, now: datetime, calendar: WorkCalendar) -> int:
    first, last = (one.astimezone(calendar.zone).date() for one in (due, now))
    return calendar.working_days_between(first, last)


def feedback_day(named: date | None, today: date, rule: PressRule, calendar: WorkCalendar) -> date:
    """The named day, else as the site says; never one that was only guessed."""
    day = named or calendar.add_working_days(today, rule.answer_within)
    if named is not None and named <= today:
        raise InvalidAnswer("督办要求的反馈日期应晚于今天，例如：督办 3 请于明天前说明退件依据。")
    if calendar.rests_on_a_guess(today, day):
        raise InvalidAnswer(
            "督办要求的反馈日期所在年份放假安排尚未公布，不作正式督办，请改用已公布年份的日期。"
        )
    if not calendar.is_working_day(day):
        raise InvalidAnswer("督办要求的反馈日期不是工作日，请换成工作日。")
    return day


def checked_words(text: str, what: str, example: str) -> str:
    """`what`: how the words are called, `example`: how to send them."""
    said = text.strip(" ，,。:：;；\n")
    if not said:
        raise InvalidAnswer(f"请写明{what}，例如：{example}")
    if len(said) > LONGEST_WORDS:
        raise InvalidAnswer(f"{what}请控制在{LONGEST_WORDS}字以内（现在{len(said)}字）。")
    return said


def next_telling(calendar: WorkCalendar, now: datetime, *, told_today: bool) -> datetime:
    """When somebody may be urged next: in office hours, once a working day."""
    if not told_today:
        return calendar.next_office_moment(now)
    today = now.astimezone(calendar.zone).date()
    return calendar.opening(calendar.add_working_days(today, 1))
