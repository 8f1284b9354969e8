"""The schema's version: bring it up to date, and say which it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import StorageError
from storage.store import Store

_FOLDER = Path(__file__).parent / "migrations"


def migrate(store: Store) -> None:
    """To the newest version, in one transaction where the database can."""
    config = _config()
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def head() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def version_of(store: Store) -> str:
    """ "" for an empty database. Raises StorageError when it cannot be asked."""
    try:
        with store.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""
    except SQLAlchemyError as error:
        raise StorageError(type(error).__name__) from None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
