"""Everything tables and figures are made of, read once: cases of a period with their items, problems, contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from domain.calendar import WorkCalendar
from domain.items import ItemView
from domain.ledger import LogEntry
from domain.people import Person
from domain.periods import ONE_DAY, Period
from domain.project import Project
from domain.service_statistics import Counted, Grade, ServedCase, ServiceStatistics, count
from domain.site import Site
from storage.store import Transaction


@dataclass(frozen=True)
class Reach:
    """`project_ids`: None for the whole site. `now`: when it is made, aware."""

    tx: Transaction
    site: Site
    calendar: WorkCalendar
    period: Period
    now: datetime
    project_ids: frozenset[int] | None = None

    @property
    def start(self) -> datetime:
        return datetime.combine(self.period.first, datetime.min.time(), self.calendar.zone)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.period.last + ONE_DAY, datetime.min.time(), self.calendar.zone)

    @cached_property
    def projects(self) -> Mapping[int, Project]:
        ids = self.tx.projects.ids() if self.project_ids is None else set(self.project_ids)
        return self.tx.projects.many(ids)

    @cached_property
    def entries(self) -> list[LogEntry]:
        return self.tx.ledger.between(self.start, self.end, self.project_ids)

    def people(self, ids: Iterable[int]) -> dict[int, Person]:
        return {person.id: person for person in self.tx.people.many(list(set(ids)))}


def counted(reach: Reach) -> Counted:
    issues = reach.tx.issues.of_projects(reach.projects, open_only=False)
    meetings = reach.tx.forms.made_between("F24", reach.start, reach.end, reach.project_ids)
    zone = reach.calendar.zone
    grades = [
        Grade(id_, case_id, grade, at.astimezone(zone).date())
        for id_, case_id, grade, at in reach.tx.counting.grades(reach.start, reach.end, reach.project_ids)
    ]
    return Counted(
        cases=served(reach),
        issues=sorted((one for found in issues.values() for one in found), key=lambda one: one.no),
        entries=reach.entries,
        grades=grades,
        meetings=[f"form:{form.id}" for form in meetings],
    )


def served(reach: Reach) -> list[ServedCase]:
    cases = reach.tx.cases.accepted_until(reach.period.last, reach.project_ids)
    items = reach.tx.cases.items([case.id for case in cases])
    officers = reach.people(reach.projects[case.project_id].officer_id for case in cases)
    today = reach.now.astimezone(reach.calendar.zone).date()
    site = reach.site

    def views(case_id: int) -> tuple[ItemView, ...]:
        return tuple(
            ItemView(item, site.catalogue.items[item.item_id], reach.calendar, site.deadlines.lamp, today)
            for item in items.get(case_id, [])
            if item.item_id in site.catalogue.items
        )

    return [
        ServedCase(
            case,
            project := reach.projects[case.project_id],
            reach.tx.projects.enterprise(project.enterprise_id).name,
            officers[project.officer_id].name,
            views(case.id),
        )
        for case in cases
    ]


def figures(reach: Reach) -> tuple[ServiceStatistics, Counted]:
    found = counted(reach)
    return count(reach.period, found, reach.calendar), found
