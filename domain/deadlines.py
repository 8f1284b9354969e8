"""Lamps: one rule everywhere (contract §10). Yellow at a share of the limit or one working day before, red after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import DueDay, WorkCalendar
from domain.issues import WITH_DEPARTMENT, Issue
from domain.service_limits import LampRule


class Lamp(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


def lamp_of(
    *, used: int, limit: int, today: date, due: DueDay, calendar: WorkCalendar, rule: LampRule
) -> Lamp:
    """Whichever comes first turns it yellow. A provisional day never turns it red: nobody is pressed for a
    deadline that rests on a guessed calendar (domain.md §5.1)."""
    if today > due.day:
        return Lamp.YELLOW if due.provisional else Lamp.RED
    nearly = limit > 0 and used >= limit * rule.yellow_share
    last_days = calendar.add_working_days(today, rule.yellow_days) >= due.day
    return Lamp.YELLOW if nearly or last_days else Lamp.GREEN


@dataclass(frozen=True)
class IssueClock:
    """The answer's limit of one issue, counted up to now, in working days; `late`: past the minute it ended."""

    since: date
    limit: int
    used: int
    left: int
    due: datetime
    late: bool
    provisional: bool
    lamp: Lamp


def issue_clock(issue: Issue, now: datetime, calendar: WorkCalendar, rule: LampRule) -> IssueClock | None:
    """None while no answer is awaited from a department."""
    if issue.answer_by is None or issue.status not in WITH_DEPARTMENT:
        return None
    since, today, day = (
        instant.astimezone(calendar.zone).date()
        for instant in (issue.clock_from or issue.raised_at, now, issue.answer_by)
    )
    limit = calendar.working_days_between(since, day)
    used = max(0, calendar.working_days_between(since, today))
    due = DueDay(day, calendar.rests_on_a_guess(since, day))
    lamp = lamp_of(used=used, limit=limit, today=today, due=due, calendar=calendar, rule=rule)
    late = now > issue.answer_by
    if late and not due.provisional:
        lamp = Lamp.RED
    left = calendar.working_days_between(today, day)
    return IssueClock(since, limit, used, left, issue.answer_by, late, due.provisional, lamp)
