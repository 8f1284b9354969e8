"""When the clock looks at an approval item next: found by one index, whatever the number of items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, text, update

from domain.case import OPEN_CASES
from domain.items import CaseItem, ItemEvent, ItemState
from storage.tables import case_items, cases

# After every change: the clock plans anew.
LOOK_NOW = datetime(1970, 1, 1, tzinfo=UTC)
_SWEEP_LOCK = 7_203_100_002  # pg advisory lock


@dataclass(frozen=True)
class DueItem:
    """`planned`: it was looked at before, for this moment. `open`: its case is. `told`: the lamp somebody was told of."""

    item: CaseItem
    project_id: int
    planned: bool
    open: bool
    told: str = ""


@dataclass(frozen=True)
class NextLook:
    """`at`: None for never. `told`: the lamp that is told of now, or was before."""

    due: DueItem
    at: datetime | None
    told: str = ""


class ItemClocks:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def due(self, now: datetime, limit: int) -> list[DueItem]:
        """The longest due first. One sweep at a time: whoever comes second finds nothing to do."""
        if not self._mine():
            return []
        query = (
            select(case_items, cases.c.project_id, cases.c.status)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.look_at <= now)
            .order_by(case_items.c.look_at)
            .limit(limit)
        )
        planned = self._c.execute(query.where(case_items.c.look_at > LOOK_NOW)).all()
        # What was changed just now may be changed again while it is planned: those rows are locked.
        changed = query.where(case_items.c.look_at == LOOK_NOW).limit(limit - len(planned))
        fresh = self._c.execute(changed.with_for_update(of=case_items, skip_locked=True)).all()
        return [
            DueItem(
                item_of(row), row.project_id, row.look_at > LOOK_NOW, row.status in OPEN_CASES, row.told_lamp
            )
            for row in (*planned, *fresh)
        ]

    def look_again(self, looks: Sequence[NextLook]) -> None:
        """One statement for each moment and lamp. What was changed since it was read stays due."""
        alike: dict[tuple[datetime | None, bool, str], list[int]] = {}
        for look in looks:
            alike.setdefault((look.at, look.due.planned, look.told), []).append(look.due.item.id)
        for (moment, planned, told), ids in alike.items():
            chosen = update(case_items).where(case_items.c.id.in_(ids))
            statement = chosen.values(look_at=moment, told_lamp=told)
            self._c.execute(statement.where(case_items.c.look_at > LOOK_NOW) if planned else statement)

    def _mine(self) -> bool:
        """One lock for all is cheaper than one for each of hundreds of rows; SQLite writes one at a time anyway."""
        if self._c.dialect.name != "postgresql":
            return True
        return bool(
            self._c.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _SWEEP_LOCK}).scalar()
        )


def item_of(row: Row[Any]) -> CaseItem:
    events = tuple(
        ItemEvent(ItemState(e["state"]), date.fromisoformat(e["day"]), e["by"], e["note"]) for e in row.events
    )
    return CaseItem(
        row.id, row.case_id, row.item_id, events, row.planned_submit, row.planned_done, row.result_no,
        row.parallel_group, row.commitment,
    )  # fmt: skip
