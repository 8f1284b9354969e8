"""The site's own facts by version: the document as loaded, and the keys other tables refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from domain.catalogue_changes import ItemChange
from storage.tables import catalogue_changes, catalogue_items, counters, departments, site_versions
from storage.upsert import raise_or_insert, upsert


class Sites:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    def newest_version(self) -> int:
        """0 when nothing was loaded yet."""
        return self._c.execute(select(func.max(site_versions.c.version))).scalar() or 0

    def newest(self) -> tuple[int, dict[str, Any]] | None:
        row = self._c.execute(
            select(site_versions.c.version, site_versions.c.document)
            .order_by(site_versions.c.version.desc())
            .limit(1)
        ).first()
        return (row.version, row.document) if row else None

    def add(
        self,
        document: Mapping[str, Any],
        *,
        department_rows: Iterable[tuple[str, str, bool]],  # (key, name, utility)
        item_rows: Iterable[tuple[str, str, str]],  # (id, name, lead)
        at: datetime,
    ) -> int:
        """Keep a new version. What the new catalogue no longer has is retired, never deleted."""
        version = self.newest_version() + 1
        self._c.execute(insert(site_versions).values(version=version, loaded_at=at, document=dict(document)))
        for key, name, utility in department_rows:
            upsert(self._c, departments, {"key": key}, {"name": name, "utility": utility, "version": version})
        for item, name, lead in item_rows:
            upsert(
                self._c,
                catalogue_items,
                {"id": item},
                {"name": name, "lead": lead, "version": version, "retired": False},
            )
        self._c.execute(
            update(catalogue_items).where(catalogue_items.c.version < version).values(retired=True)
        )
        return version

    def add_changes(self, version: int, changes: Iterable[ItemChange], at: datetime) -> None:
        rows = [
            {"version": version, "item_id": one.item_id, "name": one.name, "what": list(one.what), "at": at}
            for one in changes
        ]
        if rows:
            self._c.execute(insert(catalogue_changes), rows)

    def changes(self, most: int) -> list[tuple[datetime, ItemChange]]:
        """The newest ones, newest first."""
        newest = select(catalogue_changes).order_by(
            catalogue_changes.c.version.desc(), catalogue_changes.c.id
        )
        return [
            (row.at, ItemChange(row.item_id, row.name, tuple(row.what)))
            for row in self._c.execute(newest.limit(most))
        ]

    def next_number(self, name: str) -> int:
        """One running integer per name, never reused: 1, 2, 3 … The row is locked until the end."""
        # One statement: of two that both find no row yet, the second must count on from the first.
        return int(raise_or_insert(self._c, counters, {"name": name}, counters.c.value))

    def departments(self) -> dict[str, str]:
        return {row.key: row.name for row in self._c.execute(select(departments.c.key, departments.c.name))}

    def retired_items(self) -> set[str]:
        query = select(catalogue_items.c.id).where(catalogue_items.c.retired)
        return set(self._c.execute(query).scalars())
