"""What the clock will do to an issue, planned from its state and frozen into it.

Everything lies in office hours by construction, of the department for its people and of the hall for the officer:
reminders before, escalation after, one level after the other; only what is urgent goes by the clock on the wall
(peers.md E15). `keep_going` is called with every change, so that no open issue is without a next step (R139).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar
from domain.catalogue import Limit, LimitUnit
from domain.issues import ABOUT, WITH_DEPARTMENT, Issue, IssueStatus, Step, StepKind
from domain.ladders import B_POST, DESK, HOLDER, EscalationLevel, Ladder
from domain.people import Role
from domain.service_limits import Deadlines, IssueKind, IssueLimit

RESPOND_REMINDER = timedelta(hours=2)
MORNING = timedelta(minutes=30)  # reminders come half an hour after the office opens
SETTLED = frozenset({IssueStatus.RELEASED, IssueStatus.CLOSED, IssueStatus.WITHDRAWN})


@dataclass(frozen=True)
class Plan:
    respond_by: datetime
    answer_by: datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Rules:
    """`hours`: of the department that has it; `hall`: of the service hall."""

    deadlines: Deadlines
    hours: WorkCalendar
    hall: WorkCalendar

    @property
    def ladder(self) -> Ladder:
        return self.deadlines.ladder

    def limit_of(self, issue: Issue) -> IssueLimit:
        known = issue.kind in set(IssueKind)
        return self.deadlines.issues[IssueKind(issue.kind) if known else IssueKind.PROBLEM]

    def may(self, step: Step, now: datetime) -> bool:
        """Whoever is told is at work: the department by its hours, the officer by the hall's."""
        hours = self.hours if ABOUT[step.about] & WITH_DEPARTMENT else self.hall
        return step.any_time or hours.is_open(now)

    def today(self, now: datetime) -> date:
        return now.astimezone(self.hall.zone).date()


def plan(
    limit: IssueLimit,
    deadlines: Deadlines,
    calendar: WorkCalendar,
    assigned_at: datetime,
    *,
    urgent: bool = False,
) -> Plan:
    """Instants are aware UTC. The day of assignment is not counted; a day ends with office hours."""
    start = assigned_at.astimezone(calendar.zone).date()
    respond_day = calendar.due_day(start, limit.respond).day
    answer_day = calendar.due_day(start, limit.answer).day
    respond_by, answer_by = calendar.closing(respond_day), calendar.closing(answer_day)
    ladder = deadlines.ladder
    if urgent:
        respond_by = assigned_at + timedelta(minutes=ladder.urgent.respond_minutes)
        steps = [*_urgent_steps(ladder, assigned_at, respond_by)]
    else:
        steps = [*_respond_steps(ladder, calendar, respond_by, respond_day)]
    steps += answer_steps(deadlines, calendar, answer_day)
    return Plan(respond_by, answer_by, tuple(step for step in steps if step.at > assigned_at))


def _respond_steps(ladder: Ladder, calendar: WorkCalendar, by: datetime, day: date) -> Iterator[Step]:
    yield Step(by - RESPOND_REMINDER, StepKind.REMIND, "respond", HOLDER)
    yield from _told(ladder.not_taken, "respond", calendar.opening(calendar.add_working_days(day, 1)))


def _urgent_steps(ladder: Ladder, since: datetime, by: datetime) -> Iterator[Step]:
    """Round the clock: the holder half way, then whoever is told of what was not taken, then level by level."""
    yield Step(since + (by - since) / 2, StepKind.REMIND, "respond", HOLDER, any_time=True)
    told = set(ladder.not_taken.to) | {HOLDER}
    levels = [ladder.not_taken]
    for level in ladder.answer:
        left = tuple(rung for rung in level.to if rung not in told)
        levels += [replace(level, to=left)] if left else []
    for n, level in enumerate(levels):
        at = by + n * timedelta(minutes=ladder.urgent.climb_minutes)
        yield from (replace(step, any_time=True) for step in _told(level, "respond", at))


def answer_steps(deadlines: Deadlines, calendar: WorkCalendar, day: date) -> list[Step]:
    """Before and after the last day of an answer."""
    reminders = [
        Step(
            calendar.opening(calendar.add_working_days(day, -days)) + MORNING,
            StepKind.REMIND,
            "answer",
            HOLDER,
        )
        for days in deadlines.remind_before
    ]
    return [*reminders, *_climb(deadlines.ladder.answer, "answer", calendar, day)]


def _climb(
    levels: Sequence[EscalationLevel], about: str, calendar: WorkCalendar, day: date
) -> Iterator[Step]:
    for level in levels:
        yield from _told(level, about, calendar.opening(calendar.add_working_days(day, max(1, level.after))))


def _told(level: EscalationLevel, about: str, at: datetime) -> Iterator[Step]:
    for rung in level.to:
        over = level.takes_over and rung == B_POST
        yield Step(at, StepKind.ESCALATE, about, rung, level.level, level.formal, over)


# ---------------------------------------------------------------- what a state still needs


def keep_going(issue: Issue, rules: Rules, now: datetime) -> None:
    """Drop what is moot, plan what the issue's state asks for: the officer's own limit, the watch for silence, what is
    left of the ladder. To be called before every save."""
    steps = tuple(step for step in issue.steps if not step.moot(issue.status))
    if issue.status in SETTLED or issue.status is IssueStatus.NEW:
        issue.steps = ()
        return
    if issue.status in WITH_DEPARTMENT:
        issue.desk_by = None
        issue.steps = (*steps, *_for_department(issue, rules, now, {step.about for step in steps}))
    else:
        told = any(step.kind is not StepKind.RELEASE for step in steps)
        issue.steps = steps if told else (*steps, *_for_desk(issue, rules, now))


def _for_department(issue: Issue, rules: Rules, now: datetime, has: set[str]) -> list[Step]:
    found: list[Step] = []
    if issue.answer_by is None:
        issue.clock_from, issue.answer_by = now, plan_for(issue, rules, now).answer_by
    if "answer" not in has:
        found += _rest_of_ladder(issue, rules, now)
    if issue.status is IssueStatus.ACCEPTED and "silence" not in has:
        found += silence_steps(issue, rules, now)
    return found


def plan_for(issue: Issue, rules: Rules, now: datetime) -> Plan:
    return plan(rules.limit_of(issue), rules.deadlines, rules.hours, now, urgent=issue.urgent)


def _rest_of_ladder(issue: Issue, rules: Rules, now: datetime) -> list[Step]:
    """The levels nobody was told of yet; what would lie in the past begins on the next working day."""
    calendar, today = rules.hours, rules.today(now)
    day = (issue.answer_by or now).astimezone(calendar.zone).date()
    left = [level for level in rules.ladder.answer if level.level > issue.told_level]
    if not left:
        return [*_again(rules.ladder.answer, "answer", rules, now)]
    first = max(1, left[0].after)
    if calendar.opening(calendar.add_working_days(day, first)) <= now:
        day = calendar.add_working_days(today, 1 - first) if first > 1 else today
    return [
        step
        for step in answer_steps(
            replace(rules.deadlines, ladder=replace(rules.ladder, answer=tuple(left))), calendar, day
        )
        if step.at > now
    ]


def silence_steps(issue: Issue, rules: Rules, now: datetime) -> list[Step]:
    silence, calendar = rules.ladder.silence, rules.hours
    remind = calendar.add_working_minutes(now, silence.remind_after * 60)
    back = calendar.add_working_minutes(now, silence.take_back_after * 60)
    if issue.answer_by and issue.answer_by >= back:
        back = calendar.opening(
            calendar.add_working_days(issue.answer_by.astimezone(calendar.zone).date(), 1)
        )
    return [
        Step(remind, StepKind.REMIND, "silence", HOLDER),
        Step(back, StepKind.TAKE_BACK, "silence", rules.ladder.silence.back_to or DESK),
    ]


def _for_desk(issue: Issue, rules: Rules, now: datetime) -> list[Step]:
    """The officer's own limit, counted from when it came; once all of its ladder is told, again and again."""
    if issue.status is IssueStatus.COORDINATED:
        return _for_rung(issue, rules, now)
    about = "triage" if issue.status is IssueStatus.TRIAGE else "release"
    calendar = rules.hall
    if issue.desk_by is not None:
        return [*_again(rules.ladder.desk, about, rules, now)]
    limit = rules.ladder.triage if about == "triage" else rules.limit_of(issue).release
    day = calendar.due_day(rules.today(now), _working(limit)).day
    issue.desk_by = calendar.closing(day)
    steps = [
        Step(issue.desk_by - RESPOND_REMINDER, StepKind.REMIND, about, Role.SERVICE_OFFICER),
        *_climb(rules.ladder.desk, about, calendar, day),
    ]
    return [step for step in steps if step.at > now] or [*_again(rules.ladder.desk, about, rules, now)]


def _for_rung(issue: Issue, rules: Rules, now: datetime) -> list[Step]:
    """The next step on a higher rung has the day it was given; reminded of that morning, then the officer's ladder."""
    calendar, about = rules.hall, "coordinate"
    if issue.desk_by is None:
        issue.desk_by = calendar.closing(calendar.add_working_days(rules.today(now), 1))
    day = issue.desk_by.astimezone(calendar.zone).date()
    steps = [
        Step(calendar.opening(day) + MORNING, StepKind.REMIND, about, Role.SERVICE_OFFICER),
        *_climb(rules.ladder.desk, about, calendar, day),
    ]
    return [step for step in steps if step.at > now] or [*_again(rules.ladder.desk, about, rules, now)]


def release_steps(rules: Rules, now: datetime) -> tuple[Step, ...]:
    """An answer that goes out by itself when the officer stays silent; none where the site does not want it."""
    days = rules.deadlines.auto_release
    if not days:
        return ()
    at = rules.hall.opening(rules.hall.add_working_days(rules.today(now), days)) + MORNING
    return (Step(at, StepKind.RELEASE, "release", Role.SERVICE_OFFICER),)


def _working(limit: Limit) -> Limit:
    return limit if limit.unit is LimitUnit.WORKING else replace(limit, unit=LimitUnit.WORKING)


def _again(levels: Sequence[EscalationLevel], about: str, rules: Rules, now: datetime) -> Iterator[Step]:
    """Told to the end of the ladder and still open: the last level once more, and whoever has it."""
    calendar = rules.hours if ABOUT[about] & WITH_DEPARTMENT else rules.hall
    owner = HOLDER if ABOUT[about] & WITH_DEPARTMENT else Role.SERVICE_OFFICER
    at = calendar.opening(calendar.add_working_days(rules.today(now), rules.ladder.again_after))
    last = levels[-1] if levels else None
    yield Step(at, StepKind.ESCALATE, about, owner, last.level if last else 0)
    for step in _told(last, about, at) if last else ():
        if step.to != owner:
            yield replace(step, takes_over=False)


def postponed(step: Step, calendar: WorkCalendar, now: datetime) -> Step:
    """The same on the next working day: a press waits for the official calendar."""
    today = now.astimezone(calendar.zone).date()
    return replace(step, at=calendar.opening(calendar.add_working_days(today, 1)))


def rests_on_a_guess(issue: Issue, calendar: WorkCalendar) -> bool:
    """Whether the day that is overdue was counted in a year without an official calendar."""
    due = issue.answer_by if issue.status in WITH_DEPARTMENT else issue.desk_by
    if due is None:
        return False
    since = (issue.clock_from or issue.raised_at) if issue.status in WITH_DEPARTMENT else due
    first, last = (instant.astimezone(calendar.zone).date() for instant in (since, due))
    return calendar.rests_on_a_guess(min(first + timedelta(days=1), last), last)
