"""Tasks: done by whoever has them, cancelled by the officer."""

from __future__ import annotations

from bot.context import Answer, Context, words
from bot.dialogs.meeting_words import climb_of
from bot.dialogs.officer_words import work_of
from bot.moves import tasks
from bot.moves.naming import as_typed
from bot.moves.work import case_work
from bot.texts import meetings as meeting_texts
from bot.texts import tasks as texts
from domain.errors import InvalidAnswer, NotFound
from domain.people import Action
from domain.tasks import Task
from storage.outbox import NewMessage


def finish(context: Context, arguments: dict[str, str]) -> Answer:
    """By its owner, or by the officer on the owner's behalf."""
    task = _task(context, arguments)
    if task.owner_id != context.must_sender.id and not _leads(context, task):
        raise NotFound("task")
    note = as_typed(context, arguments.get("rest") or "")
    task, told = tasks.finish(case_work(context), task, context.must_sender, note)
    return words(texts.finished(task)).and_tell(*told, *_after(context, task))


def cancel(context: Context, arguments: dict[str, str]) -> Answer:
    task = _task(context, arguments)
    if not _leads(context, task):
        raise NotFound("task")
    reason = as_typed(context, arguments.get("rest") or "")
    task, told = tasks.cancel(case_work(context), task, context.must_sender, reason)
    return words(texts.cancelled(task)).and_tell(*told, *_after(context, task))


def _task(context: Context, arguments: dict[str, str]) -> Task:
    """Its problem's row is held first: whoever finishes the last one at the same instant waits."""
    context.must_sender  # noqa: B018 – whoever is not registered is told so first
    found = context.tx.tasks.get(int(arguments["no"]))
    if found is None:
        raise NotFound("task")
    if found.owner_id != context.must_sender.id and not _leads(context, found):
        raise NotFound("task")
    if context.message.in_group:
        raise InvalidAnswer(meeting_texts.ONLY_ALONE)
    if found.issue_no is not None:
        context.tx.issues.get(found.issue_no, lock=True)
    return context.tx.tasks.get(found.id, lock=True) or found


def _leads(context: Context, task: Task) -> bool:
    """Whoever gave it, or the officer of its project."""
    if task.made_by == context.must_sender.id:
        return True
    project = context.tx.projects.get(task.project_id) if task.project_id else None
    return project is not None and context.standing_towards(project).may(Action.MANAGE_CASE)


def _after(context: Context, task: Task) -> list[NewMessage]:
    if task.issue_no is None:
        return []
    work = work_of(context)
    issue, project = work.locked(task.issue_no)
    return tasks.all_done(climb_of(context, work, issue, project))


COMMANDS = {"finish_task": finish, "cancel_task": cancel}
