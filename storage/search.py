"""Finding by name, number and words, within what a person has a part in; every statement takes a few rows only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from domain.case import OPEN_CASES
from domain.filled_forms import FormState
from storage.tables import (
    case_items,
    cases,
    duties,
    enterprises,
    filled_forms,
    issue_parts,
    issues,
    people,
    project_people,
    projects,
)

# Words of older problems are not looked through: their number still finds them.
NEWEST_ISSUES = 20_000
NEWEST_FORMS = 20_000


@dataclass(frozen=True)
class Within:
    """What somebody may find: all of it, or what they are tied to, or what their departments take part in."""

    person_id: int
    everything: bool = False
    item_ids: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


class Search:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def projects(self, words: Sequence[str], within: Within, limit: int) -> list[int]:
        """Ids, by name, number, enterprise or number of a case; the newest first."""
        number = select(cases.c.project_id).where(cases.c.no.in_([word.upper() for word in words]))
        fields = (projects.c.name, projects.c.code, projects.c.national_code, enterprises.c.name)
        query = (
            select(projects.c.id)
            .join(enterprises)
            .where(or_(_all(words, *fields), projects.c.id.in_(number)), _may(projects.c.id, within))
        )
        return self._some(query.order_by(projects.c.id.desc()), limit)

    def issues(self, words: Sequence[str], within: Within, limit: int) -> list[int]:
        """Numbers, by number or words of the problem; without those about a person."""
        named = [int(word) for word in words if word.isdecimal() and len(word) <= 9]
        newest = select(func.max(issues.c.no)).scalar_subquery() - NEWEST_ISSUES
        said = and_(issues.c.no > newest, _all(words, issues.c.description))
        query = select(issues.c.no).where(
            or_(issues.c.no.in_(named), said), ~issues.c.private, _may(issues.c.project_id, within)
        )
        return self._some(query.order_by(issues.c.no.desc()), limit)

    def forms(self, words: Sequence[str], keys: Collection[str], within: Within, limit: int) -> list[int]:
        """Ids of papers by number, or of these kinds; the newest first."""
        newest = select(func.max(filled_forms.c.id)).scalar_subquery() - NEWEST_FORMS
        query = select(filled_forms.c.id).where(
            filled_forms.c.id > newest,
            filled_forms.c.state != FormState.VOID,
            or_(_all(words, filled_forms.c.no), filled_forms.c.form.in_(keys)),
            _may(filled_forms.c.project_id, within),
        )
        return self._some(query.order_by(filled_forms.c.id.desc()), limit)

    def people(self, words: Sequence[str], within: Within, limit: int, *, officers: bool) -> list[int]:
        """Ids, by name: those of the projects in reach; `officers`: also whoever holds an office."""
        tied = select(project_people.c.person_id).where(_may(project_people.c.project_id, within))
        serving = (
            select(column).where(_may(projects.c.id, within), column.is_not(None))
            for column in (projects.c.officer_id, projects.c.deputy_id)
        )
        known = [people.c.id.in_(one) for one in (tied, *serving)]
        if officers:
            known.append(people.c.id.in_(select(duties.c.person_id)))
        query = select(people.c.id).where(people.c.active, _all(words, people.c.name), or_(*known))
        return self._some(query.order_by(people.c.id), limit)

    def projects_of(self, person_id: int, within: Within, limit: int) -> list[int]:
        """Of those in reach."""
        tied = select(project_people.c.project_id).where(project_people.c.person_id == person_id)
        own = or_(
            projects.c.id.in_(tied), projects.c.officer_id == person_id, projects.c.deputy_id == person_id
        )
        return self._some(select(projects.c.id).where(own, _may(projects.c.id, within)), limit)

    def _some(self, query: Select[Any], limit: int) -> list[int]:
        return list(self._c.execute(query.limit(limit)).scalars())


def _all(words: Sequence[str], *fields: ColumnElement[Any]) -> ColumnElement[bool]:
    """Every word stands in one of the fields; "%" and "_" are letters like others."""
    return and_(*(or_(*(one.icontains(word, autoescape=True) for one in fields)) for word in words))


def _may(project_id: ColumnElement[Any], within: Within) -> ColumnElement[bool]:
    if within.everything:
        return true()
    one = within.person_id
    tied = select(project_people.c.project_id).where(project_people.c.person_id == one)
    serves = select(projects.c.id).where(or_(projects.c.officer_id == one, projects.c.deputy_id == one))
    ways = [project_id.in_(tied), project_id.in_(serves)]
    if within.item_ids:
        ways.append(project_id.in_(_with_items(within.item_ids)))
    if within.departments:
        held = select(issues.c.project_id).where(issues.c.department.in_(within.departments))
        joined = (
            select(issues.c.project_id)
            .join(issue_parts, issue_parts.c.issue_no == issues.c.no)
            .where(issue_parts.c.department.in_(within.departments))
        )
        ways += [project_id.in_(held), project_id.in_(joined)]
    return or_(*ways)


def _with_items(item_ids: Collection[str]) -> Select[Any]:
    return (
        select(cases.c.project_id)
        .join(case_items, case_items.c.case_id == cases.c.id)
        .where(case_items.c.item_id.in_(item_ids), cases.c.status.in_(OPEN_CASES))
    )
