"""A result is to be delivered within its days (行政许可法 44): the officer is reminded once before they are over."""

from __future__ import annotations

from datetime import date, datetime

from bot.moves import delivering, reminding
from bot.moves.work import CaseWork
from bot.texts import deliveries as texts
from bot.wiring import Parts
from domain.case import Case, CaseStatus
from domain.deliveries import Thing
from scheduler.one_by_one import one_by_one

JOB = "delivery_limits"
OPEN = (CaseStatus.ACTIVE, CaseStatus.SUSPENDED, CaseStatus.HANDOVER)


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        wanted = [case.id for case in tx.cases.in_status(*OPEN) if _near(work, case)]
    one_by_one("delivery limit", wanted, lambda case_id: _remind(parts, at, case_id))


def _remind(parts: Parts, at: datetime, case_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        case, project = work.locked(case_id)
        near = {f"item:{thing.case_item_id}": (thing, due) for thing, due in _near(work, case)}
        fresh = tx.runs.claim_many(JOB, list(near), "due", at)
        if fresh:
            things = [near[subject] for subject in near if subject in fresh]
            note = texts.limit_near(project, things, work.site.completion.deliver_within.basis)
            reminding.later(tx, [work.tell_officer(project, note, f"case:{case.id}")], at)


def _near(work: CaseWork, case: Case) -> list[tuple[Thing, date]]:
    """Results not delivered whose last day is near, with that day. What is long over is not reminded of: it was."""
    rules, calendar = work.site.completion, work.calendar
    items = {one.id: one for one in work.tx.cases.items([case.id]).get(case.id, [])}
    found = []
    for thing in delivering.to_deliver(work, case):
        issued = items[thing.case_item_id or 0].ended_on
        if issued is None:
            continue
        due = calendar.due_day(issued, rules.deliver_within).day
        if calendar.add_working_days(due, -rules.deliver_remind_before) <= work.today <= due:
            found.append((thing, due))
    return found
