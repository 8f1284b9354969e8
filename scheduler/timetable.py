"""TIMETABLE: the whole schedule on one screen. Times are the office's; weekdays would be names, never numbers.

A line is due at its latest firing that lies within `window` before now: what was missed longer ago is let go, what
was missed more than once is done once. Who did it already is asked in the database (`runs`), never remembered.
What each line does stands in `scheduler/lines.py`: this process only looks at the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger


@dataclass(frozen=True)
class Line:
    """`cron`: a crontab line in the office's time, "" for one that runs every `every` seconds. `in_office`:
    nothing of it at night or on days off; it stays due. `unasked`: speaks to people by itself, held in maintenance."""

    name: str
    every: int = 0
    cron: str = ""
    window: timedelta = timedelta()
    in_office: bool = False
    unasked: bool = False


TIMETABLE: tuple[Line, ...] = (
    Line("sweep", every=15),
    Line("escalations", every=20),  # keeps office hours itself: what is urgent does not
    Line("hand_overs", every=60, in_office=True),
    Line("pressing", every=60, in_office=True),
    Line("item_deadlines", every=60, in_office=True),
    Line("auditor", every=600),  # looks at any time, speaks in office hours
    Line("board", every=600, in_office=True),  # of a large site; a small one is counted while it is looked at
    Line("calendar_year", every=600, in_office=True),
    # 16:20 on the last working day of the week, caught up until Tuesday noon: the job knows which day that is.
    Line("weekly_summary", every=20, unasked=True),
    # What moved since the last post, merged per half day; in office hours only, so on working days only.
    Line("progress_news_noon", cron="40 11 * * *", window=timedelta(hours=2), in_office=True, unasked=True),
    Line(
        "progress_news_evening", cron="10 17 * * *", window=timedelta(hours=2), in_office=True, unasked=True
    ),
    # What there is to remind of is found before the moments at which it is told (config/clock.yaml), merged.
    Line("deferrals", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("fees", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("check_ins", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("group_check", cron="30 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("rating_invitations", cron="0 9 * * *", window=timedelta(hours=8), in_office=True),
    Line("decision_limits", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("delivery_limits", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("task_reminders", cron="5 9 * * *", window=timedelta(hours=8), in_office=True),
    Line("waiting_for_enterprise", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("problem_analysis", cron="20 9 * * *", window=timedelta(hours=8), in_office=True),
    Line("events", cron="40 8 * * *", window=timedelta(hours=8), in_office=True),
    Line("returns", cron="0 9 * * *", window=timedelta(hours=8), in_office=True),
    # At the site's own times; when that was missed, until the office closes.
    Line("supervisor_digests", every=60, in_office=True, unasked=True),
    Line("morning_lists", every=60, in_office=True, unasked=True),
    Line("reminders", every=60, in_office=True, unasked=True),
    Line("queue_watch", every=300),
    Line("app_menu", every=300),
    Line("retention", cron="30 2 * * *", window=timedelta(hours=3)),
)


def latest_firing(line: Line, now: datetime, zone: tzinfo) -> datetime | None:
    """The newest instant at which the line was to run, None when it lies too long ago."""
    if not line.cron:
        return now
    trigger = CronTrigger.from_crontab(line.cron, timezone=zone)
    found = None
    at = trigger.get_next_fire_time(None, (now - line.window).astimezone(zone))
    while at is not None and at <= now:
        found = at
        at = trigger.get_next_fire_time(at, at + timedelta(seconds=1))
    return found


def trigger_of(line: Line) -> IntervalTrigger:
    """How often the scheduler looks. A cron line is looked at every 20 seconds: the office's clock may jump."""
    return IntervalTrigger(seconds=line.every or 20)
