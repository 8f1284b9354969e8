"""The board as it was counted last, for sites too large to count while somebody waits."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, or_, select

from domain.issues import WITH_DEPARTMENT
from domain.items import CaseItem
from storage.item_clocks import item_of
from storage.tables import audit, boards, case_items, cases, issues, projects


class Overdue(NamedTuple):
    """A problem that was not answered in time, and where its project stands on the board."""

    no: int
    department: str | None
    item_id: str | None
    district: str | None
    kind: str
    officer_id: int
    deputy_id: int | None


class Boards:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def keep(self, data: str, mark: str, at: datetime) -> None:
        """Instead of the one before; of two at once the later one stays."""
        key = secrets.token_hex(8)
        self._c.execute(insert(boards).values(key=key, data=data, mark=mark, at=at))
        self._c.execute(delete(boards).where(boards.c.key != key, boards.c.at <= at))

    def newest(self) -> tuple[str, str] | None:
        """(key, mark)"""
        row = self._c.execute(
            select(boards.c.key, boards.c.mark).order_by(boards.c.at.desc()).limit(1)
        ).first()
        return (row.key, row.mark) if row else None

    def data(self, key: str) -> str | None:
        return self._c.execute(select(boards.c.data).where(boards.c.key == key)).scalar()

    def mark(self) -> int:
        """Grows with every change: each leaves an audit row."""
        return int(self._c.execute(select(func.max(audit.c.id))).scalar() or 0)

    def cases(self, officer_id: int = 0) -> int:
        """Of this officer or deputy; 0: all of them."""
        query = select(func.count()).select_from(cases)
        if officer_id:
            query = query.join(projects, projects.c.id == cases.c.project_id).where(
                or_(projects.c.officer_id == officer_id, projects.c.deputy_id == officer_id)
            )
        return int(self._c.execute(query).scalar_one())

    def overdue(self, now: datetime) -> list[Overdue]:
        """As Issues.overdue has them, without reading them."""
        p = projects.c
        query = (
            select(
                issues.c.no, issues.c.department, issues.c.item_id,
                p.facts["district"].as_string(), p.type, p.officer_id, p.deputy_id,
            )
            .join(projects, p.id == issues.c.project_id)
            .where(issues.c.status.in_(WITH_DEPARTMENT), issues.c.answer_by < now, ~issues.c.private)
            .order_by(issues.c.answer_by)
        )  # fmt: skip
        return [Overdue(*row) for row in self._c.execute(query)]

    def items(self, ids: Iterable[int]) -> dict[int, tuple[int, CaseItem]]:
        """Id -> (project id, item), of open cases and closed ones."""
        query = (
            select(cases.c.project_id, *case_items.c)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.id.in_(set(ids)))
        )
        return {row.id: (row.project_id, item_of(row)) for row in self._c.execute(query)}
