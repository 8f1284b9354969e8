"""One project: how its case stands by stage, who is who, what happened, which problems are open."""

from __future__ import annotations

from itertools import groupby

from bot.case_view import CaseView, cases_of, views_of
from bot.moves import naming
from bot.pages.desk import PageKind, Shown
from bot.pages.visit import Visit
from bot.texts.phrases import STATES
from bot.texts.progress import ISSUE_STATES
from domain.case import Case, CaseStatus
from domain.ledger import LogEntry
from domain.people import ENTERPRISE, OFFICERS, Action, Role
from domain.project import Project

LATEST = 20
CASE_STATES = {
    CaseStatus.APPLIED: "已申请，待受理",
    CaseStatus.SIGNING: "已受理，待签委托",
    CaseStatus.ACTIVE: "办理中",
    CaseStatus.SUSPENDED: "已中止",
    CaseStatus.HANDOVER: "待签办结单",
    CaseStatus.CLOSED: "已办结",
    CaseStatus.REFUSED: "不予受理",
    CaseStatus.WITHDRAWN: "已撤回",
    CaseStatus.TERMINATED: "已终止",
}


def show(visit: Visit, code: str) -> Shown:
    context = visit.context
    project = naming.project_meant(context, code)
    inside = bool(context.standing.roles & OFFICERS)
    found = visit.tx.cases.of_project(project.id)
    case = found[-1] if found else None
    view = _view(visit, project, case)
    issues = [one for one in visit.tx.issues.of_project(project.id) if not one.private]
    values = {
        "project": project,
        "case": case,
        "case_state": CASE_STATES[case.status] if case else "还没有委托帮办代办",
        "view": view,
        "stages": _stages(view) if view else [],
        "states": STATES,
        "issues": [(one, ISSUE_STATES[one.shown_status(context.now)]) for one in issues],
        "people": _people(visit, project, view),
        "log": _log(visit, project, inside=inside),
        "may_feed_back": context.standing.may(Action.FILE_ISSUE),
        "may_rate": context.standing.may(Action.RATE) and _to_rate(case),
        "departments": context.site.departments,
    }
    return Shown("case.html", project.short_name, values)


def _view(visit: Visit, project: Project, case: Case | None) -> CaseView | None:
    context = visit.context
    open_ = cases_of(visit.tx, [project.id], context.site, context.calendar, context.today)
    if open_.get(project.id):
        return open_[project.id][-1]
    if case is None:
        return None
    items = visit.tx.cases.items([case.id]).get(case.id, [])
    return CaseView(case, views_of(items, context.site, context.calendar, context.today))


def _stages(view: CaseView) -> list[tuple[str, list[object], int]]:
    """Stage, its items, how many of them are done; in the order of the plan."""
    order = list(dict.fromkeys(one.entry.stage for one in view.items))
    ordered = sorted(view.items, key=lambda one: order.index(one.entry.stage))
    grouped = ((stage, list(items)) for stage, items in groupby(ordered, lambda one: one.entry.stage))
    return [(stage, list(items), sum(one in view.done for one in items)) for stage, items in grouped]


def _people(visit: Visit, project: Project, view: CaseView | None) -> list[tuple[str, str]]:
    """Names only: an enterprise is spoken to through its officer."""
    titles = visit.context.site.titles
    ids = [project.officer_id, *([project.deputy_id] if project.deputy_id else [])]
    found = [(titles.of(Role.SERVICE_OFFICER), person.name) for person in visit.tx.people.many(ids)]
    found += [
        (titles.of(role), person.name)
        for person, role in visit.tx.people.of_project(project.id)
        if role in ENTERPRISE
    ]
    leads = dict.fromkeys(one.entry.lead for one in view.running) if view else ()
    for lead in leads:
        people = visit.tx.people.of_department(lead, Role.REPRESENTATIVE)
        names = "、".join(person.name for person in people)
        found.append((visit.context.site.departments[lead].short, names or "尚未登记"))
    return found


def _log(visit: Visit, project: Project, *, inside: bool) -> list[LogEntry]:
    """The enterprise sees what was handled; what officers wrote for themselves stays theirs."""
    entries = visit.tx.ledger.of_project(project.id)
    shown = [one for one in entries if inside or one.subject]
    return list(reversed(shown))[:LATEST]


def _to_rate(case: Case | None) -> bool:
    return case is not None and case.status is CaseStatus.CLOSED


PAGE = PageKind("/project/<code>", show)
