"""Whose hands a problem went through; rows are only added."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select

from domain.issue_turns import Turn, TurnKind
from storage.tables import issue_turns

_OF_MANY = (
    select(issue_turns)
    .where(issue_turns.c.issue_no.in_(bindparam("numbers", expanding=True)))
    .order_by(issue_turns.c.id)
)


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
        found: dict[int, list[Turn]] = {}
        for row in self._c.execute(_OF_MANY, {"numbers": numbers}):
            turn = Turn(
                row.at, TurnKind(row.kind), row.person_id, row.department, row.to_department, row.words
            )
            found.setdefault(row.issue_no, []).append(turn)
        return found
