"""Brings a database to the newest schema; one line of migrations serves gateway and office."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from importlib.util import find_spec

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from eodes import shipped
from eodes.store import tables
from eodes.store.database import Database

_OFFICE = "ooms"
_one_at_a_time = threading.Lock()


def upgrade(database: Database) -> None:
    """Run every migration that has not run yet, all in one transaction.

    Of several processes that start at once one migrates, and the others find it done.

    Raises:
        StoreBusyError: other transactions were in the way; nothing was changed.

    """
    try:
        # Alembic keeps what it is doing in globals: one thread at a time.
        with _one_at_a_time, database.begin() as connection:
            command.upgrade(configuration(connection), "head")
    except DBAPIError:
        if not is_current(database):
            raise


def head() -> str:
    """Return the newest migration that ships with the code."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    assert newest is not None  # the folder has at least the first migration
    return newest


def current(database: Database) -> str | None:
    """Return the last migration that ran on a database; None on an empty one."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Tell whether a database has the schema that the code expects."""
    return current(database) == head()


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, made in code, for a connection that the caller opened."""
    config = Config()
    config.set_main_option("script_location", str(shipped.folder("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def known_tables() -> list[MetaData]:
    """Return the tables of the gateway, and of the office where it is installed.

    Found by name, not imported: the gateway does not know the office, but one line of migrations
    serves both.
    """
    found = [tables.metadata]
    if find_spec(_OFFICE) and find_spec(f"{_OFFICE}.db"):
        office = importlib.import_module(_OFFICE)
        for desk in pkgutil.iter_modules(office.__path__, f"{_OFFICE}."):
            if desk.ispkg and find_spec(f"{desk.name}.tables"):
                importlib.import_module(f"{desk.name}.tables")
        metadata = getattr(importlib.import_module(f"{_OFFICE}.db"), "metadata", None)
        if isinstance(metadata, MetaData):
            found.append(metadata)
    return found
