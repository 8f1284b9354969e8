"""Departments that handle a problem beside the lead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from domain.issue_parts import OPEN_PARTS, Part, PartStatus
from domain.issues import OPEN
from storage.tables import issue_parts, issues

_OF = select(issue_parts).where(issue_parts.c.issue_no == bindparam("issue")).order_by(issue_parts.c.id)


class Parts:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, part: Part) -> None:
        self._c.execute(insert(issue_parts).values(**_row(part)))

    def save(self, part: Part) -> None:
        """Under the lock of the issue's row."""
        self._c.execute(update(issue_parts).where(issue_parts.c.id == part.id).values(**_row(part)))

    def clear(self, issue_no: int) -> None:
        """The lead has changed: who helps is worked out anew."""
        self._c.execute(
            delete(issue_parts).where(
                issue_parts.c.issue_no == issue_no, issue_parts.c.status != PartStatus.ANSWERED
            )
        )

    def of(self, issue_no: int) -> list[Part]:
        return [_part(row) for row in self._c.execute(_OF, {"issue": issue_no})]

    def held_by(self, person_id: int) -> list[Part]:
        """Open ones of open problems, the most pressing first."""
        query = (
            select(issue_parts)
            .join(issues, issues.c.no == issue_parts.c.issue_no)
            .where(
                issue_parts.c.representative_id == person_id,
                issue_parts.c.status.in_(OPEN_PARTS),
                issues.c.status.in_(OPEN),
            )
            .order_by(issue_parts.c.answer_by.nulls_last(), issue_parts.c.id)
        )
        return [_part(row) for row in self._c.execute(query)]

    def departments(self, project_id: int) -> frozenset[str]:
        """Of all problems of a project: who helps, and whom one was offered to."""
        helping = (
            select(issue_parts.c.department)
            .join(issues, issues.c.no == issue_parts.c.issue_no)
            .where(issues.c.project_id == project_id)
        )
        offered = select(issues.c.offered_department).where(
            issues.c.project_id == project_id, issues.c.offered_department.is_not(None)
        )
        return frozenset(self._c.execute(helping.union(offered)).scalars())

    def due(self, now: datetime, limit: int) -> list[int]:
        """Numbers of problems with a part the clock has something to say of."""
        query = (
            select(issue_parts.c.issue_no)
            .where(issue_parts.c.next_at <= now)
            .order_by(issue_parts.c.issue_no)
            .distinct()
            .limit(limit)
        )
        return list(self._c.execute(query).scalars())


def _part(row: Row[Any]) -> Part:
    values = dict(row._mapping)
    return Part(**{**values, "status": PartStatus(values["status"])})


def _row(part: Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in Part.__dataclass_fields__ if name != "id"}
