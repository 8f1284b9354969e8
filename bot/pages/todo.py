"""我的待办: everything that waits for this person, red first, each one tap from being done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.case_view import CaseView, cases_of, lit_of
from bot.documents import board_figures
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.pages.words import LAMP_NAMES
from bot.texts.phrases import STATES, clipped, used_and_left
from domain import board
from domain.board import Late
from domain.case import CaseStatus
from domain.deadlines import Lamp, issue_clock
from domain.issues import Issue, IssueStatus
from domain.items import ItemView
from domain.materials import Material, MaterialState
from domain.meetings import Meeting, MeetingState
from domain.people import Role
from domain.project import Project

MOST, MOST_PROJECTS = 60, 30
_ORDER = {Lamp.RED: 0, Lamp.YELLOW: 1, Lamp.GREEN: 2, Lamp.NONE: 3}


@dataclass(frozen=True)
class Waiting:
    """One line: `tap` is what the first button says and `to` where it leads."""

    lamp: Lamp
    title: str = field(repr=False)
    about: str = field(repr=False)
    to: str
    tap: str
    due: datetime | None = None
    note: str = ""
    mark: str = ""  # beside the lamp instead of its name


@dataclass(frozen=True)
class Own:
    """What this person is tied to, read once: as contact or signatory, as officer or deputy."""

    projects: Mapping[int, Project]
    enterprise: frozenset[int]
    officer: frozenset[int]

    @property
    def names(self) -> dict[int, str]:
        return {i: one.short_name for i, one in self.projects.items()}


def show(visit: Visit) -> Shown:
    own = _own(visit)
    late, late_red, late_more = _late(visit, own)
    found = [
        *_representative(visit),
        *_to_vote(visit),
        *_officer(visit, own),
        *_enterprise(visit, own),
        *_papers(visit, own),
    ]
    unique = list({one.to: one for one in reversed([*found, *late])}.values())
    ordered = sorted(
        unique, key=lambda one: (_ORDER[one.lamp], one.due is None, one.due or visit.context.now)
    )
    projects = sorted(own.projects.values(), key=lambda one: one.code)
    values = {
        "waiting": ordered[:MOST],
        "more": max(0, len(ordered) - MOST) + late_more,
        "lamps": LAMP_NAMES,
        "projects": projects[:MOST_PROJECTS],
        "more_projects": max(0, len(projects) - MOST_PROJECTS),
        "red": sum(one.lamp is Lamp.RED for one in ordered) + late_red,
        "feeds": [one for one in projects if one.id in own.enterprise][:MOST_PROJECTS],
    }
    return Shown("todo.html", "我的待办", values)


def _own(visit: Visit) -> Own:
    projects = {one.id: one for one in visit.tx.projects.of_person(visit.person.id)}
    officer = frozenset(
        i for i, one in projects.items() if visit.person.id in (one.officer_id, one.deputy_id)
    )
    return Own(projects, visit.tx.people.own_projects(visit.person.id), officer)


def _lamp(visit: Visit, issue: Issue) -> Lamp:
    clock = issue_clock(issue, visit.context.now, visit.context.calendar, visit.context.site.deadlines.lamp)
    return clock.lamp if clock else Lamp.NONE


def _representative(visit: Visit) -> list[Waiting]:
    if Role.REPRESENTATIVE not in visit.person.roles:
        return []
    held = visit.tx.issues.held_by(visit.person.id)
    held = [one for one in held if one.about_person != visit.person.id]
    names = _names(visit, {one.project_id for one in held})
    found = [
        _issue(visit, one, names, "接办" if one.status is IssueStatus.ASSIGNED else "答复") for one in held
    ]
    found += [
        Waiting(
            Lamp.NONE,
            f"问题{part.issue_no}：请您协办",
            "",
            f"/m/issue/{part.issue_no}",
            "答复",
            part.answer_by,
        )
        for part in visit.tx.parts.held_by(visit.person.id)
    ]
    return found


def _issue(visit: Visit, issue: Issue, names: dict[int, str], tap: str) -> Waiting:
    title = f"问题{issue.no}：{clipped(issue.description, 60)}"
    to = f"/m/issue/{issue.no}"
    return Waiting(_lamp(visit, issue), title, names.get(issue.project_id, ""), to, tap, issue.answer_by)


# ---------------------------------------------------------------- what is late, or soon will be


def _late(visit: Visit, own: Own) -> tuple[list[Waiting], int, int]:
    """The most pressing lines, and how many red ones and how many at all are not among them."""
    departments = visit.person.departments(Role.REPRESENTATIVE)
    officer = visit.person.id if Role.SERVICE_OFFICER in visit.person.roles else 0
    if not departments and not officer:
        return [], 0, 0
    kept = board_figures.kept_of(visit.tx, visit.context.site, 0 if departments else officer)
    if kept is None or kept.today != visit.context.today:
        lit = _lit(visit, departments, own.officer if officer else frozenset())
        more: Sequence[Lamp] = [view.lamp for _, view in lit[MOST:]]
        lit = lit[:MOST]
    else:
        steps = board_figures.step_names(visit.context.site)
        late = sorted(board.late_of(kept, steps, departments, officer), key=board.by_urgency)
        more = [one.lamp for one in late[MOST:]]
        lit = _still_lit(visit, late[:MOST])
    names = _names(visit, {project_id for project_id, _ in lit})
    return [_item(view, names[project_id]) for project_id, view in lit], more.count(Lamp.RED), len(more)


def _lit(visit: Visit, departments: frozenset[str], own: frozenset[int]) -> list[tuple[int, ItemView]]:
    context, cases = visit.context, visit.tx.cases
    led = [item.id for one in departments for item in context.site.catalogue.led_by(one)]
    found = [
        *(cases.running(item_ids=led) if led else ()),
        *(cases.running(project_ids=own) if own else ()),
    ]
    lit = lit_of(found, context.site, context.calendar, context.today)
    unique = {view.item.id: (project_id, view) for project_id, view in lit}
    return sorted(unique.values(), key=_urgency)


def _urgency(one: tuple[int, ItemView]) -> tuple[int, int, int]:
    view = one[1]
    return _ORDER[view.lamp], view.clock.left if view.clock else 0, view.item.id


def _still_lit(visit: Visit, late: Sequence[Late]) -> list[tuple[int, ItemView]]:
    """Read again: what was done since it was counted is gone."""
    read = visit.tx.boards.items([one.case_item_id for one in late])
    context = visit.context
    found = [read[one.case_item_id] for one in late if one.case_item_id in read]
    return lit_of(found, context.site, context.calendar, context.today)


def _item(view: ItemView, project: str) -> Waiting:
    note = used_and_left(view.clock) if view.clock else ""
    title = f"{view.entry.spoken}：{STATES[view.item.state]}"
    return Waiting(view.lamp, title, project, f"/m/item/{view.item.id}", "登记进度", note=note)


def _officer(visit: Visit, own: Own) -> list[Waiting]:
    if Role.SERVICE_OFFICER not in visit.person.roles:
        return []
    names = own.names
    desk = [one for one in visit.tx.issues.on_desk(own.officer) if one.about_person != visit.person.id]
    taps = {IssueStatus.ANSWERED: "核对发布", IssueStatus.TRIAGE: "分派"}
    found = [_issue(visit, one, names, taps.get(one.status, "查看")) for one in desk]
    numbers = [
        one.no
        for one in visit.tx.boards.overdue(visit.context.now)
        if visit.person.id in (one.officer_id, one.deputy_id)
    ]
    found += [_issue(visit, one, names, "催办") for one in visit.tx.issues.many(numbers[:MOST])]
    return [*found, *_to_fix(visit, own), *_to_review(visit, names), *_applied(visit, own)]


def _to_fix(visit: Visit, own: Own) -> list[Waiting]:
    voting = visit.tx.meetings.in_state(MeetingState.VOTING, own.officer)
    return [_meeting(one, "确定时间", own.names[one.project_id]) for one in voting]


def _to_vote(visit: Visit) -> list[Waiting]:
    """Asked, and no time chosen yet."""
    found = visit.tx.meetings.asked(visit.person.id)
    names = _names(visit, {one.project_id for one in found})
    return [_meeting(one, "选择时间", names[one.project_id]) for one in found]


def _meeting(one: Meeting, tap: str, project: str) -> Waiting:
    return Waiting(Lamp.NONE, f"问题{one.issue_no}联席会议", project, f"/m/meeting/{one.issue_no}", tap)


def _to_review(visit: Visit, names: dict[int, str]) -> list[Waiting]:
    items = visit.context.site.catalogue.items
    return [
        Waiting(
            Lamp.NONE, f"{items[item_id].spoken}：{one.name}", names[project_id], f"/m/material/{one.id}", "审核材料"
        )
        for project_id, item_id, one in visit.tx.materials.to_review(visit.person.id)
        if item_id in items
    ]  # fmt: skip


def _applied(visit: Visit, own: Own) -> list[Waiting]:
    cases = [one for one in visit.tx.cases.in_status(CaseStatus.APPLIED) if one.project_id in own.officer]
    return [
        Waiting(Lamp.NONE, f"申请{one.no}待受理", own.projects[one.project_id].short_name,
                f"/m/application/{one.no}", "受理")
        for one in cases
    ]  # fmt: skip


def _enterprise(visit: Visit, own: Own) -> list[Waiting]:
    found: list[Waiting] = []
    for project in (own.projects[i] for i in sorted(own.enterprise) if i in own.projects):
        found += [
            Waiting(
                Lamp.NONE, f"问题{one.no}已答复：是否解决？", project.short_name, f"/m/issue/{one.no}", "确认"
            )
            for one in visit.tx.issues.of_project(project.id)
            if one.told(visit.context.now)
        ]
        found += _wanted(visit, project)
        found += _to_rate(visit, project)
    return found


def _wanted(visit: Visit, project: Project) -> list[Waiting]:
    """What was returned, wherever it belongs; what is missing for what runs or comes next."""
    cases = _views(visit, {project.id}).get(project.id, [])
    views = [view for case in cases for view in (*case.running, *case.planned)]
    soon = {view.item.id for case in cases for view in (*case.running, *case.planned[:2])}
    held = visit.tx.materials.of_items([view.item.id for view in views])
    return [
        _material(view, one, project)
        for view in views
        for one in held.get(view.item.id, [])
        if one.wanted and (view.item.id in soon or one.state is MaterialState.RETURNED)
    ]


def _material(view: ItemView, one: Material, project: Project) -> Waiting:
    lamp = Lamp.RED if one.state is MaterialState.RETURNED else Lamp.NONE
    note = f"退回原因：{one.reason}" if one.reason else ""
    title = f"{view.entry.spoken}：{one.name}"
    return Waiting(
        lamp, title, project.short_name, f"/m/material/{one.id}", "提交材料", note=note, mark="已退回"
    )


def _to_rate(visit: Visit, project: Project) -> list[Waiting]:
    closed = [one for one in visit.tx.cases.of_project(project.id) if one.status is CaseStatus.CLOSED]
    if not closed or visit.tx.ratings.of_case(closed[-1].id):
        return []
    return [Waiting(Lamp.NONE, "请评价本次服务", project.short_name, f"/m/rating/{project.code}", "评价")]


def _papers(visit: Visit, own: Own) -> list[Waiting]:
    titles = visit.context.site.forms
    return [
        Waiting(
            Lamp.NONE, f"《{titles[form.form].title}》待签署", own.projects[form.project_id].short_name,
            f"/m/paper/{form.id}", "签署",
        )
        for form in visit.tx.forms.to_sign(set(own.projects))
        if any(visit.person in visit.work.signatories(own.projects[form.project_id], role) for role in form.missing)
    ]  # fmt: skip


def _names(visit: Visit, projects: set[int]) -> dict[int, str]:
    return {one.id: one.short_name for one in visit.tx.projects.many(projects).values()}


def _views(visit: Visit, projects: set[int]) -> dict[int, list[CaseView]]:
    context = visit.context
    return cases_of(visit.tx, projects, context.site, context.calendar, context.today)


PAGE = PageKind("/", show)
