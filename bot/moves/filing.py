"""Filing a problem, by talk or from a table: what is the same, what is about a person, and the row itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.issue_routing import IssueRouting
from bot.notices import subject_of
from domain.issue_turns import Turn, TurnKind
from domain.issues import Category, Issue
from domain.likeness import likeness
from domain.people import OFFICERS, Person
from domain.project import Project
from domain.site import Site

_OFFICER = re.compile(r"服务专员|首席专员|代办员|帮办员")


@dataclass(frozen=True)
class Wish:
    """What is filed."""

    description: str = field(repr=False)
    category: Category
    item_id: str | None = None
    department: str | None = None
    private: bool = False


def about_a_person(site: Site, category: str, description: str) -> bool:
    return category == Category.ATTITUDE or any(word in description for word in site.routing.person_words)


def alike_one(work: IssueRouting, project: Project, item_id: str | None, description: str) -> Issue | None:
    """The open problem of this project that is most likely the same: same item, and words alike enough."""
    least = work.site.routing.alike_percent / 100
    scored = [
        (likeness(issue.description, description), -issue.no, issue)
        for issue in work.tx.issues.of_project(project.id)
        if issue.item_id == item_id and not issue.told(work.now)
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= least else None


def file(work: IssueRouting, project: Project, raised_by: Person, wish: Wish) -> Issue:
    """The way it takes is found by the job or the sweep."""
    cases = work.tx.cases.open_of_project(project.id)
    about = _complained_of(work, project, wish.description) if wish.private else None
    issue = Issue(
        no=work.tx.sites.next_number("issue"),
        project_id=project.id,
        case_id=cases[0].id if cases else None,
        category=wish.category,
        description=wish.description,
        raised_by=raised_by.id,
        raised_at=work.now,
        item_id=wish.item_id,
        department=wish.department,
        private=wish.private,
        about_person=about.id if about else None,
    )
    work.promise(issue, project)
    work.tx.issues.add(issue)
    work.tx.turns.add(issue.no, Turn(work.now, TurnKind.FILED, raised_by.id, to_department=issue.department))
    work.tx.audit.add(project.id, work.now, work.actor, "issue.file", subject_of(issue))
    return issue


def _complained_of(work: IssueRouting, project: Project, description: str) -> Person | None:
    """By full name, or “the service officer”; a surname alone names nobody for certain."""
    people = [one for role in OFFICERS for one in work.tx.people.with_role(role)]
    named = next((one for one in people if one.name in description), None)
    if named is None and _OFFICER.search(description):
        return work.tx.people.get(project.officer_id)
    return named
