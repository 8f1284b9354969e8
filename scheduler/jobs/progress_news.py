"""What moved since the last post, into each project's group: one post per half day, the later state of an item wins
(R153). Nothing to tell is silence."""

from __future__ import annotations

from datetime import datetime

from bot.case_view import cases_of
from bot.moves.work import CaseWork
from bot.texts import items as texts
from bot.wiring import Parts
from domain.items import ItemView
from scheduler.one_by_one import one_by_one
from storage.news import News


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        projects = tx.news.projects_untold(at)
    one_by_one("news", projects, lambda project_id: _one(parts, project_id, at))


def _one(parts: Parts, project_id: int, at: datetime) -> None:
    """Marked and written in one transaction: whoever comes second finds nothing to tell."""
    with parts.store.transaction() as tx:
        told = tx.news.tell(project_id, at)
        if not told:
            return
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        project = tx.projects.get(project_id)
        views = cases_of(tx, [project_id], facts.site, facts.calendar, work.today).get(project_id, [])
        known = {view.item.id: view for case in views for view in case.items}
        lines = [
            _line(work, one, known[one.case_item_id]) for one in _last(told) if one.case_item_id in known
        ]
        if lines:
            when = texts.half_day(at.astimezone(facts.calendar.zone))
            text = texts.news(when, lines)
            tx.outbox.add([work.tell_group(project, text, f"news:{project_id}:{at.isoformat()}")], at)


def _last(told: list[News]) -> list[News]:
    """One of each item, in the order of its last change."""
    return sorted({one.case_item_id: one for one in told}.values(), key=lambda one: one.id)


def _line(work: CaseWork, one: News, view: ItemView) -> texts.Told:
    person = work.tx.people.get(one.person_id)
    departments = person.departments() & set(view.entry.departments)
    short = work.site.departments[min(departments)].short if departments else ""
    return view, one.state, one.day, f"{short}{person.name}"
