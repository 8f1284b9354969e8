"""Which version the schema has, and which it should have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StorageError
from storage.store import Store

MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def head() -> str:
    """The last of the migrations: each is called as it is numbered."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def version_of(store: Store) -> str:
    """ "" for an empty database. Raises StorageError when it cannot be asked."""
    try:
        with store.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")
    except SQLAlchemyError as error:
        raise StorageError(type(error).__name__) from None
