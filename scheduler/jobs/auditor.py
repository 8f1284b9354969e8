"""Every open issue has somebody who owns it, a next step and a date, or says what it waits for (R139): proved every
ten minutes, repaired where possible, and told to the administrators."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.faults import kind, place
from bot.issue_routing import IssueRouting
from bot.notices import Notices
from bot.texts import operation as words
from bot.wiring import Parts, SiteFacts
from domain.issues import WITH_DEPARTMENT, Issue, IssueStatus
from storage.errors import Busy, DatabaseDown
from storage.store import Transaction

log = logging.getLogger(__name__)
BEAT = "auditor"
PAGE = 200
ROUTED_WITHIN = timedelta(minutes=10)


@dataclass
class Repairs:
    """Numbers of issues by what was wrong with them."""

    replanned: list[int] = field(default_factory=list)
    ownerless: list[int] = field(default_factory=list)
    unrouted: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.replanned or self.ownerless or self.unrouted or self.broken)


def run(parts: Parts, at: datetime) -> None:
    repairs, last = Repairs(), 0
    while True:
        with parts.store.reading() as tx:
            facts = parts.sites.get(tx)
            page = tx.issues.open_after(last, PAGE)
            suspects = [no for no in page if _suspect(tx, no, at)]
        for no in suspects:
            _repair_safely(parts, no, at, repairs)
        if len(page) < PAGE:
            break
        last = page[-1]
    for no in repairs.unrouted:
        parts.queue.enqueue("route_issue", no)
    with parts.store.transaction() as tx:
        tx.runs.beat(BEAT, parts.clock.real_now())
        if repairs:
            _tell(tx, facts, repairs, at)


def _suspect(tx: Transaction, no: int, at: datetime) -> bool:
    """One that cannot even be read is suspect too; reading it again says so."""
    try:
        issue = tx.issues.get(no)
    except (ValueError, TypeError, KeyError):
        return True
    return issue is not None and bool(_wrong(tx, issue, at))


def _wrong(tx: Transaction, issue: Issue, at: datetime) -> str:
    """What is wrong with it, "" when all is in order."""
    if issue.status is IssueStatus.NEW:
        return "unrouted" if at - issue.raised_at > ROUTED_WITHIN else ""
    if issue.status is IssueStatus.RELEASED:
        return ""  # waits for the enterprise to say whether it is solved
    if issue.status in WITH_DEPARTMENT and not _held(tx, issue):
        return "ownerless"
    if issue.status is IssueStatus.COORDINATED and not issue.rung:
        return "ownerless"
    goes_on = [step for step in issue.steps if not step.moot(issue.status)]
    dated = issue.answer_by if issue.status in WITH_DEPARTMENT else issue.desk_by
    return "" if goes_on and dated else "replanned"


def _held(tx: Transaction, issue: Issue) -> bool:
    return issue.representative_id is not None and any(
        person.active for person in tx.people.many([issue.representative_id])
    )


def _repair_safely(parts: Parts, no: int, at: datetime, repairs: Repairs) -> None:
    try:
        wrong = _repair(parts, no, at)
    except (Busy, DatabaseDown):
        raise
    # One that cannot be repaired must not keep the others from it; it is reported.
    except Exception as error:  # noqa: BLE001
        log.error("issue %d not repaired: %s at %s", no, kind(error), place(error))
        wrong = "broken"
    if wrong:
        getattr(repairs, wrong).append(no)


def _repair(parts: Parts, no: int, at: datetime) -> str:
    """Looked at again under the row's lock: somebody may have moved it on."""
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = IssueRouting(tx, facts.site, facts.calendar, at, "auditor")
        issue, project = work.locked(no)
        wrong = _wrong(tx, issue, at)
        if wrong == "ownerless":
            rows = work.to_desk(issue, project, "办理人已不在岗，请重新分派", "已交服务专员")
            tx.outbox.add(rows, at)
        elif wrong == "replanned":
            work.save(issue, "issue.replan")
        return wrong


def _tell(tx: Transaction, facts: SiteFacts, repairs: Repairs, at: datetime) -> None:
    """One message for all of it, numbers only, when the office is open."""
    due = facts.calendar.next_office_moment(at)
    notices = Notices(tx, facts.site, facts.calendar, due)
    text = words.audited(repairs.replanned, repairs.ownerless, repairs.unrouted, repairs.broken)
    people = tx.people.by_userids(facts.site.administrators).values()
    # What is stuck is found again every ten minutes: one message an hour is enough.
    once = f"auditor:{at:%Y-%m-%dT%H}"
    tx.outbox.add([notices.say_to(p, text, "auditor", once=f"{once}:{p.userid}") for p in people], at)
