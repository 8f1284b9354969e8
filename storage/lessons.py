"""What was sorted by hand, as rows to learn from: no person's name or number is in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from domain.issues import Category
from domain.routing_suggestion import Lesson
from storage.tables import routing_lessons
from storage.upsert import upsert

NEWEST = 2000  # what lies further back was sorted under other rules


class Lessons:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def keep(self, issue_no: int, lesson: Lesson, at: datetime) -> None:
        """The last choice for a problem is the one to learn from."""
        values = {
            "at": at, "item_id": lesson.item, "category": lesson.category, "words": lesson.words,
            "department": lesson.department, "guess": lesson.guess,
        }  # fmt: skip
        upsert(self._c, routing_lessons, {"issue_no": issue_no}, values)

    def count(self) -> int:
        return int(self._c.execute(select(func.count()).select_from(routing_lessons)).scalar_one())

    def newest(self) -> list[Lesson]:
        """Oldest first."""
        query = select(routing_lessons).order_by(routing_lessons.c.at.desc(), routing_lessons.c.issue_no)
        return [
            Lesson(row.item_id, Category(row.category), row.words, row.department, row.guess)
            for row in self._c.execute(query.limit(NEWEST))
        ][::-1]
