"""INSERT … ON CONFLICT, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

# SQLite takes 32 766 values in one statement; our widest row has 13.
_AT_ONCE = 1000


def upsert(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    insert = pg_insert if connection.dialect.name == "postgresql" else sqlite_insert
    statement = insert(table).values(**key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def raise_or_insert(connection: Connection, table: Table, key: Mapping[str, Any], counter: Any) -> Any:
    """The counter of the row with this key, one higher than before; 1 when the row is new."""
    insert = pg_insert if connection.dialect.name == "postgresql" else sqlite_insert
    statement = insert(table).values({**key, counter.name: 1})
    raised = statement.on_conflict_do_update(index_elements=list(key), set_={counter.name: counter + 1})
    return connection.execute(raised.returning(counter)).scalar_one()


def insert_if_new(
    connection: Connection, table: Table, values: Mapping[str, Any], *returning: Any
) -> Any | None:
    """One row, or None when a unique key says it is there already. `returning`: columns, at least one."""
    return connection.execute(_new(connection.dialect.name, table, returning), values).first()


@functools.cache
def _new(dialect: str, table: Table, returning: tuple[Any, ...]) -> Any:
    """Built once: this stands on the way of every message."""
    insert = pg_insert if dialect == "postgresql" else sqlite_insert
    return insert(table).on_conflict_do_nothing().returning(*returning)


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *returning: Any
) -> Sequence[Any]:
    """The rows of many that were new, in no order. All have the same keys."""
    statement = _new(connection.dialect.name, table, returning)
    if len(rows) == 1:
        return connection.execute(statement, rows[0]).all()
    if rows and connection.dialect.name == "postgresql":
        together = json.dumps(rows, default=_in_json, ensure_ascii=False)
        return connection.execute(_new_of_many(table, tuple(rows[0]), returning), {"rows": together}).all()
    found: list[Any] = []
    for start in range(0, len(rows), _AT_ONCE):
        found += connection.execute(statement, list(rows[start : start + _AT_ONCE])).all()
    return found


@functools.cache
def _new_of_many(table: Table, names: tuple[str, ...], returning: tuple[Any, ...]) -> Any:
    """One value in one statement: thousands of them cost the driver more than the database."""
    columns = [column(name, table.c[name].type) for name in names]
    given = func.jsonb_to_recordset(bindparam("rows")).table_valued(*columns)
    given = given.render_derived("given", with_types=True)
    statement = pg_insert(table).from_select(list(names), select(*(given.c[name] for name in names)))
    return statement.on_conflict_do_nothing().returning(*returning)


def _in_json(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("naive datetime")
    if isinstance(value, date):  # an instant too
        return value.isoformat()
    raise TypeError(type(value).__name__)
