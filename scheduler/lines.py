"""Run one line of the timetable, in a worker or in `run-due`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.bootstrap import parts
from bot.health import MAINTENANCE
from bot.jobs import without_words
from bot.wiring import Parts
from domain.calendar import WorkCalendar
from scheduler.jobs import (
    app_menu,
    auditor,
    board,
    calendar_year,
    check_ins,
    decision_limits,
    deferrals,
    delivery_limits,
    escalations,
    events,
    fees,
    group_check,
    hand_overs,
    item_deadlines,
    morning_lists,
    pressing,
    problem_analysis,
    progress_news,
    queue_watch,
    rating_invitations,
    reminders,
    retention,
    returns,
    supervisor_digests,
    sweeps,
    task_reminders,
    waiting_for_enterprise,
    weekly_summary,
)
from scheduler.timetable import TIMETABLE, Line, latest_firing

WORK: dict[str, Callable[[Parts, datetime], None]] = {
    "sweep": sweeps.run,
    "escalations": escalations.run,
    "hand_overs": hand_overs.run,
    "pressing": pressing.run,
    "item_deadlines": item_deadlines.run,
    "auditor": auditor.run,
    "board": board.run,
    "calendar_year": calendar_year.run,
    "weekly_summary": weekly_summary.run,
    "progress_news_noon": progress_news.run,
    "progress_news_evening": progress_news.run,
    "deferrals": deferrals.run,
    "fees": fees.run,
    "check_ins": check_ins.run,
    "group_check": group_check.run,
    "rating_invitations": rating_invitations.run,
    "decision_limits": decision_limits.run,
    "delivery_limits": delivery_limits.run,
    "task_reminders": task_reminders.run,
    "waiting_for_enterprise": waiting_for_enterprise.run,
    "supervisor_digests": supervisor_digests.run,
    "morning_lists": morning_lists.run,
    "reminders": reminders.run,
    "queue_watch": queue_watch.run,
    "problem_analysis": problem_analysis.run,
    "returns": returns.run,
    "events": events.run,
    "app_menu": app_menu.run,
    "retention": retention.run,
}
LINES = {line.name: line for line in TIMETABLE}
# What is done in office hours only; the daily comparison can wait for the next day.
OFFICE_LINES = ("escalations", "hand_overs", "weekly_summary")


@without_words
def run_line(name: str) -> None:
    """As of now, not of when it was queued: after an outage the office may have closed in between."""
    wired = parts()
    wired.queue.line_begins(name)
    at = latest_firing(LINES[name], wired.clock.now(), wired.clock.zone)
    if at is not None:
        run(wired, LINES[name], at)
    wired.queue.wake_delivery()


def run(wired: Parts, line: Line, at: datetime) -> None:
    if not (line.in_office or line.unasked) or _may_speak(wired, line, at):
        WORK[line.name](wired, at)


def _may_speak(wired: Parts, line: Line, at: datetime) -> bool:
    """What may not stays due; what waited is told merged."""
    with wired.store.reading() as tx:
        calendar = wired.sites.get(tx).calendar
        held = line.unasked and tx.runs.last_beat(MAINTENANCE) is not None
    return not held and not (line.in_office and not _in_office(calendar, at))


def run_due(wired: Parts, at: datetime) -> list[str]:
    """Everything due up to that instant, once, in this process. Names of the lines that were looked at."""
    ran = []
    sweeps.do_what_waits(wired)
    for line in TIMETABLE:
        if latest_firing(line, at, wired.clock.zone) is not None:
            run(wired, line, at)
            ran.append(line.name)
    return ran


def run_due_in_office(wired: Parts, at: datetime) -> list[str]:
    """For whoever asks at night or on a day off: also what fell due while the office was open, as of then."""
    ran = run_due(wired, at)
    with wired.store.reading() as tx:
        calendar = wired.sites.get(tx).calendar
    if not in_office(wired, at):
        closed = last_closing(calendar, at)
        for name in OFFICE_LINES:
            run(wired, LINES[name], closed)
    return ran


def last_closing(calendar: WorkCalendar, at: datetime) -> datetime:
    """The last moment before the office closed, seen from outside its hours."""
    day = at.astimezone(calendar.zone).date()
    if not calendar.is_working_day(day) or at < calendar.opening(day):
        day = calendar.add_working_days(day, -1)
    return calendar.closing(day) - timedelta(seconds=1)


def in_office(wired: Parts, at: datetime) -> bool:
    with wired.store.reading() as tx:
        calendar = wired.sites.get(tx).calendar
    return _in_office(calendar, at)


def _in_office(calendar: WorkCalendar, at: datetime) -> bool:
    local = at.astimezone(calendar.zone)
    if not calendar.is_working_day(local.date()):
        return False
    return calendar.opening(local.date()) <= at < calendar.closing(local.date())
