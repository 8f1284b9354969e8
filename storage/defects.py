"""What was demanded outside the one notice or outside the list (R083, R086), and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import case_items, cases, demand_defects

LATE, OFF_LIST = "late", "off_list"
OPEN, FOUNDED, JUSTIFIED = "open", "founded", "justified"


@dataclass(frozen=True)
class Defect:
    """`kind`: late | off_list. `state`: open | founded (属实) | justified (有依据)."""

    id: int
    case_item_id: int
    kind: str
    what: str = field(repr=False)
    reported_by: int | None
    reported_at: datetime
    state: str
    answer: str = field(repr=False)


class Defects:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, case_item_id: int, kind: str, what: str, by: int | None, at: datetime) -> int:
        values = {
            "case_item_id": case_item_id,
            "kind": kind,
            "what": what,
            "reported_by": by,
            "reported_at": at,
            "state": OPEN,
            "answer": "",
        }
        query = insert(demand_defects).values(**values).returning(demand_defects.c.id)
        return int(self._c.execute(query).scalar_one())

    def get(self, defect_id: int) -> Defect | None:
        row = self._c.execute(select(demand_defects).where(demand_defects.c.id == defect_id)).first()
        return Defect(**row._mapping) if row else None

    def of_project(self, project_id: int) -> list[Defect]:
        query = (
            select(demand_defects)
            .join(case_items, case_items.c.id == demand_defects.c.case_item_id)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(cases.c.project_id == project_id)
        )
        return [Defect(**row._mapping) for row in self._c.execute(query.order_by(demand_defects.c.id))]

    def answer(self, defect_id: int, state: str, words: str) -> bool:
        """False when it was answered before."""
        changed = self._c.execute(
            update(demand_defects)
            .where(demand_defects.c.id == defect_id, demand_defects.c.state == OPEN)
            .values(state=state, answer=words)
        )
        return changed.rowcount == 1

    def drop(self, case_item_id: int, at: datetime) -> None:
        """With the record it came from, when that is taken back at once."""
        self._c.execute(
            delete(demand_defects).where(
                demand_defects.c.case_item_id == case_item_id,
                demand_defects.c.kind == LATE,
                demand_defects.c.reported_at == at,
            )
        )
