"""What the enterprise is waited for: papers to be signed, materials before the day an item is to be applied for."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.case_view import cases_of
from bot.moves import reminding
from bot.moves.work import CaseWork
from bot.texts import reminders as texts
from bot.wiring import Parts
from domain.filled_forms import FilledForm
from domain.people import Role
from domain.project import Project
from scheduler.one_by_one import one_by_one
from storage.outbox import NewMessage


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        projects = sorted(tx.projects.with_open_case())
    one_by_one("waiting", projects, partial(_one, parts, at))


def _one(parts: Parts, at: datetime, project_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        project = tx.projects.get(project_id)
        rows = [row for form in tx.forms.to_sign({project_id}) for row in _to_sign(work, project, form)]
        reminding.later(tx, [*rows, *_missing(work, project)], at)


def _to_sign(work: CaseWork, project: Project, form: FilledForm) -> list[NewMessage]:
    """After some working days, then once a week: the week is part of what makes it one."""
    if form.made_at is None:
        return []
    since = form.made_at.astimezone(work.calendar.zone).date()
    if work.calendar.working_days_between(since, work.today) < work.site.clock.sign_days:
        return []
    year, week, _ = work.today.isocalendar()
    text = texts.to_sign(project, form, work.site.forms[form.form].title, since)
    people = {p.id: p for role in form.missing for p in work.signatories(project, role)}
    return [
        work.tell(p, text, f"form:{form.id}", once=f"sign:{form.id}:{p.id}:{year}-W{week:02d}")
        for p in people.values()
    ]


def _missing(work: CaseWork, project: Project) -> list[NewMessage]:
    """Once for every planned day that comes near: whoever moves the day is reminded of the new one."""
    found = cases_of(work.tx, [project.id], work.site, work.calendar, work.today).get(project.id, [])
    near = work.calendar.add_working_days(work.today, work.site.clock.material_days)
    planned = [v for case in found for v in case.planned]
    views = [v for v in planned if v.item.planned_submit and work.today <= v.item.planned_submit <= near]
    kept = work.tx.materials.of_items([view.item.id for view in views])
    contacts = work.signatories(project, Role.ENTERPRISE_CONTACT)
    rows = []
    for view in views:
        names = [one.name for one in kept.get(view.item.id, ()) if one.wanted]
        day = view.item.planned_submit
        if names and day:
            text = texts.missing(project, view.entry.spoken, day, names)
            once = f"missing:{view.item.id}:{day}"
            rows += [work.tell(p, text, f"item:{view.item.id}", once=f"{once}:{p.id}") for p in contacts]
    return rows
