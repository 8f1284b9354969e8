"""我的待办: everything that waits for this person, red first, each one tap from being done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.case_view import CaseView, cases_of
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.pages.words import LAMP_NAMES
from bot.texts.phrases import STATES, clipped, used_and_left
from domain.case import CaseStatus
from domain.deadlines import Lamp, issue_clock
from domain.issues import Issue, IssueStatus
from domain.items import ENDED, ItemView
from domain.materials import Material, MaterialState
from domain.people import ENTERPRISE, Role
from domain.project import Project

MOST = 60
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


def show(visit: Visit) -> Shown:
    found = [*_representative(visit), *_officer(visit), *_enterprise(visit), *_papers(visit)]
    unique = list({one.to: one for one in reversed(found)}.values())
    ordered = sorted(
        unique, key=lambda one: (_ORDER[one.lamp], one.due is None, one.due or visit.context.now)
    )
    projects = sorted(_own(visit).values(), key=lambda one: one.code)
    values = {
        "waiting": ordered[:MOST],
        "more": max(0, len(ordered) - MOST),
        "lamps": LAMP_NAMES,
        "projects": projects,
        "red": sum(one.lamp is Lamp.RED for one in ordered),
        "feeds": [one for one in projects if visit.context.standing_towards(one).roles & ENTERPRISE],
    }
    return Shown("todo.html", "我的待办", values)


def _own(visit: Visit) -> dict[int, Project]:
    return {one.id: one for one in visit.tx.projects.of_person(visit.person.id)}


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
    return [*found, *_late_of_department(visit)]


def _issue(visit: Visit, issue: Issue, names: dict[int, str], tap: str) -> Waiting:
    title = f"问题{issue.no}：{clipped(issue.description, 60)}"
    to = f"/m/issue/{issue.no}"
    return Waiting(_lamp(visit, issue), title, names.get(issue.project_id, ""), to, tap, issue.answer_by)


def _late_of_department(visit: Visit) -> list[Waiting]:
    own = visit.person.departments(Role.REPRESENTATIVE)
    led = [item.id for one in own for item in visit.context.site.catalogue.led_by(one)]
    touched = {project_id for project_id, _ in visit.tx.cases.departments_items(led)}
    return _late(visit, touched, lambda view: view.entry.lead in own)


def _late(
    visit: Visit, projects: set[int], counts: Callable[[ItemView], bool] | None = None
) -> list[Waiting]:
    names = _names(visit, projects)
    return [
        _item(view, names[project_id])
        for project_id, cases in _views(visit, projects).items()
        for case in cases
        for view in case.with_lamp(Lamp.RED, Lamp.YELLOW)
        if counts is None or counts(view)
    ]


def _item(view: ItemView, project: str) -> Waiting:
    note = used_and_left(view.clock) if view.clock else ""
    title = f"{view.entry.spoken}：{STATES[view.item.state]}"
    return Waiting(view.lamp, title, project, f"/m/item/{view.item.id}", "登记进度", note=note)


def _officer(visit: Visit) -> list[Waiting]:
    if Role.SERVICE_OFFICER not in visit.person.roles:
        return []
    projects = _own(visit)
    own = {i for i, one in projects.items() if visit.person.id in (one.officer_id, one.deputy_id)}
    names = {i: one.short_name for i, one in projects.items()}
    desk = [one for one in visit.tx.issues.on_desk(own) if one.about_person != visit.person.id]
    taps = {IssueStatus.ANSWERED: "核对发布", IssueStatus.TRIAGE: "分派"}
    found = [_issue(visit, one, names, taps.get(one.status, "查看")) for one in desk]
    overdue = [one for one in visit.tx.issues.overdue(visit.context.now) if one.project_id in own]
    found += [_issue(visit, one, names, "催办") for one in overdue]
    return [*found, *_late(visit, own), *_to_review(visit, own, names), *_applied(visit, own, names)]


def _to_review(visit: Visit, own: set[int], names: dict[int, str]) -> list[Waiting]:
    views = [
        (project_id, view)
        for project_id, cases in _views(visit, own).items()
        for case in cases
        for view in case.items
        if view.item.state not in ENDED
    ]
    held = visit.tx.materials.of_items([view.item.id for _, view in views])
    return [
        Waiting(
            Lamp.NONE, f"{view.entry.spoken}：{one.name}", names[project_id], f"/m/material/{one.id}", "审核材料"
        )
        for project_id, view in views
        for one in held.get(view.item.id, [])
        if one.state is MaterialState.RECEIVED
    ]  # fmt: skip


def _applied(visit: Visit, own: set[int], names: dict[int, str]) -> list[Waiting]:
    cases = [one for one in visit.tx.cases.in_status(CaseStatus.APPLIED) if one.project_id in own]
    projects = _own(visit)
    return [
        Waiting(Lamp.NONE, f"申请{one.no}待受理", names[one.project_id],
                f"/m/project/{projects[one.project_id].code}", "查看", note=f"受理请发送“受理 {one.no}”")
        for one in cases
    ]  # fmt: skip


def _enterprise(visit: Visit) -> list[Waiting]:
    found: list[Waiting] = []
    for project in _own(visit).values():
        if not visit.tx.people.project_roles(visit.person.id, project.id) & ENTERPRISE:
            continue
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


def _papers(visit: Visit) -> list[Waiting]:
    projects = _own(visit)
    return [
        Waiting(
            Lamp.NONE, f"《{visit.context.site.forms[form.form].title}》待签署", projects[form.project_id].short_name,
            f"/m/paper/{form.id}", "签署",
        )
        for form in visit.tx.forms.to_sign(set(projects))
        if any(
            visit.person in visit.work.signatories(projects[form.project_id], role) for role in form.missing
        )
    ]  # fmt: skip


def _names(visit: Visit, projects: set[int]) -> dict[int, str]:
    return {one.id: one.short_name for one in visit.tx.projects.many(projects).values()}


def _views(visit: Visit, projects: set[int]) -> dict[int, list[CaseView]]:
    context = visit.context
    return cases_of(visit.tx, projects, context.site, context.calendar, context.today)


PAGE = PageKind("/", show)
