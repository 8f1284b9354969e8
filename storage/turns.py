"""Whose hands a problem went through; rows are only added."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from domain.issue_turns import Turn, TurnKind
from storage.tables import issue_turns


class Turns:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, issue_no: int, turn: Turn) -> None:
        self._c.execute(
            insert(issue_turns).values(
                issue_no=issue_no, at=turn.at, person_id=turn.person_id, kind=turn.kind,
                department=turn.department, to_department=turn.to_department, words=turn.words,
            )
        )  # fmt: skip

    def of(self, issue_no: int) -> list[Turn]:
        """Oldest first."""
        return self.of_many([issue_no]).get(issue_no, [])

    def of_many(self, numbers: list[int]) -> dict[int, list[Turn]]:
        query = select(issue_turns).where(issue_turns.c.issue_no.in_(numbers)).order_by(issue_turns.c.id)
        found: dict[int, list[Turn]] = {}
        for row in self._c.execute(query):
            turn = Turn(
                row.at, TurnKind(row.kind), row.person_id, row.department, row.to_department, row.words
            )
            found.setdefault(row.issue_no, []).append(turn)
        return found
