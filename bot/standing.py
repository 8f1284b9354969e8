"""What somebody is towards one project (contract §10: who may ask, who may change)."""

from __future__ import annotations

from domain.catalogue import Catalogue
from domain.people import Person, Role, Standing
from domain.project import Project, WorkGroup
from storage.store import Transaction

_BY_DEPARTMENT = (Role.REPRESENTATIVE, Role.DEPARTMENT_CHIEF, Role.DEPARTMENT_LEADER)


def standing_of(
    catalogue: Catalogue,
    tx: Transaction,
    person: Person | None,
    project: Project,
    spoken_in: WorkGroup | None,
) -> Standing:
    """`spoken_in`: the project's bound group when the words were said there."""
    member = spoken_in is not None
    if person is None or not person.active:
        return Standing(member=member)
    roles = set(tx.people.project_roles(person.id, project.id))
    if person.id in (project.officer_id, project.deputy_id):
        roles.add(Role.SERVICE_OFFICER)
    if Role.SUPERVISOR in person.roles:
        roles.add(Role.SUPERVISOR)
    own = person.departments(*_BY_DEPARTMENT)
    if own and own & _departments_of(catalogue, tx, project):
        roles |= {role for role in _BY_DEPARTMENT if role in person.roles}
    if not roles and not member:
        group = tx.groups.of_project(project.id)
        member = group is not None and person.userid in group.members
    return Standing(frozenset(roles), member)


def _departments_of(catalogue: Catalogue, tx: Transaction, project: Project) -> frozenset[str]:
    """Departments that lead or join an item of an open case, or have an issue or a part of one, of this project."""
    entries = (catalogue.items.get(one) for one in tx.cases.item_ids(project.id))
    held = {i.department for i in tx.issues.of_project(project.id, open_only=False) if i.department}
    joined = frozenset(key for entry in entries if entry for key in entry.departments)
    return joined | tx.parts.departments(project.id) | held
