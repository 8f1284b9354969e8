"""What the clock will do to an issue, planned when it is assigned and frozen into it.

Everything lies in office hours by construction: reminders before, escalation after the deadline, one level after
the other. Nobody is pinged at night or on holidays (peers.md E15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import WorkCalendar
from domain.issues import Step, StepKind
from domain.people import Role
from domain.service_limits import Deadlines, IssueLimit

RESPOND_REMINDER = timedelta(hours=2)
MORNING = timedelta(minutes=30)  # reminders come half an hour after the office opens


@dataclass(frozen=True)
class Plan:
    respond_by: datetime
    answer_by: datetime
    steps: tuple[Step, ...]


def plan(limit: IssueLimit, deadlines: Deadlines, calendar: WorkCalendar, assigned_at: datetime) -> Plan:
    """Instants are aware UTC. The day of assignment is not counted; a day ends with office hours."""
    start = assigned_at.astimezone(calendar.zone).date()
    respond_day = calendar.add_working_days(start, limit.respond.value)
    answer_day = calendar.add_working_days(start, limit.answer.value)
    respond_by, answer_by = calendar.closing(respond_day), calendar.closing(answer_day)
    steps = [
        Step(respond_by - RESPOND_REMINDER, StepKind.REMIND, "respond"),
        Step(
            calendar.opening(calendar.add_working_days(respond_day, 1)),
            StepKind.ESCALATE,
            "respond",
            Role.SERVICE_OFFICER,
        ),
    ]
    steps += [
        Step(
            calendar.opening(calendar.add_working_days(answer_day, -days)) + MORNING,
            StepKind.REMIND,
            "answer",
        )
        for days in deadlines.remind_before
    ]
    steps += [
        Step(
            calendar.opening(calendar.add_working_days(answer_day, max(1, level.after))),
            StepKind.ESCALATE,
            "answer",
            role,
        )
        for level in deadlines.escalation
        for role in level.to
    ]
    return Plan(respond_by, answer_by, tuple(step for step in steps if step.at > assigned_at))
