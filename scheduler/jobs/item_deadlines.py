"""Limits of approval items that come near or are over: one message a morning to the department's representative and to
the project's officer, whatever the number of items."""

from __future__ import annotations

from datetime import datetime

from bot.case_view import views_of
from bot.notices import Notices
from bot.texts import todo as words
from bot.wiring import Parts, SiteFacts
from domain.item_watch import ItemWatch
from domain.items import ItemView
from domain.people import Person, Role
from domain.routing import on_duty
from storage.item_clocks import DueItem
from storage.outbox import NewMessage
from storage.store import Transaction

PAGE = 500
Late = tuple[int, ItemView]  # project id and item


def run(parts: Parts, at: datetime) -> None:
    """A page in a transaction: its rows are locked, so two workers share the pages and tell nothing twice."""
    while True:
        with parts.store.transaction() as tx:
            page = tx.item_clocks.due(at, PAGE)
            if page:
                _page(tx, parts.sites.get(tx), page, at)
        if len(page) < PAGE:
            return


def _page(tx: Transaction, facts: SiteFacts, page: list[DueItem], at: datetime) -> None:
    site, calendar = facts.site, facts.calendar
    today = at.astimezone(calendar.zone).date()
    views = {v.item.id: v for v in views_of([one.item for one in page], site, calendar, today)}
    watch = ItemWatch(site.deadlines, calendar, at)
    looks: list[tuple[DueItem, datetime | None]] = []
    late: list[Late] = []
    for one in page:
        view = views.get(one.item.id) if one.open else None
        moment = watch.next_look(view) if view else None
        looks.append((one, moment))
        if view and one.planned and moment:
            late.append((one.project_id, view))
    tx.item_clocks.look_again(looks)
    if late:
        tx.outbox.add(_messages(tx, facts, late, at), at)


def _messages(tx: Transaction, facts: SiteFacts, late: list[Late], at: datetime) -> list[NewMessage]:
    projects = tx.projects.many({project_id for project_id, _ in late})
    names = {project.id: project.short_name for project in projects.values()}
    officers = {p.id: p for p in tx.people.many({project.officer_id for project in projects.values()})}
    on = {lead: _representative(tx, facts, lead, at) for lead in {view.entry.lead for _, view in late}}
    heard: dict[str, tuple[Person, list[Late]]] = {}
    for project_id, view in late:
        for person in (on[view.entry.lead], officers[projects[project_id].officer_id]):
            if person:
                heard.setdefault(person.userid, (person, []))[1].append((project_id, view))
    notices = Notices(tx, facts.site, facts.calendar, at)
    return [notices.say_to(person, words.near_the_end(own, names), "items") for person, own in heard.values()]


def _representative(tx: Transaction, facts: SiteFacts, department: str, at: datetime) -> Person | None:
    people = tx.people.of_department(department, Role.REPRESENTATIVE)
    return on_duty(people, department, at.astimezone(facts.calendar.zone).date(), {})
