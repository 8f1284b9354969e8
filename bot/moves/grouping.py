"""The team of a project, and the wish for its work group: the worker asks the platform (`bot/group_making.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.moves import carding, planning
from bot.moves.work import CaseWork
from bot.texts import entrustment
from domain.case import Case
from domain.filled_forms import FilledForm
from domain.people import ENTERPRISE, Person, Post, Role
from domain.project import Project
from storage.outbox import NewMessage

WANTED, MADE = "group_wanted", "group_made"


@dataclass(frozen=True)
class Team:
    """R045. `left_out`: departments of the plan nobody is registered for."""

    by_title: Mapping[str, Sequence[Person]]
    left_out: tuple[str, ...]

    @property
    def people(self) -> list[Person]:
        return list({person.id: person for some in self.by_title.values() for person in some}.values())

    @property
    def names(self) -> dict[str, list[str]]:
        return {title: [person.name for person in some] for title, some in self.by_title.items()}


def team(work: CaseWork, project: Project, case: Case | None) -> Team:
    """Service officer and deputy, contact and signatory, and of every department of the plan the A post (R037)."""
    titles = work.site.titles
    tied = work.tx.people.of_project(project.id)
    by_title: dict[str, list[Person]] = {
        titles.of(Role.SERVICE_OFFICER): [work.tx.people.get(project.officer_id)],
        "B岗": [work.tx.people.get(project.deputy_id)] if project.deputy_id else [],
        **{titles.of(one): [p for p, role in tied if role is one and p.active] for one in sorted(ENTERPRISE)},
    }
    left_out = []
    for key in _departments(work, case):
        posts = _posts(work, key)
        if posts:
            by_title[f"{work.site.departments[key].short}代表"] = posts
        else:
            left_out.append(work.site.departments[key].short)
    return Team(by_title, tuple(left_out))


def _departments(work: CaseWork, case: Case | None) -> list[str]:
    items = planning.items_of(work, case) if case else []
    entries = (work.site.catalogue.items.get(one.item_id) for one in items)
    return list(dict.fromkeys(key for entry in entries if entry for key in entry.departments))


def _posts(work: CaseWork, department: str) -> list[Person]:
    people = work.tx.people.of_department(department, Role.REPRESENTATIVE)
    first = [p for p in people if any(d.department == department and d.post is Post.A for d in p.duties)]
    return (first or people)[:1]


def want(work: CaseWork, project: Project, case: Case) -> None:
    """Noted with the change that asks for it: a sweep finds it when the job got lost. Each case once for each plan."""
    work.tx.runs.claim(WANTED, str(project.id), f"{case.id}:{case.version}", work.now)


def put_in_charge(work: CaseWork, project: Project, officer_id: int, deputy_id: int | None) -> Project:
    work.tx.projects.put_in_charge(project.id, officer_id, deputy_id)
    details = {"officer": officer_id, "deputy": deputy_id}
    work.audit(project.id, "project.in_charge", f"project:{project.id}", details)
    return work.tx.projects.get(project.id)


def set_deputy(work: CaseWork, project: Project, deputy: Person) -> list[NewMessage]:
    """The other side is told of the change (R048)."""
    changed = put_in_charge(work, project, project.officer_id, deputy.id)
    officer = work.tx.people.get(changed.officer_id)
    text, subject = entrustment.in_charge(changed, officer.name, deputy.name), f"project:{project.id}"
    told = work.tell_enterprise(changed, text, subject)
    known = {work.actor.id if work.actor else 0}
    return told + [work.tell(one, text, subject) for one in (officer, deputy) if one.id not in known]


def settle_signing(work: CaseWork, form: FilledForm, project: Project) -> list[NewMessage]:
    """Cards to sign a version that is replaced."""
    return carding.settle(
        work, f"sign:{form.id}", work.site.forms[form.form].title, project.name, "已有新版本"
    )
