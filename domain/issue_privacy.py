"""What is about a person: who may know of it at all."""

from __future__ import annotations

from domain.issues import Issue
from domain.people import Person, Role
from domain.project import Project


def may_see_private(person: Person, issue: Issue, project: Project) -> bool:
    """Who raised it, the service officer and deputy, the supervisors and whoever was asked to answer it – never the
    one it is about."""
    if person.id == issue.about_person:
        return False
    ids = (issue.raised_by, project.officer_id, project.deputy_id, issue.representative_id)
    return person.id in ids or Role.SUPERVISOR in person.roles
