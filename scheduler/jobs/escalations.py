"""Reminders before a deadline, escalation after it: the steps frozen into each issue, as they fall due."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.faults import kind, place
from bot.issue_work import IssueWork
from bot.notices import subject_of
from bot.texts import issues as words
from bot.wiring import Parts
from domain.issues import Issue, Step, StepKind
from domain.project import Project
from storage.errors import Busy, DatabaseDown
from storage.outbox import NewMessage

log = logging.getLogger(__name__)
PAGE = 100


def run(parts: Parts, at: datetime) -> None:
    """Each issue in a transaction of its own, its row locked: an answer at the same instant wins or loses
    cleanly."""
    stuck: set[int] = set()
    while True:
        with parts.store.reading() as tx:
            due = tx.issues.with_step_due(at, PAGE + len(stuck))
        fresh = [no for no in due if no not in stuck]
        for no in fresh:
            try:
                _one(parts, no, at)
            except (Busy, DatabaseDown):
                raise
            # One issue that cannot be told of must not silence all that are due after it.
            except Exception as error:  # noqa: BLE001
                stuck.add(no)
                log.error("steps of issue %d not done: %s at %s", no, kind(error), place(error))
        if len(fresh) < PAGE:
            return


def _one(parts: Parts, no: int, at: datetime) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = IssueWork(tx, facts.site, facts.calendar, at, "clock")
        issue, project = work.locked(no)
        due = [step for step in issue.done_until(at) if not step.moot(issue.status)]
        tx.issues.save(issue)
        rows = [row for step in _coalesced(due) for row in _tell(work, issue, project, step)]
        tx.outbox.add(rows, at)
        for step in due:
            tx.audit.add(project.id, at, "clock", f"issue.{step.kind}", subject_of(issue), {"to": step.to})


def _coalesced(due: list[Step]) -> list[Step]:
    """After an outage: every level that is due is told, a reminder only when nothing worse is due."""
    levels = [step for step in due if step.kind is StepKind.ESCALATE]
    return levels or due[-1:]


def _tell(work: IssueWork, issue: Issue, project: Project, step: Step) -> list[NewMessage]:
    notices = work.notices
    holder = work.tx.people.get(issue.representative_id) if issue.representative_id else None
    once = f"step:{issue.no}:{issue.version}:{step.kind}:{step.about}:{step.to}:{step.at.isoformat()}"
    if step.kind is StepKind.REMIND:
        text = words.remind(issue, step.about, work.calendar.zone)
        return [notices.say_to(holder, text, subject_of(issue), once=once)] if holder else []
    name = holder.name if holder else ""
    text = words.escalated(issue, project, step, name, work.site, work.calendar.zone)
    people = notices.people_to_tell(step.to, issue, project)
    return [notices.say_to(p, text, subject_of(issue), once=f"{once}:{p.userid}") for p in people]
