"""Every open problem has a next step, a person and a date (R139)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.texts.phrases import day, lines, moment
from bot.texts.routing import helping, parts_line
from domain.calendar import WorkCalendar
from domain.issue_parts import Part
from domain.issues import Issue, IssueLevel, IssueStatus
from domain.rungs import WHAT
from domain.site import Site

_RUNGS: dict[IssueLevel, str] = {
    IssueLevel.REPRESENTATIVE: "",
    IssueLevel.JOINT_MEETING: "已由服务专员{}提请联席会议",
    IssueLevel.GOVERNMENT: "已由服务专员{}提请政府协调",
    IssueLevel.OUT_OF_SCOPE: "已由服务专员{}发函转请有关单位办理",
}


@dataclass(frozen=True)
class Hands:
    """Names. `offered`: to whom it was passed on and who has not taken it yet."""

    officer: str
    holder: str
    offered: str
    raised_by: str


def lines_of(
    issue: Issue, hands: Hands, beside: tuple[Sequence[Part], int], site: Site,
    clock: tuple[WorkCalendar, datetime],
) -> str:  # fmt: skip
    parts, again = beside
    return lines(
        helping([parts_line(parts, site)]) if parts else "",
        f"同一情况另有{again}次反馈" if again else "",
        _RUNGS[issue.level].format(hands.officer) if issue.is_open else "",
        _next(issue, hands, site, clock),
    )


def _next(issue: Issue, hands: Hands, site: Site, clock: tuple[WorkCalendar, datetime]) -> str:
    calendar, now = clock
    status = issue.shown_status(now)
    if status is IssueStatus.ASSIGNED or (issue.offered_to and status is IssueStatus.ACCEPTED):
        return _to_be_taken(issue, hands, calendar)
    confirmed = _after(issue.released_at or now, site.routing.confirm_days, calendar)
    steps: dict[IssueStatus, str] = {
        IssueStatus.NEW: f"{day(issue.raised_at.astimezone(calendar.zone).date())}内分派责任部门",
        IssueStatus.TRIAGE: f"服务专员{hands.officer}{_by(issue.desk_by, calendar)}分派",
        IssueStatus.COORDINATED: f"服务专员{hands.officer}{_by(issue.desk_by, calendar)}{WHAT.get(issue.rung, '')}",
        IssueStatus.ACCEPTED: f"{hands.holder}{_by(issue.answer_by, calendar)}答复",
        IssueStatus.ANSWERED: f"服务专员{hands.officer}{_by(issue.desk_by, calendar)}核对发布",
        IssueStatus.RELEASED: f"请{hands.raised_by}{_by(confirmed, calendar)}确认是否解决",
    }
    return f"下一步：{steps[status]}" if status in steps else ""


def _to_be_taken(issue: Issue, hands: Hands, calendar: WorkCalendar) -> str:
    if issue.offered_to:
        until = _by(issue.offer_until, calendar)
        return f"下一步：已转{hands.offered}，请其{until}接办；接办前由{hands.holder}负责"
    return f"下一步：{hands.holder}{_by(issue.respond_by, calendar)}接办"


def _by(instant: datetime | None, calendar: WorkCalendar) -> str:
    return f"在{moment(instant, calendar.zone)}前" if instant else ""


def _after(instant: datetime, days: int, calendar: WorkCalendar) -> datetime:
    start = instant.astimezone(calendar.zone).date()
    return calendar.closing(calendar.add_working_days(start, days))
