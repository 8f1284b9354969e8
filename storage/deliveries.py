"""What was handed over or posted, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.deliveries import Delivery, DeliveryMode, DeliveryState, Thing
from storage.errors import Stale
from storage.tables import deliveries


class Deliveries:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, delivery: Delivery) -> int:
        """`delivery.id` is not looked at."""
        values = {
            "case_id": delivery.case_id,
            "inbound": delivery.inbound,
            "mode": delivery.mode,
            "things": [asdict(thing) for thing in delivery.things],
            "courier": delivery.courier,
            "tracking_no": delivery.tracking_no,
            "sent_on": delivery.sent_on,
            "handled_by": delivery.handled_by,
            "created_at": delivery.created_at,
            **_changing(delivery),
        }
        query = insert(deliveries).values(**values).returning(deliveries.c.id)
        return int(self._c.execute(query).scalar_one())

    def save(self, delivery: Delivery, was: DeliveryState) -> None:
        """Raises Stale when it is no longer in the state it was read in."""
        changed = self._c.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery.id, deliveries.c.state == was)
            .values(**_changing(delivery))
        )
        if changed.rowcount != 1:
            raise Stale("delivery")

    def of_case(self, case_id: int) -> list[Delivery]:
        """Oldest first, both ways."""
        return self.of_cases([case_id])

    def of_cases(self, case_ids: Iterable[int]) -> list[Delivery]:
        query = select(deliveries).where(deliveries.c.case_id.in_(set(case_ids))).order_by(deliveries.c.id)
        return [_delivery(row) for row in self._c.execute(query)]


def _changing(delivery: Delivery) -> dict[str, Any]:
    return {
        "state": delivery.state,
        "received_on": delivery.received_on,
        "received_by": delivery.received_by,
    }


def _delivery(row: Row[Any]) -> Delivery:
    values = dict(row._mapping)
    values["mode"] = DeliveryMode(row.mode)
    values["state"] = DeliveryState(row.state)
    values["things"] = tuple(Thing(**one) for one in row.things)
    return Delivery(**values)
