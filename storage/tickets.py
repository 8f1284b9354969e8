"""Tickets of the 12345 hotline: each number once, each handled as one issue (R141)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from storage.tables import tickets


@dataclass(frozen=True)
class Ticket:
    foreign_no: str
    issue_no: int
    received_on: date
    said: str = field(repr=False)


class Tickets:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, ticket: Ticket, at: datetime) -> None:
        """Raises Conflict at the end for a number that is there already."""
        values = {
            "foreign_no": ticket.foreign_no, "issue_no": ticket.issue_no, "received_on": ticket.received_on,
            "said": ticket.said, "imported_at": at,
        }  # fmt: skip
        self._c.execute(insert(tickets).values(**values))

    def known(self, numbers: Iterable[str]) -> dict[str, int]:
        """Foreign number -> the issue it is handled as."""
        query = select(tickets.c.foreign_no, tickets.c.issue_no).where(tickets.c.foreign_no.in_(set(numbers)))
        return {row.foreign_no: row.issue_no for row in self._c.execute(query)}

    def received_between(self, first: date, last: date) -> list[Ticket]:
        query = (
            select(tickets)
            .where(tickets.c.received_on >= first, tickets.c.received_on <= last)
            .order_by(tickets.c.received_on, tickets.c.id)
        )
        return [Ticket(r.foreign_no, r.issue_no, r.received_on, r.said) for r in self._c.execute(query)]
