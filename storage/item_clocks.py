"""When the clock looks at an approval item next: found by one index, whatever the number of items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.case import OPEN_CASES
from domain.items import CaseItem, ItemEvent, ItemState
from storage.tables import case_items, cases

# After every change: the clock plans anew.
LOOK_NOW = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class DueItem:
    """`planned`: it was looked at before, for this moment. `open`: its case is."""

    item: CaseItem
    project_id: int
    planned: bool
    open: bool


class ItemClocks:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def due(self, now: datetime, limit: int) -> list[DueItem]:
        """The longest due first, locked; what another worker holds just now is its business."""
        query = (
            select(case_items, cases.c.project_id, cases.c.status)
            .join(cases, cases.c.id == case_items.c.case_id)
            .where(case_items.c.look_at <= now)
            .order_by(case_items.c.look_at)
            .limit(limit)
            .with_for_update(of=case_items, skip_locked=True)
        )
        return [
            DueItem(item_of(row), row.project_id, row.look_at > LOOK_NOW, row.status in OPEN_CASES)
            for row in self._c.execute(query)
        ]

    def look_again(self, when: Mapping[int, datetime | None]) -> None:
        """Id of the item -> its next moment, None for never; one statement for each moment."""
        by_moment: dict[datetime | None, list[int]] = {}
        for item_id, moment in when.items():
            by_moment.setdefault(moment, []).append(item_id)
        for moment, ids in by_moment.items():
            self._c.execute(update(case_items).where(case_items.c.id.in_(ids)).values(look_at=moment))


def item_of(row: Row[Any]) -> CaseItem:
    events = tuple(
        ItemEvent(ItemState(e["state"]), date.fromisoformat(e["day"]), e["by"], e["note"]) for e in row.events
    )
    return CaseItem(
        row.id, row.case_id, row.item_id, events, row.planned_submit, row.planned_done, row.result_no,
        row.parallel_group, row.commitment,
    )  # fmt: skip
