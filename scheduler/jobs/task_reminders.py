"""Tasks and meetings that come near: the owner is reminded the working day before and on the day, a late task is told to
whoever gave it; who is to come to a joint meeting is reminded the working day before."""

from __future__ import annotations

from datetime import datetime

from bot.moves.joint_meetings import REMINDED
from bot.moves.work import CaseWork
from bot.notices import subject_of
from bot.texts import meetings as meeting_texts
from bot.texts import tasks as texts
from bot.wiring import Parts
from domain.meetings import Meeting, MeetingState
from domain.people import Person
from domain.rungs import Rung
from domain.tasks import Task, TaskNotice, notice_of
from scheduler.one_by_one import one_by_one
from storage.outbox import NewMessage

JOB = "task_reminders"


def run(parts: Parts, at: datetime) -> None:
    with parts.store.reading() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        # A task due on a day off is spoken of before it: look further than the next working day.
        until = facts.calendar.add_working_days(work.today, 2)
        near = [one.id for one in tx.tasks.open_until(until) if _due(work, one)]
        first, last = work.now, facts.calendar.closing(facts.calendar.add_working_days(work.today, 1))
        fixed = tx.meetings.fixed_between(first, last)
        meetings = [one.id for one in fixed if not tx.runs.done(REMINDED, f"meeting:{one.id}", _period(one))]
    one_by_one("task reminder", near, lambda task_id: _task(parts, at, task_id))
    one_by_one("meeting reminder", meetings, lambda meeting_id: _meeting(parts, at, meeting_id))


def _due(work: CaseWork, task: Task) -> bool:
    """There is something to say that nobody has said yet."""
    notice = _notice(work, task)
    period = f"{notice}:{work.today}"
    return notice is not None and not work.tx.runs.done(JOB, f"task:{task.id}", period)


def _period(meeting: Meeting) -> str:
    return meeting.at.isoformat() if meeting.at else ""


def _notice(work: CaseWork, task: Task) -> TaskNotice | None:
    return notice_of(task, work.today, work.calendar, work.site.rungs.task_late_every)


def _task(parts: Parts, at: datetime, task_id: int) -> None:
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        task = tx.tasks.get(task_id, lock=True)
        notice = _notice(work, task) if task else None
        period = f"{notice}:{work.today}"
        if task and notice and tx.runs.claim(JOB, f"task:{task.id}", period, at):
            tx.outbox.add(_said(work, task, notice), at)


def _said(work: CaseWork, task: Task, notice: TaskNotice) -> list[NewMessage]:
    owner, subject = work.tx.people.get(task.owner_id), f"task:{task.id}"
    if notice is TaskNotice.LATE:
        told = texts.late(task, owner.name)
        return [work.tell(person, told, subject) for person in _leading(work, task)]
    text = texts.due(task, today=notice is TaskNotice.TODAY)
    people = [owner] if owner.active else _leading(work, task)
    return [work.tell(person, text, subject) for person in people]


def _leading(work: CaseWork, task: Task) -> list[Person]:
    """The project's officer, and whoever gave it."""
    project = work.tx.projects.get(task.project_id) if task.project_id else None
    ids = {task.made_by, *([project.officer_id] if project else [])}
    return work.tx.people.many(ids)


def _meeting(parts: Parts, at: datetime, meeting_id: int) -> None:
    """Once for each time it was fixed at; not for one that has become needless."""
    with parts.store.transaction() as tx:
        facts = parts.sites.get(tx)
        work = CaseWork(tx, facts.site, facts.calendar, at)
        meeting = tx.meetings.get(meeting_id)
        issue = tx.issues.get(meeting.issue_no, lock=True) if meeting else None
        if meeting is None or issue is None or meeting.at is None or meeting.state is not MeetingState.FIXED:
            return
        if not tx.runs.claim(REMINDED, f"meeting:{meeting.id}", _period(meeting), at):
            return
        project = tx.projects.get(meeting.project_id)
        if issue.rung is not Rung.MINUTES:
            text = meeting_texts.needless(issue)
            tx.outbox.add([work.tell_officer(project, text, subject_of(issue))], at)
            return
        text = meeting_texts.reminder(issue, meeting, facts.calendar.zone)
        people = {ballot.person_id for ballot in tx.meetings.ballots(meeting.id)} | {project.officer_id}
        tx.outbox.add([work.tell(one, text, subject_of(issue)) for one in tx.people.many(people)], at)
