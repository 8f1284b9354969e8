"""Limits of approval items that come near or are over: one message a morning to the department's representative and to
the project's officer, whatever the number of items."""

from __future__ import annotations

from datetime import datetime

from bot.case_view import views_of
from bot.moves import reminding
from bot.notices import Notices
from bot.texts import todo as words
from bot.wiring import Parts, SiteFacts
from domain.item_watch import LIT, ItemWatch
from domain.items import ItemView
from domain.people import Person, Role
from domain.routing import on_duty
from storage.item_clocks import DueItem, NextLook
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
    looks = [_next(watch, one, views.get(one.item.id) if one.open else None) for one in page]
    tx.item_clocks.look_again(looks)
    # A change alone is no news: what is told of it comes with the next morning.
    late = [(look.due.project_id, views[look.due.item.id]) for look in looks if look.at and look.due.planned]
    if late:
        reminding.later(tx, _messages(tx, facts, late, at), at)


def _next(watch: ItemWatch, one: DueItem, view: ItemView | None) -> NextLook:
    """Each lamp is told of once; one that was lit already when it is first looked at, the next morning."""
    moment = watch.next_look(view) if view else None
    if view is None or moment is None:
        return NextLook(one, None, one.told)
    lamp = view.lamp if view.lamp in LIT else ""
    if one.planned:
        return NextLook(one, moment, lamp)
    if lamp and lamp != one.told:
        return NextLook(one, watch.next_morning(), one.told)
    return NextLook(one, moment, lamp)


def _messages(tx: Transaction, facts: SiteFacts, late: list[Late], at: datetime) -> list[NewMessage]:
    projects = tx.projects.many({project_id for project_id, _ in late})
    officers = {p.id: p for p in tx.people.many({project.officer_id for project in projects.values()})}
    on = {lead: _representative(tx, facts, lead, at) for lead in {view.entry.lead for _, view in late}}
    heard: dict[tuple[str, bool], tuple[Person, list[Late]]] = {}
    for project_id, view in late:
        officer, representative = officers[projects[project_id].officer_id], on[view.entry.lead]
        for person, answers in ((officer, False), (representative, True)):
            if person:
                heard.setdefault((person.userid, answers), (person, []))[1].append((project_id, view))
    notices = Notices(tx, facts.site, facts.calendar, at)
    return [
        notices.say_to(person, words.near_the_end(own, projects, answers=answers), "items")
        for (_, answers), (person, own) in heard.items()
    ]


def _representative(tx: Transaction, facts: SiteFacts, department: str, at: datetime) -> Person | None:
    people = tx.people.of_department(department, Role.REPRESENTATIVE)
    return on_duty(people, department, at.astimezone(facts.calendar.zone).date(), {})
