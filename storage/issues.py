"""Issues; saved by compare-and-set on `version`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from domain.issues import (
    OPEN,
    WITH_DEPARTMENT,
    Category,
    Issue,
    IssueLevel,
    IssueStatus,
    Step,
    StepKind,
)
from domain.rungs import Rung
from storage.columns import among
from storage.errors import Stale
from storage.tables import issues

# Built once: the clock looks every few seconds, and every change saves.
_BY_NO = select(issues).where(issues.c.no == bindparam("number"))
_LOCKED = _BY_NO.with_for_update()
_ADD = insert(issues)
_SAVE = update(issues).where(issues.c.no == bindparam("number"), issues.c.version == bindparam("known"))
_STEP_DUE = select(issues.c.no).where(issues.c.next_step_at <= bindparam("now"))
_IN_ORDER = issues.c.next_step_at, issues.c.no
_DUE = _STEP_DUE.order_by(*_IN_ORDER).limit(bindparam("most"))
_URGENT_DUE = _STEP_DUE.where(issues.c.urgent).order_by(*_IN_ORDER).limit(bindparam("most"))


@dataclass(frozen=True)
class Raised:
    """What is compared to see whether the same is met again and again."""

    no: int
    project_id: int
    item_id: str | None
    category: Category
    description: str = field(repr=False)


class Issues:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def get(self, no: int, *, lock: bool = False) -> Issue | None:
        row = self._c.execute(_LOCKED if lock else _BY_NO, {"number": no}).first()
        return _issue(row) if row else None

    def add(self, issue: Issue) -> None:
        self._c.execute(_ADD, {"no": issue.no, **_row(issue), "version": 0})

    def save(self, issue: Issue) -> None:
        """Raises Stale when somebody saved it since it was read."""
        values = {"number": issue.no, "known": issue.version, **_row(issue), "version": issue.version + 1}
        changed = self._c.execute(_SAVE, values)
        if changed.rowcount != 1:
            raise Stale("issue")
        issue.version += 1

    def many(self, numbers: Sequence[int]) -> list[Issue]:
        """In this order."""
        rows = self._c.execute(select(issues).where(issues.c.no.in_(numbers)))
        found = {row.no: _issue(row) for row in rows}
        return [found[no] for no in numbers if no in found]

    def of_projects(self, project_ids: Iterable[int], *, open_only: bool = True) -> dict[int, list[Issue]]:
        """Project id -> issues, newest first; without those about a person, which stand in no list of a project."""
        query = (
            select(issues)
            .where(issues.c.project_id.in_(set(project_ids)), ~issues.c.private)
            .order_by(issues.c.no.desc())
        )
        if open_only:
            query = query.where(issues.c.status.in_(OPEN))
        found: dict[int, list[Issue]] = {}
        for row in self._c.execute(query):
            found.setdefault(row.project_id, []).append(_issue(row))
        return found

    def of_project(self, project_id: int, *, open_only: bool = True) -> list[Issue]:
        return self.of_projects([project_id], open_only=open_only).get(project_id, [])

    def held_by(self, person_id: int) -> list[Issue]:
        """With this representative and not yet answered, the most pressing first."""
        query = (
            select(issues)
            .where(issues.c.representative_id == person_id, issues.c.status.in_(WITH_DEPARTMENT))
            .order_by(issues.c.answer_by.nulls_last(), issues.c.no)
        )
        return [_issue(row) for row in self._c.execute(query)]

    def on_desk(self, project_ids: Iterable[int]) -> list[Issue]:
        """What waits for the service officer: to be sorted, to be released, on a higher rung."""
        wanted = (IssueStatus.TRIAGE, IssueStatus.ANSWERED, IssueStatus.COORDINATED)
        query = (
            select(issues)
            .where(issues.c.project_id.in_(among(project_ids)), issues.c.status.in_(wanted))
            .order_by(issues.c.no)
        )
        return [_issue(row) for row in self._c.execute(query)]

    def raised_between(self, start: datetime, end: datetime) -> list[Issue]:
        """Of all projects, oldest first; without those about a person and those withdrawn."""
        query = (
            select(issues)
            .where(
                issues.c.raised_at >= start,
                issues.c.raised_at < end,
                ~issues.c.private,
                issues.c.status != IssueStatus.WITHDRAWN,
            )
            .order_by(issues.c.no)
        )
        return [_issue(row) for row in self._c.execute(query)]

    def raised_with(self, department: str, start: datetime) -> list[Raised]:
        """With this department, oldest first; without those about a person and those withdrawn. Read with every
        assignment: only what is compared."""
        c = issues.c
        query = (
            select(c.no, c.project_id, c.item_id, c.category, c.description)
            .where(
                c.department == department,
                c.raised_at >= start,
                ~c.private,
                c.status != IssueStatus.WITHDRAWN,
            )
            .order_by(c.no)
        )
        return [
            Raised(row.no, row.project_id, row.item_id, Category(row.category), row.description)
            for row in self._c.execute(query)
        ]

    def not_routed(self, raised_before: datetime, limit: int) -> list[int]:
        query = (
            select(issues.c.no)
            .where(issues.c.status == IssueStatus.NEW, issues.c.raised_at <= raised_before)
            .order_by(issues.c.no)
            .limit(limit)
        )
        return list(self._c.execute(query).scalars())

    def with_step_due(self, now: datetime, limit: int, *, urgent_only: bool = False) -> list[int]:
        query = _URGENT_DUE if urgent_only else _DUE
        return list(self._c.execute(query, {"now": now, "most": limit}).scalars())

    def open_after(self, no: int, limit: int) -> list[int]:
        """Numbers of what is open, in order."""
        query = (
            select(issues.c.no)
            .where(issues.c.no > no, issues.c.status.in_(OPEN))
            .order_by(issues.c.no)
            .limit(limit)
        )
        return list(self._c.execute(query).scalars())

    def overdue(self, now: datetime) -> list[Issue]:
        """Not answered in time, the oldest first; without those about a person."""
        query = (
            select(issues)
            .where(issues.c.status.in_(WITH_DEPARTMENT), issues.c.answer_by < now, ~issues.c.private)
            .order_by(issues.c.answer_by)
        )
        return [_issue(row) for row in self._c.execute(query)]

    def load(self, department: str) -> dict[int, int]:
        """Open issues by representative of a department."""
        query = (
            select(issues.c.representative_id, func.count())
            .where(issues.c.department == department, issues.c.status.in_(WITH_DEPARTMENT))
            .group_by(issues.c.representative_id)
        )
        return {row[0]: row[1] for row in self._c.execute(query) if row[0] is not None}


def _issue(row: Row[Any]) -> Issue:
    values = dict(row._mapping)
    del values["next_step_at"]
    values["category"], values["status"] = _CATEGORY[row.category], _STATUS[row.status]
    values["rung"] = _RUNG[row.rung]
    values["level"] = IssueLevel(row.level)
    values["steps"] = tuple(map(_step, row.steps))
    return Issue(**values)


def _step(kept: dict[str, Any]) -> Step:
    at, kind = datetime.fromisoformat(kept["at"]), StepKind(kept["kind"])
    return Step(**{**kept, "at": at, "kind": kind})


_CATEGORY, _STATUS = {one.value: one for one in Category}, {one.value: one for one in IssueStatus}
_RUNG = {one.value: one for one in Rung}
_SAME = (
    "project_id", "case_id", "category", "description", "raised_by", "raised_at", "item_id", "wish", "status",
    "level", "department", "representative_id", "why", "respond_by", "answer_by", "rule_version", "returns",
    "answer", "answered_by", "released_at", "next_step_at", "offered_department", "offered_to", "offer_until",
    "private", "about_person", "kind", "urgent", "clock_from", "desk_by", "told_level", "extended", "relieved_id", "rung",
)  # fmt: skip


def _row(issue: Issue) -> dict[str, Any]:
    steps = [{**vars(step), "at": step.at.isoformat()} for step in issue.steps]
    return {name: getattr(issue, name) for name in _SAME} | {"steps": steps}
