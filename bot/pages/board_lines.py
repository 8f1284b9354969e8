"""The board's list of what is late, red first: read again while it is shown, so that nothing done since stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.moves import pressing
from bot.moves.work import CaseWork
from bot.pages.board_scope import Asked, Scope, late_of
from bot.pages.visit import Visit
from bot.texts import board as texts
from bot.texts.phrases import STATES, clipped, short_day
from bot.texts.progress import ISSUE_STATES
from domain.board import Board, Place
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
    overdue, late = _overdue(visit, scope, what), late_of(visit, what, board)
    shown = visit.tx.issues.many(overdue[: most - min(len(late), most // 2)])
    wanted = [one.case_item_id for one in late[: most - len(shown)]]
    read = visit.tx.boards.items(wanted)
    projects = visit.tx.projects.many(
        {project_id for project_id, _ in read.values()} | {one.project_id for one in shown}
    )
    holders = {one.id: one.name for one in visit.tx.people.many(_holders(shown))}
    items = [_item(visit, scope, read[one][1], projects[read[one][0]]) for one in wanted if one in read]
    found = [
        *(_issue(visit, scope, one, projects[one.project_id], holders) for one in shown),
        *(one for one in items if one),
    ]
    gone = len(shown) + len(wanted) - len(found)
    ordered = sorted(found, key=lambda one: (one.lamp is not Lamp.RED, not one.no, one.left))
    return ordered, len(overdue) + len(late) - gone


def _holders(shown: Iterable[Issue]) -> set[int]:
    return {issue.representative_id for issue in shown if issue.representative_id}


def _overdue(visit: Visit, scope: Scope, what: Asked) -> list[int]:
    """Numbers, the oldest first."""
    context = visit.context
    stages = {item.id: item.stage for item in context.site.catalogue.items.values()} if what.stage else {}
    return [
        one.no
        for one in visit.tx.boards.overdue(context.now)
        if what.wanted.has(
            Place(one.district or context.site.name, one.kind, one.officer_id, one.deputy_id or 0)
        )
        and (scope.departments is None or one.department in scope.departments)
        and what.department in ("", one.department)
        and (not what.stage or stages.get(one.item_id or "", "") == what.stage)
    ]


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
