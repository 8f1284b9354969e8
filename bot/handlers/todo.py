"""“What waits for me?” – by role; and the supervisor's short list."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from bot.case_view import CaseView, cases_of, lit_of
from bot.context import Answer, Context, Handler, words
from bot.moves import paying, returning
from bot.moves.work import case_work
from bot.texts import returns as return_texts
from bot.texts import todo as texts
from bot.understanding.acts import Act, Intent
from domain.case import CaseStatus
from domain.deadlines import Lamp, issue_clock
from domain.errors import NotAllowed
from domain.issues import Issue
from domain.items import CaseItem, ItemView
from domain.people import ENTERPRISE, OFFICERS, Person, Role
from domain.ratings import Rating
from storage.dialogs import Recent

_HEADS = (Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)


def show(context: Context, act: Act) -> Answer:  # noqa: ARG001
    person = context.must_sender
    parts: list[str] = []
    issues = _own_issues(context, person) if Role.REPRESENTATIVE in person.roles else []
    if Role.REPRESENTATIVE in person.roles:
        parts.append(_representative(context, person, issues))
    if Role.SERVICE_OFFICER in person.roles:
        parts.append(_officer(context, person))
    if person.departments(*_HEADS):
        parts.append(_department(context, person))
    if Role.SUPERVISOR in person.roles:
        parts.append(_supervisor(context))
    if not context.message.in_group:
        parts.append(texts.tasks(context.tx.tasks.open_of(person.id), context.today))
    parts.append(_returns(context, person))
    parts += _enterprise(context, person)
    parts.append(_papers(context, person))
    found = [part for part in parts if part]
    here = not context.message.in_group and context.pages_url
    link = texts.on_a_page(f"{context.pages_url}/m/") if found and here else ""
    return words(
        "\n\n".join([*found, link] if link else found) if found else texts.NOTHING,
        recent=_listed(context, issues),
    )


def _listed(context: Context, issues: list[Issue]) -> Recent | None:
    """For “第二个我来”: a representative's problems, in the order of the list."""
    if Role.REPRESENTATIVE not in context.must_sender.roles:
        return None
    listed = issues[: texts.MOST]
    return replace(context.recent, choices=tuple(f"issue:{issue.no}" for issue in listed))


def digest(context: Context, act: Act) -> Answer:  # noqa: ARG001
    roles = context.must_sender.roles
    if Role.SUPERVISOR in roles:
        return words(_supervisor(context))
    if Role.SERVICE_OFFICER in roles:
        return words(_own_projects(context, context.must_sender))
    if context.must_sender.departments(*_HEADS):
        return words(_department(context, context.must_sender))
    raise NotAllowed("see_all", context.whom_to_ask)


def _returns(context: Context, person: Person) -> str:
    """No business of a group."""
    if context.message.in_group or not person.roles & OFFICERS:
        return ""
    found = returning.outstanding_of(case_work(context), person)
    return return_texts.todo([(one.one, one.campaign, one.kind) for one in found], context.today)


def _representative(context: Context, person: Person, issues: list[Issue]) -> str:
    helping = [
        (part.issue_no, part.answer_by)
        for part in context.tx.parts.held_by(person.id)
        if not context.message.in_group
    ]
    departments = person.departments(Role.REPRESENTATIVE)
    items = [item.id for d in departments for item in context.site.catalogue.led_by(d)]
    running = context.tx.cases.running(item_ids=items) if items else []
    here = _here(context, {project_id for project_id, _ in running})
    late = _green_first(context, _lit(context, [one for one in running if one[0] in here]))
    concerned = {project_id for project_id, _ in late}
    names = {p.id: p.short_name for p in context.tx.projects.many(concerned).values()}
    zone = context.calendar.zone
    listed = texts.representative(issues, _lamps(context, issues), late, names, zone)
    return "\n".join(part for part in (listed, texts.helping(helping, zone)) if part)


def _own_issues(context: Context, person: Person) -> list[Issue]:
    held = [issue for issue in context.tx.issues.held_by(person.id) if _here(context, {issue.project_id})]
    return [issue for issue in held if _may_be_listed(context, issue)]


def _officer(context: Context, person: Person) -> str:
    projects = {p.id: p for p in context.tx.projects.of_person(person.id)}
    own = _here(context, {i for i, p in projects.items() if person.id in (p.officer_id, p.deputy_id)})
    desk = [issue for issue in context.tx.issues.on_desk(own) if _may_be_listed(context, issue)]
    red = _green_first(context, _lit(context, context.tx.cases.running(project_ids=own) if own else []))
    overdue = [issue for issue in context.tx.issues.overdue(context.now) if issue.project_id in own]
    names = {p.id: p.short_name for p in projects.values()}
    return texts.officer(desk, overdue, red, names, _to_review(context, person, own))


def _to_review(context: Context, person: Person, own: set[int]) -> list[tuple[int, str, int]]:
    """Project, item and how many of its files nobody has looked at."""
    items = context.site.catalogue.items
    found = Counter(
        (project_id, item)
        for project_id, item, _ in context.tx.materials.to_review(person.id)
        if project_id in own and item in items
    )
    return [(project_id, items[item].spoken, count) for (project_id, item), count in found.items()]


def _lit(context: Context, found: list[tuple[int, CaseItem]]) -> list[tuple[int, ItemView]]:
    return lit_of(found, context.site, context.calendar, context.today)


def _green_first(context: Context, late: list[tuple[int, ItemView]]) -> list[tuple[int, ItemView]]:
    """绿色通道 goes first (R102); what else is late keeps its order."""
    ids = {project_id for project_id, _ in late}
    found = context.tx.cases.open_of_projects(ids)
    green = {project_id for project_id, cases in found.items() if any(one.green_channel for one in cases)}
    return sorted(late, key=lambda one: one[0] not in green)


def _supervisor(context: Context) -> str:
    """At most ten lines, red first."""
    return _figures(
        context, context.tx.projects.with_open_case(), context.tx.issues.overdue(context.now), "在办项目"
    )


def _own_projects(context: Context, person: Person) -> str:
    own = {p.id for p in context.tx.projects.of_person(person.id) if person.id in (p.officer_id, p.deputy_id)}
    own &= context.tx.projects.with_open_case()
    overdue = [issue for issue in context.tx.issues.overdue(context.now) if issue.project_id in own]
    return _figures(context, own, overdue, "您负责的在办项目")


def _department(context: Context, person: Person) -> str:
    """For a department's chief and leader: what of theirs is late, or soon will be."""
    departments = person.departments(*_HEADS)
    items = [item.id for d in departments for item in context.site.catalogue.led_by(d)]
    touched = {project_id for project_id, _ in context.tx.cases.departments_items(items)}
    overdue = [issue for issue in context.tx.issues.overdue(context.now) if issue.department in departments]
    return _figures(context, touched, overdue, "本部门在办项目", departments)


def _figures(
    context: Context, ids: set[int], overdue: list[Issue], name: str, leads: frozenset[str] | None = None
) -> str:
    ids = _here(context, ids)
    overdue = [issue for issue in overdue if _here(context, {issue.project_id})]
    late = [
        (project_id, view)
        for project_id, view in _lit(context, context.tx.cases.running(project_ids=ids) if ids else [])
        if leads is None or view.entry.lead in leads
    ]
    concerned = {project_id for project_id, _ in late}
    names = {p.id: p.short_name for p in context.tx.projects.many(concerned).values()}
    return texts.supervisor(f"{name}{len(ids)}个", late, overdue, names, context.site)


def _enterprise(context: Context, person: Person) -> list[str]:
    found = []
    for project in context.tx.projects.of_person(person.id):
        if not _here(context, {project.id}):
            continue
        if not context.tx.people.project_roles(person.id, project.id) & ENTERPRISE:
            continue
        views = _views(context, {project.id}).get(project.id, [])
        running = [v for case in views for v in (*case.running, *case.planned[:2])]
        kept = context.tx.materials.of_items([v.item.id for v in running])
        missing = [(v, [m for m in kept.get(v.item.id, []) if m.wanted]) for v in running]
        waiting = [i for i in context.tx.issues.of_project(project.id) if i.told(context.now)]
        fees = [(item, fee.due) for fee, item in paying.due_of(case_work(context), project)]
        found.append(texts.enterprise(project, [(v, m) for v, m in missing if m], waiting, fees))
    return found


def _papers(context: Context, person: Person) -> str:
    """Of cases: what waits for this person's signature, and for the officer's decision."""
    projects = {p.id: p for p in context.tx.projects.of_person(person.id)}
    here = _here(context, set(projects))
    if not here:
        return ""
    work = case_work(context)
    to_sign = [
        form
        for form in context.tx.forms.to_sign(here)
        if any(person in work.signatories(projects[form.project_id], role) for role in form.missing)
    ]
    own = {i for i in here if person.id in (projects[i].officer_id, projects[i].deputy_id)}
    undecided = context.tx.cases.in_status(CaseStatus.APPLIED) if own else []
    applied = [case for case in undecided if case.project_id in own]
    names = {i: p.short_name for i, p in projects.items()}
    poor = [(projects[i], rating.rectify_by) for i, rating in _to_rectify(context, own)]
    return (texts.papers(applied, to_sign, names, context.site) + texts.to_rectify(poor)).strip()


def _to_rectify(context: Context, own: set[int]) -> list[tuple[int, Rating]]:
    """Poor ratings of these projects that nobody has put right yet."""
    if not own:
        return []
    found = ((context.tx.cases.get(one.case_id), one) for one in context.tx.ratings.to_rectify(date.max))
    return [(case.project_id, one) for case, one in found if case and case.project_id in own]


def _may_be_listed(context: Context, issue: Issue) -> bool:
    """What is about a person stands in no group, and not before that person."""
    return not issue.private or not (context.message.in_group or issue.about_person == context.must_sender.id)


def _lamps(context: Context, issues: list[Issue]) -> dict[int, Lamp]:
    clocks = (
        (i.no, issue_clock(i, context.now, context.calendar, context.site.deadlines.lamp)) for i in issues
    )
    return {no: clock.lamp for no, clock in clocks if clock}


def _here(context: Context, projects: set[int]) -> set[int]:
    """Of these what may be spoken of here: a group learns about its own project only, whoever asks."""
    if not context.message.in_group:
        return projects
    return projects & ({context.project.id} if context.project else set())


def _views(context: Context, ids: set[int]) -> dict[int, list[CaseView]]:
    return cases_of(context.tx, ids, context.site, context.calendar, context.today)


HANDLER = Handler(frozenset({Intent.TODO}), show)
DIGEST = Handler(frozenset({Intent.DIGEST}), digest)
