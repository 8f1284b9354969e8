"""The board as it was counted last, for sites too large to count while somebody waits."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from domain.items import CaseItem
from storage.item_clocks import item_of
from storage.tables import audit, boards, case_items, cases


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

    def cases(self, project_ids: Collection[int] | None = None) -> int:
        query = select(func.count()).select_from(cases)
        if project_ids is not None:
            query = query.where(cases.c.project_id.in_(project_ids))
        return int(self._c.execute(query).scalar_one())

    def items(self, ids: Iterable[int]) -> dict[int, tuple[int, CaseItem]]:
        """Id -> (project id, item), of open cases and closed ones."""
        query = (
            select(cases.c.project_id, *case_items.c)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.id.in_(set(ids)))
        )
        return {row.id: (row.project_id, item_of(row)) for row in self._c.execute(query)}
