"""Column types: instants that refuse to be naive, JSON that is the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, BindParameter, DateTime, Dialect, Integer, bindparam
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Aware in, aware UTC out; a naive one is a bug and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        # SQLite keeps text without a zone: bring all to UTC first, so that comparing texts compares instants.
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json: Any = JSON().with_variant(JSONB(), "postgresql")
# SQLite counts rowids only for the exact type INTEGER.
Id: Any = BigInteger().with_variant(Integer(), "sqlite")


def among(ids: Iterable[int]) -> BindParameter[Any]:
    """Many row ids for `in_`, written into the statement: a parameter each costs psycopg 15 ms a thousand."""
    return bindparam(None, sorted(ids), type_=Integer(), expanding=True, literal_execute=True)
