"""What people decided about plans, and what they know of items beyond the lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import item_factors, plan_choices
from storage.upsert import upsert


@dataclass(frozen=True)
class Choice:
    """`wanted`: in the plan, or out of it."""

    item_id: str
    wanted: bool
    reason: str = field(repr=False)
    decided_by: int
    decided_at: datetime


@dataclass(frozen=True)
class Factor:
    id: int
    item_id: str
    text: str = field(repr=False)
    told_by: int
    told_at: datetime


class Plans:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def decide(self, case_id: int, choice: Choice) -> None:
        """The newest decision about an item is the one that counts."""
        values = {
            "wanted": choice.wanted,
            "reason": choice.reason,
            "decided_by": choice.decided_by,
            "decided_at": choice.decided_at,
        }
        upsert(self._c, plan_choices, {"case_id": case_id, "item_id": choice.item_id}, values)

    def forget(self, case_id: int, item_id: str) -> None:
        self._c.execute(
            delete(plan_choices).where(plan_choices.c.case_id == case_id, plan_choices.c.item_id == item_id)
        )

    def choices(self, case_id: int) -> dict[str, Choice]:
        query = select(plan_choices).where(plan_choices.c.case_id == case_id).order_by(plan_choices.c.id)
        return {
            row.item_id: Choice(row.item_id, row.wanted, row.reason, row.decided_by, row.decided_at)
            for row in self._c.execute(query)
        }

    def add_factor(self, item_id: str, text: str, by: int, at: datetime) -> int:
        values = {"item_id": item_id, "text": text, "told_by": by, "told_at": at}
        return int(
            self._c.execute(insert(item_factors).values(**values).returning(item_factors.c.id)).scalar_one()
        )

    def factor(self, factor_id: int) -> Factor | None:
        held = (item_factors.c.id == factor_id) & item_factors.c.withdrawn_at.is_(None)
        row = self._c.execute(select(item_factors).where(held)).first()
        return Factor(row.id, row.item_id, row.text, row.told_by, row.told_at) if row else None

    def withdraw_factor(self, factor_id: int, at: datetime) -> None:
        self._c.execute(update(item_factors).where(item_factors.c.id == factor_id).values(withdrawn_at=at))

    def factors(self, item_ids: Iterable[str]) -> dict[str, list[Factor]]:
        """Item -> what is known of it beyond its list, oldest first."""
        query = (
            select(item_factors)
            .where(item_factors.c.item_id.in_(set(item_ids)), item_factors.c.withdrawn_at.is_(None))
            .order_by(item_factors.c.id)
        )
        found: dict[str, list[Factor]] = {}
        for row in self._c.execute(query):
            found.setdefault(row.item_id, []).append(
                Factor(row.id, row.item_id, row.text, row.told_by, row.told_at)
            )
        return found
