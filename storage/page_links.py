"""Links that open a page outside the client: short-lived, for one person and one page, used once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import page_links


@dataclass(frozen=True)
class PageLink:
    """`token` and `code` are kept as hashes only."""

    id: int
    token: str
    code: str
    person_id: int
    page: str
    until: datetime
    tries: int
    used_at: datetime | None


class PageLinks:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def add(self, token: str, code: str, *, person_id: int, page: str, at: datetime, until: datetime) -> None:
        """Dead ones of this person go."""
        dead = delete(page_links).where(page_links.c.person_id == person_id, page_links.c.until < at)
        self._c.execute(dead)
        values = {"token": token, "code": code, "person_id": person_id, "page": page, "until": until}
        self._c.execute(insert(page_links).values(**values, tries=0))

    def get(self, token: str, *, lock: bool = False) -> PageLink | None:
        query = select(page_links).where(page_links.c.token == token)
        row = self._c.execute(query.with_for_update() if lock else query).first()
        return PageLink(**row._mapping) if row else None

    def missed(self, link_id: int) -> None:
        """One more wrong code."""
        tries = page_links.c.tries + 1
        self._c.execute(update(page_links).where(page_links.c.id == link_id).values(tries=tries))

    def use(self, link_id: int, at: datetime) -> bool:
        """False when somebody was faster."""
        unused = (page_links.c.id == link_id, page_links.c.used_at.is_(None))
        return self._c.execute(update(page_links).where(*unused).values(used_at=at)).rowcount == 1
