"""The board's figures: counted anew for a small site, read as they were kept for a large one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache

from bot.case_view import views_of
from domain.board import (
    Board,
    BoardFacts,
    Place,
    StepNames,
    Wanted,
    add_case,
    add_grade,
    add_issue,
    from_record,
    look,
    to_record,
)
from domain.calendar import WorkCalendar
from domain.case import Case
from domain.project import Project
from domain.site import Site
from storage.store import Transaction

MOST_LOOKS = 20
CHUNK = 200  # cases at once: 10 000 cases do not fit into a worker
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def facts_of(
    tx: Transaction, site: Site, calendar: WorkCalendar, now: datetime, officer_id: int = 0
) -> BoardFacts:
    """`officer_id`: of whose projects; 0 for the site."""
    kept = kept_of(tx, site, officer_id)
    if kept is not None:
        return kept
    return collect(tx, site, calendar, now, tx.projects.of_officer(officer_id) if officer_id else None)


def kept_of(tx: Transaction, site: Site, officer_id: int = 0) -> BoardFacts | None:
    """The site's figures as they were kept last; None when there are none, or so few that they are counted anew."""
    if tx.boards.cases(officer_id) <= site.pages.live_cases:
        return None
    newest = tx.boards.newest()
    return _KEPT.read(tx, newest[0]) if newest else None


def to_keep(tx: Transaction, site: Site, calendar: WorkCalendar, now: datetime) -> tuple[str, str] | None:
    """Figures and their mark. None for a site small enough to be counted while somebody waits, and when nothing
    happened since, in the same hour."""
    if tx.boards.cases() <= site.pages.live_cases:
        return None
    mark = f"{now.astimezone(calendar.zone):%Y-%m-%dT%H}:{tx.boards.mark()}"
    newest = tx.boards.newest()
    if newest and newest[1] == mark:
        return None
    return json.dumps(to_record(collect(tx, site, calendar, now)), ensure_ascii=False), mark


def collect(
    tx: Transaction, site: Site, calendar: WorkCalendar, now: datetime, own: Collection[int] | None = None
) -> BoardFacts:
    today = now.astimezone(calendar.zone).date()
    projects = tx.projects.many(tx.projects.ids() if own is None else set(own))
    places = {project.id: place_of(project, site) for project in projects.values()}
    facts = BoardFacts(now, today)
    days = lru_cache(maxsize=None)(calendar.working_days_between)
    cases = tx.cases.accepted_until(today, own)
    for some in _chunks(cases):
        items = tx.cases.items([case.id for case in some])
        for case in some:
            views = views_of(items.get(case.id, []), site, calendar, today)
            add_case(facts, places[case.project_id], case, views, days)
    _problems(tx, facts, places, calendar, now)
    of_case = {case.id: places[case.project_id] for case in cases}
    for _, case_id, grade, at in tx.counting.grades(_ALWAYS, now, own):
        if case_id in of_case:
            add_grade(facts, of_case[case_id], grade, at.astimezone(calendar.zone).date())
    return facts


def _problems(
    tx: Transaction, facts: BoardFacts, places: dict[int, Place], calendar: WorkCalendar, now: datetime
) -> None:
    ids = sorted(places)
    for start in range(0, len(ids), CHUNK):
        for project_id, found in tx.issues.of_projects(ids[start : start + CHUNK], open_only=False).items():
            for issue in found:
                raised: date = issue.raised_at.astimezone(calendar.zone).date()
                add_issue(facts, places[project_id], issue, raised, now)


def _chunks(cases: Sequence[Case]) -> Iterator[Sequence[Case]]:
    return (cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK))


def place_of(project: Project, site: Site) -> Place:
    return Place(
        str(project.facts.get("district") or site.name),
        project.type.value,
        project.officer_id,
        project.deputy_id or 0,
    )


def step_names(site: Site) -> dict[str, StepNames]:
    return {item.id: StepNames(item.spoken, item.stage, item.lead) for item in site.catalogue.items.values()}


class _Kept:
    """The newest one read, for as long as it is the newest: reading takes longer than showing."""

    def __init__(self) -> None:
        self._key = ""
        self._facts: BoardFacts | None = None
        self._looks: dict[Wanted, Board] = {}

    def read(self, tx: Transaction, key: str) -> BoardFacts | None:
        if key != self._key:
            data = tx.boards.data(key)
            if data is None:
                return None
            self._facts, self._key, self._looks = from_record(json.loads(data)), key, {}
        return self._facts

    def look(self, facts: BoardFacts, wanted: Wanted, site: Site) -> Board:
        """The same look at the same figures is summed once."""
        if facts is not self._facts:
            return _look(facts, wanted, site)
        if wanted not in self._looks:
            if len(self._looks) >= MOST_LOOKS:
                self._looks.clear()
            self._looks[wanted] = _look(facts, wanted, site)
        return self._looks[wanted]


def _look(facts: BoardFacts, wanted: Wanted, site: Site) -> Board:
    departments = {key: one.short for key, one in site.departments.items()}
    return look(facts, wanted, step_names(site), departments)


def board_of(facts: BoardFacts, wanted: Wanted, site: Site) -> Board:
    return _KEPT.look(facts, wanted, site)


_KEPT = _Kept()
