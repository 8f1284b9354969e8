"""Tasks with owner and day; saved by compare-and-set on `version`."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.tasks import Task, TaskSource, TaskState
from storage.errors import Stale
from storage.tables import tasks

_COLUMNS = tuple(one.name for one in fields(Task) if one.name not in {"id", "version"})


class Tasks:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, task: Task) -> Task:
        """`task.id` is not looked at."""
        query = insert(tasks).values(**_row(task), version=0).returning(tasks.c.id)
        return replace(task, id=int(self._c.execute(query).scalar_one()), version=0)

    def save(self, task: Task) -> Task:
        """Raises Stale when somebody saved it since it was read."""
        changed = self._c.execute(
            update(tasks)
            .where(tasks.c.id == task.id, tasks.c.version == task.version)
            .values(**_row(task), version=task.version + 1)
        )
        if changed.rowcount != 1:
            raise Stale("task")
        return replace(task, version=task.version + 1)

    def get(self, task_id: int, *, lock: bool = False) -> Task | None:
        query = select(tasks).where(tasks.c.id == task_id)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return _task(row) if row else None

    def of_issue(self, issue_no: int) -> list[Task]:
        query = select(tasks).where(tasks.c.issue_no == issue_no).order_by(tasks.c.id)
        return [_task(row) for row in self._c.execute(query)]

    def open_of(self, owner_id: int) -> list[Task]:
        """The most pressing first."""
        query = select(tasks).where(tasks.c.owner_id == owner_id, tasks.c.state == TaskState.OPEN)
        return [_task(row) for row in self._c.execute(query.order_by(tasks.c.due, tasks.c.id))]

    def open_until(self, day: date) -> list[Task]:
        query = select(tasks).where(tasks.c.state == TaskState.OPEN, tasks.c.due <= day)
        return [_task(row) for row in self._c.execute(query.order_by(tasks.c.due, tasks.c.id))]


def _row(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in _COLUMNS}


def _task(row: Row[Any]) -> Task:
    values = dict(row._mapping)
    return Task(**{**values, "source": TaskSource(row.source), "state": TaskState(row.state)})
