"""Lamps: one rule everywhere (contract §10). Yellow at a share of the limit or one working day before, red after."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.calendar import DueDay, WorkCalendar
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
