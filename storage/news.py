"""How items moved and who said so: not told to the group yet, or told (R153)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select, update

from domain.items import ItemState
from storage.tables import progress_news


@dataclass(frozen=True)
class News:
    id: int
    project_id: int
    case_item_id: int
    state: ItemState
    day: date
    person_id: int
    at: datetime
    told_at: datetime | None


class NewsDesk:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(
        self, project_id: int, case_item_id: int, state: ItemState, day: date, person_id: int, at: datetime
    ) -> None:
        values = {
            "project_id": project_id,
            "case_item_id": case_item_id,
            "state": state,
            "day": day,
            "person_id": person_id,
            "at": at,
        }
        self._c.execute(insert(progress_news).values(**values))

    def projects_untold(self, until: datetime) -> list[int]:
        query = select(progress_news.c.project_id).where(
            progress_news.c.told_at.is_(None), progress_news.c.at <= until
        )
        return list(self._c.execute(query.distinct().order_by(progress_news.c.project_id)).scalars())

    def tell(self, project_id: int, until: datetime) -> list[News]:
        """Marks them told and hands them out, oldest first: whoever comes second gets none."""
        query = (
            update(progress_news)
            .where(
                progress_news.c.project_id == project_id,
                progress_news.c.told_at.is_(None),
                progress_news.c.at <= until,
            )
            .values(told_at=until)
            .returning(*progress_news.c)
        )
        return sorted((_news(row) for row in self._c.execute(query)), key=lambda one: one.id)

    def last_of(self, person_id: int, since: datetime) -> News | None:
        query = (
            select(progress_news)
            .where(progress_news.c.person_id == person_id, progress_news.c.at >= since)
            .order_by(progress_news.c.id.desc())
            .limit(1)
        )
        row = self._c.execute(query).first()
        return _news(row) if row else None

    def drop(self, news_id: int) -> None:
        self._c.execute(delete(progress_news).where(progress_news.c.id == news_id))


def _news(row: object) -> News:
    values = dict(row._mapping)  # type: ignore[attr-defined]
    return News(**{**values, "state": ItemState(values["state"])})
