"""The supervisor's digest from what is kept: a day's most pressing lines, a week's or month's departments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.case_view import cases_of
from bot.documents import fonts
from bot.platform import Card, CardButton, CardKind, Paper
from bot.records import to_record
from bot.texts import digests as texts
from bot.understanding.commands import COMMANDS
from domain.calendar import WorkCalendar
from domain.deadlines import Lamp
from domain.digest import Digest, Pressing, digest, is_late, item_line, obstacles, scores
from domain.issues import Issue, IssueStatus
from domain.items import ItemView
from domain.periods import Period
from domain.project import Project
from domain.site import Site
from storage.outbox import NewMessage
from storage.store import Transaction

ALL = "all"
MOST_BUTTONS = 6
# What a supervisor may do about a problem, each an exact command word; offered where the product knows it.
_ACTS = ("催办", "督办", "批示", "同意延期")


@dataclass(frozen=True)
class Digests:
    """As of one instant."""

    tx: Transaction
    site: Site
    calendar: WorkCalendar
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.calendar.zone).date()

    def of_day(self) -> Digest:
        ids = self.tx.projects.with_open_case()
        projects = self.tx.projects.many(ids)
        overdue = [one for one in self.tx.issues.overdue(self.now) if one.project_id in ids]
        items = [
            item_line(projects[project_id], view, self._names)
            for project_id, view in self._views(ids)
            if view.lamp in (Lamp.RED, Lamp.YELLOW)
        ]
        problems = [self._problem(one, projects[one.project_id]) for one in overdue]
        return digest(self.today, len(ids), problems, items)

    def said(self, found: Digest) -> str:
        levels = {level.level: level.name for level in self.site.deadlines.escalation}
        return texts.daily(found, levels, texts.act_on(self.acts(found)[:3]))

    def acts(self, found: Digest) -> list[str]:
        """For the problems in it, the most pressing first: only what can really be done."""
        numbers = [one.issue_no for one in found.lines if one.issue_no]
        waits = {no for no in numbers if self.tx.extensions.asked(no)}
        wanted = [f"{act} {no}" for no in numbers for act in _ACTS if act != "同意延期" or no in waits]
        return [one for one in wanted if _is_command(one)]

    def of_period(self, name: str, span: Period) -> str:
        ids = self.tx.projects.with_open_case()
        start, end = (datetime.combine(day, time(), self.calendar.zone) for day in (span.first, span.last))
        raised = [
            one for one in self.tx.issues.raised_between(start, end + timedelta(days=1)) if not one.private
        ]
        views = [view for _, view in self._views(ids)]
        closed = sum(one.status in (IssueStatus.CLOSED, IssueStatus.WITHDRAWN) for one in raised)
        late = sum(is_late(one, self.now) for one in raised)
        hard = [
            texts.obstacle(
                self.site.catalogue.items[item].spoken, self._names[department], problems, projects
            )
            for item, department, problems, projects in obstacles(raised, self.site.routing.obstacle_projects)
            if item in self.site.catalogue.items
        ]
        counted = texts.counts(len(ids), len(raised), closed, late)
        return texts.period(name, span, counted, scores(span, raised, views, self._names, self.now), hard)

    def papers(self, userid: str, span: Period, once: str = "") -> list[NewMessage]:
        """统计表 and its picture."""
        key = f"{span.first}:{span.last}:{ALL}"
        kinds = ["statistics", *(["statistics_picture"] if fonts.there() else [])]
        return [
            NewMessage(
                "person", userid, to_record(Paper(kind, key)), f"paper:{kind}", self.now,
                f"{once}:{kind}" if once else None,
            )
            for kind in kinds
        ]  # fmt: skip

    def _problem(self, issue: Issue, project: Project) -> Pressing:
        due = issue.answer_by.astimezone(self.calendar.zone).date() if issue.answer_by else self.today
        over = max(1, self.calendar.working_days_between(due, self.today))
        return Pressing(
            Lamp.RED, project.short_name, f"问题{issue.no}", self._names.get(issue.department or "", "待分派"), -over,
            state=issue.status, told_level=issue.told_level, issue_no=issue.no,
        )  # fmt: skip

    @property
    def _names(self) -> dict[str, str]:
        return {key: one.short for key, one in self.site.departments.items()}

    def _views(self, ids: set[int]) -> list[tuple[int, ItemView]]:
        found = cases_of(self.tx, ids, self.site, self.calendar, self.today)
        return [
            (project_id, view)
            for project_id, cases in sorted(found.items())
            for case in cases
            for view in case.items
        ]


def card(found: Digest, acts: Sequence[str], task_id: str) -> Card:
    """Each button is an exact command word: tapped, it is the same as typed."""
    return Card(
        CardKind.BUTTONS,
        title=f"督办简报：{found.overdue}个问题逾期",
        body="点按钮等于发送同样的话。",
        task_id=task_id,
        buttons=tuple(CardButton(_label(one), f"say:{one}", 2) for one in acts[:MOST_BUTTONS]),
        commands=tuple(acts[:MOST_BUTTONS]),
    )


def _label(act: str) -> str:
    word, _, no = act.partition(" ")
    return f"{word}问题{no}"


def _is_command(text: str) -> bool:
    return any(one.pattern.match(text) for one in COMMANDS)


def week_before(today: date) -> Period:
    monday = today - timedelta(days=today.weekday() + 7)
    return Period(monday, monday + timedelta(days=6))


def month_before(today: date) -> Period:
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)
