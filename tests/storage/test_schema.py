"""Migrations build exactly the tables of storage/tables/, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage import schema
from storage.errors import StorageError
from storage.migrating import configuration, migrate
from storage.store import Store
from storage.tables import metadata
from tests import factories, servers


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())


def test_there_is_one_head_and_one_beginning() -> None:
    assert scripts().get_heads() == [schema.head()]
    assert len(scripts().get_bases()) == 1


def test_a_migration_is_named_by_its_file() -> None:
    files = {path.stem for path in (schema.MIGRATIONS / "versions").glob("0*.py")}
    assert files == {script.revision for script in scripts().walk_revisions()}


def test_migrations_build_the_tables_of_the_code(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def indexes(connection: Connection) -> set[tuple[Any, ...]]:
    """With the conditions of partial ones, which a comparison by Alembic leaves out."""
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }[connection.dialect.name]
    return {tuple(row) for row in connection.execute(text(query)) if "alembic" not in row[0]}


def assert_same_indexes(migrated: Store, url: str) -> None:
    plain = Store(url)
    with plain.engine.begin() as connection:
        metadata.create_all(connection)
        expected = indexes(connection)
    plain.close()
    with migrated.engine.connect() as connection:
        assert indexes(connection) == expected
    assert len(expected) > 10


def test_migrations_build_the_same_indexes_on_sqlite(sqlite_store: Store, tmp_path: Path) -> None:
    assert_same_indexes(sqlite_store, f"sqlite:///{tmp_path / 'plain.db'}")


def test_migrations_build_the_same_indexes_on_postgresql(
    postgres_store: Store, postgres: servers.Postgres
) -> None:
    with postgres.fresh() as url:
        assert_same_indexes(postgres_store, url)


def test_migrating_twice_changes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        factories.received(tx, key="m1")
    migrate(store)
    assert schema.version_of(store) == schema.head()
    with store.reading() as tx:
        assert tx.inbox.by_key("m1") is not None


def test_an_empty_database_has_no_version_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    empty = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    assert schema.version_of(empty) == ""
    empty.close()
    missing = Store("sqlite:////nowhere/at/all.db")
    with pytest.raises(StorageError, match="OperationalError"):
        schema.version_of(missing)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'half.db'}")
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE work_groups (id INTEGER)"))
    with pytest.raises(Exception, match="work_groups"):
        migrate(store)
    with store.engine.connect() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
    store.close()
    assert names == ["work_groups"]
