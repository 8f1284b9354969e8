"""A task somebody was given with a day: a resolution of a joint meeting, or an instruction of a supervisor."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.errors import IllegalMove


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class TaskSource(StrEnum):
    MEETING = "meeting"  # 议定事项 of F24
    INSTRUCTION = "instruction"  # 批示


class TaskNotice(StrEnum):
    BEFORE = "before"  # the working day before
    TODAY = "today"
    LATE = "late"


@dataclass(frozen=True)
class Task:
    """`source_id`: the meeting, or whatever it came from. `issue_no`, `project_id`: none for one that is about no
    problem, no project. `note`: how it was done, or why it was cancelled."""

    id: int
    text: str = field(repr=False)
    owner_id: int
    department: str | None
    due: date
    source: TaskSource
    source_id: int
    issue_no: int | None
    project_id: int | None
    made_by: int
    made_at: datetime
    state: TaskState = TaskState.OPEN
    note: str = field(default="", repr=False)
    ended_by: int | None = None
    ended_at: datetime | None = None
    version: int = 0  # compare-and-set

    def finish(self, by: int, at: datetime, note: str) -> Task:
        return self._end(TaskState.DONE, by, at, note)

    def cancel(self, by: int, at: datetime, note: str) -> Task:
        return self._end(TaskState.CANCELLED, by, at, note)

    def _end(self, state: TaskState, by: int, at: datetime, note: str) -> Task:
        if self.state is not TaskState.OPEN:
            raise IllegalMove("task", self.state, state)
        return replace(self, state=state, ended_by=by, ended_at=at, note=note)


def notice_of(task: Task, today: date, calendar: WorkCalendar, late_every: int) -> TaskNotice | None:
    """What is to be said of it today, a working day. A due day on which nobody works is its last working day before."""
    if task.state is not TaskState.OPEN:
        return None
    if task.made_at.astimezone(calendar.zone).date() == today:
        return None  # told today when it was given
    due = task.due if calendar.is_working_day(task.due) else calendar.add_working_days(task.due, -1)
    if today == due:
        return TaskNotice.TODAY
    if today < due:
        return TaskNotice.BEFORE if today == calendar.add_working_days(due, -1) else None
    late = calendar.working_days_between(due, today)
    return TaskNotice.LATE if (late - 1) % late_every == 0 else None
