"""Brings the schema up to date. Apart from `schema`, which every process asks: Alembic and what it brings are ten
megabytes that a web process should not carry."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from storage.schema import MIGRATIONS
from storage.store import Store


def migrate(store: Store) -> None:
    """To the newest version, in one transaction where the database can."""
    with store.engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
