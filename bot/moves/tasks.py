"""Tasks: given, done, cancelled – whoever gave it and whoever has it hear of it."""

from __future__ import annotations

from bot.moves.climbing import Climb
from bot.moves.work import CaseWork
from bot.texts import tasks as texts
from domain.errors import InvalidAnswer
from domain.issues import IssueLevel
from domain.people import Person
from domain.rungs import Rung
from domain.tasks import Task, TaskState
from storage.outbox import NewMessage

LONGEST_NOTE = 300


def give(work: CaseWork, task: Task) -> Task:
    """Kept under a number of its own."""
    task = work.tx.tasks.add(task)
    work.audit(
        task.project_id or 0, "task.give", _subject(task), {"source": task.source, "to": task.owner_id}
    )
    return task


def tell_owner(work: CaseWork, task: Task, about: str) -> NewMessage:
    owner = work.tx.people.get(task.owner_id)
    return work.tell(owner, texts.given(task, about, work.actor_name), _subject(task))


def finish(work: CaseWork, task: Task, by: Person, note: str) -> tuple[Task, list[NewMessage]]:
    if len(note) < 2 or len(note) > LONGEST_NOTE:
        raise InvalidAnswer(
            f"请写明完成情况（{LONGEST_NOTE}字以内），例如：完成任务 {task.id} 书面意见已送政务服务中心。"
        )
    task = work.tx.tasks.save(task.finish(by.id, work.now, note))
    work.audit(task.project_id or 0, "task.finish", _subject(task), {"state": task.state})
    people = {
        one: texts.finished_told(task, by.name) for one in (task.made_by, task.owner_id) if one != by.id
    }
    return task, [work.tell(work.tx.people.get(one), text, _subject(task)) for one, text in people.items()]


def cancel(work: CaseWork, task: Task, by: Person, reason: str) -> tuple[Task, list[NewMessage]]:
    if len(reason) < 2 or len(reason) > LONGEST_NOTE:
        raise InvalidAnswer(
            f"请写明取消原因（{LONGEST_NOTE}字以内），例如：取消任务 {task.id} 已由其他方式解决。"
        )
    task = work.tx.tasks.save(task.cancel(by.id, work.now, reason))
    work.audit(task.project_id or 0, "task.cancel", _subject(task), {"state": task.state})
    owner = work.tx.people.get(task.owner_id)
    return task, [work.tell(owner, texts.cancelled_told(task, by.name), _subject(task))]


def all_done(climb: Climb) -> list[NewMessage]:
    """Nothing of the meeting is left to do: the officer answers, or goes up, by the next working day."""
    left = [one for one in climb.tx.tasks.of_issue(climb.issue.no) if one.state is TaskState.OPEN]
    if climb.issue.rung is not Rung.TASKS or left:
        return []
    climb.to(IssueLevel.JOINT_MEETING, Rung.TASKS, climb.working_days_on(1), "task.all_done")
    return [climb.tell(climb.officer, texts.all_done(climb.issue.no))]


def _subject(task: Task) -> str:
    return f"task:{task.id}"
