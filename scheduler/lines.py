"""Run one line of the timetable, in a worker or in `run-due`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.bootstrap import parts
from bot.jobs import without_words
from bot.wiring import Parts
from scheduler.jobs import app_menu, escalations, group_check, sweeps, weekly_summary
from scheduler.timetable import TIMETABLE, Line, latest_firing

WORK: dict[str, Callable[[Parts, datetime], None]] = {
    "sweep": sweeps.run,
    "escalations": escalations.run,
    "weekly_summary": weekly_summary.run,
    "group_check": group_check.run,
    "app_menu": app_menu.run,
}
LINES = {line.name: line for line in TIMETABLE}


@without_words
def run_line(name: str, at: str) -> None:
    """`at`: ISO instant of the firing."""
    wired = parts()
    run(wired, LINES[name], datetime.fromisoformat(at))
    wired.queue.wake_delivery()


def run(wired: Parts, line: Line, at: datetime) -> None:
    if line.in_office and not in_office(wired, at):
        return
    WORK[line.name](wired, at)


def run_due(wired: Parts, at: datetime) -> list[str]:
    """Everything due up to that instant, once. Names of the lines that were looked at."""
    ran = []
    for line in TIMETABLE:
        if latest_firing(line, at, wired.clock.zone) is not None:
            run(wired, line, at)
            ran.append(line.name)
    return ran


def in_office(wired: Parts, at: datetime) -> bool:
    with wired.store.reading() as tx:
        calendar = wired.sites.get(tx).calendar
    local = at.astimezone(calendar.zone)
    if not calendar.is_working_day(local.date()):
        return False
    return calendar.opening(local.date()) <= at < calendar.closing(local.date())
