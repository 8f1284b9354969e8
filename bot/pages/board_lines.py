"""The board's list of what is late, red first: read again while it is shown, so that nothing done since stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.documents.board_figures import place_of
from bot.moves import pressing
from bot.moves.work import CaseWork
from bot.pages.board_scope import Asked, Scope, late_of
from bot.pages.visit import Visit
from bot.texts import board as texts
from bot.texts.phrases import STATES, clipped, short_day
from bot.texts.progress import ISSUE_STATES
from domain.board import Board
from domain.deadlines import Lamp, issue_clock
from domain.issues import Issue
from domain.items import ENDED, CaseItem, ItemView
from domain.project import Project


@dataclass(frozen=True)
class Line:
    """`no`: of a problem; `item`: of an item of a case. `left`: days, negative when over."""

    lamp: Lamp
    title: str = field(repr=False)
    project: Project
    department: str
    holder: str
    left: int
    over: str
    done: str
    to: str
    no: int = 0
    item: int = 0
    may_urge: bool = False
    may_press: bool = False


def lines(visit: Visit, scope: Scope, what: Asked, board: Board, most: int) -> tuple[list[Line], int]:
    """The first of them, and how many there are. Neither problems nor items crowd the others out."""
    issues, late = _issues(visit, scope, what), late_of(visit, what, board)
    shown = issues[: most - min(len(late), most // 2)]
    wanted = [one.case_item_id for one in late[: most - len(shown)]]
    read = visit.tx.boards.items(wanted)
    projects = visit.tx.projects.many({project_id for project_id, _ in read.values()})
    holders = {one.id: one.name for one in visit.tx.people.many(_holders(shown))}
    items = [_item(visit, scope, read[one][1], projects[read[one][0]]) for one in wanted if one in read]
    found = [
        *(_issue(visit, scope, issue, project, holders) for issue, project in shown),
        *(one for one in items if one),
    ]
    gone = len(shown) + len(wanted) - len(found)
    ordered = sorted(found, key=lambda one: (one.lamp is not Lamp.RED, not one.no, one.left))
    return ordered, len(issues) + len(late) - gone


def _holders(shown: Iterable[tuple[Issue, Project]]) -> set[int]:
    return {issue.representative_id for issue, _ in shown if issue.representative_id}


def _issues(visit: Visit, scope: Scope, what: Asked) -> list[tuple[Issue, Project]]:
    site = visit.context.site
    overdue = visit.tx.issues.overdue(visit.context.now)
    projects = visit.tx.projects.many({one.project_id for one in overdue})
    return [
        (issue, projects[issue.project_id])
        for issue in overdue
        if scope.has(projects[issue.project_id])
        and what.wanted.has(place_of(projects[issue.project_id], site))
        and (scope.departments is None or issue.department in scope.departments)
        and what.department in ("", issue.department)
        and (not what.stage or _stage(visit, issue) == what.stage)
    ]


def _stage(visit: Visit, issue: Issue) -> str:
    entry = visit.context.site.catalogue.items.get(issue.item_id or "")
    return entry.stage if entry else ""


def _issue(visit: Visit, scope: Scope, issue: Issue, project: Project, holders: Mapping[int, str]) -> Line:
    context, work = visit.context, visit.work
    clock = issue_clock(issue, context.now, context.calendar, context.site.deadlines.lamp)
    return Line(
        clock.lamp if clock else Lamp.RED, f"问题{issue.no}：{clipped(issue.description, 40)}", project,
        context.site.departments[issue.department].short if issue.department else "",
        holders.get(issue.representative_id or 0, ""),
        clock.left if clock else 0, texts.over_answer(clock), _done(work, issue), f"/m/issue/{issue.no}",
        no=issue.no,
        may_urge=scope.acts and issue.representative_id != visit.person.id,
        may_press=scope.acts and visit.allowed(lambda: pressing.must_be_pressable(work, issue)),
    )  # fmt: skip


def _done(work: CaseWork, issue: Issue) -> str:
    """What was done about it: the state, who was told, the press that is open."""
    press = work.tx.presses.open_of(issue.no)
    told = texts.told(issue.told_level)
    pressed = texts.pressed(press.no, press.due_by, work.calendar.zone) if press else ""
    return "，".join(one for one in (ISSUE_STATES[issue.shown_status(work.now)], told, pressed) if one)


def _item(visit: Visit, scope: Scope, item: CaseItem, project: Project) -> Line | None:
    """None for what was done since it was counted."""
    context = visit.context
    entry = context.site.catalogue.items.get(item.item_id)
    if entry is None or item.state in ENDED:
        return None
    view = ItemView(item, entry, context.calendar, context.site.deadlines.lamp, context.today)
    clock = view.clock
    if clock is None or view.lamp not in (Lamp.RED, Lamp.YELLOW):
        return None
    since = f"{short_day(item.known_since)}" if item.known_since else ""
    last = item.events[-1].by if item.events else ""
    return Line(
        view.lamp, entry.spoken, project, context.site.departments[entry.lead].short, "", clock.left,
        texts.over(clock), texts.last_news(STATES[item.state], since, last), f"/m/item/{item.id}", item=item.id,
        may_urge=scope.acts and project.officer_id != visit.person.id,
    )  # fmt: skip
