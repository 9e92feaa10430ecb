"""Databases that tests borrow, and give back for the next test, as new as they got them.

A lent database keeps its engine, and so the statements that were compiled for it: a new engine
compiles each anew, for a test that runs most of them once.  A PostgreSQL database of two hundred
tables is some eight hundred files to write; emptying it takes milliseconds.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from eodes.store.database import Database
from tests.integration.postgres import PostgresServer

Connection = psycopg.Connection[Any]

#: What a migration writes into an empty database, and no test changes.
_KEPT = "alembic_version"
#: Beyond so many bytes a table is vacuumed too, or each later test reads what is long deleted.
_BLOATED = 64 * 8192
_LONGEST_GOODBYE_MS = 10_000

_OTHERS = """
    SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# A table without a file of any size never had a row.
_WRITTEN = """
    SELECT relname, pg_table_size(oid) > %s FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname <> %s AND pg_relation_size(oid) > 0
"""
_SEQUENCES = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"
_SHAPE = """
    SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_constraint), count(*),
    count(*) FILTER (WHERE attisdropped), count(*) FILTER (WHERE attnotnull) FROM pg_attribute
"""


class Lender(Protocol):
    """Lends migrated, empty databases, each to one test at a time."""

    def lend(self) -> AbstractContextManager[Database]:
        """Lend a database, and take it back."""


@dataclass(slots=True)
class SqliteLender:
    """Lends files of one folder, copied from a template each time."""

    folder: Path
    template: Path
    _shelf: list[Database] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """Lend a database, and take it back."""
        database = self._shelf.pop() if self._shelf else self._make()
        file = Path(database.url.database or "")
        for old in self.folder.glob(f"{file.name}*"):
            old.unlink()  # not written over: whoever still holds it open keeps it to himself
        shutil.copy(self.template, file)
        file.with_name(f"{file.name}-gate").touch()
        try:
            yield database
        finally:
            database.dispose()
            self._shelf.append(database)

    def _make(self) -> Database:
        return Database(f"sqlite:///{self.folder / f'{next(self._numbers)}.sqlite'}")


@dataclass(slots=True)
class PostgresLender:
    """Lends databases of one server, made like a template and emptied when they come back."""

    server: PostgresServer
    template: str
    _shelf: list[tuple[str, Database]] = field(default_factory=list)
    _shape: tuple[Any, ...] = ()
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """Lend a database, and take it back."""
        name, database = self._shelf.pop() if self._shelf else self._make()
        try:
            yield database
        finally:
            database.dispose()
            self._take_back(name, database)

    def _make(self) -> tuple[str, Database]:
        name = f"{self.template}_{next(self._numbers)}"
        self.server.run(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        if not self._shape:
            with self._opened(name) as connection:
                self._shape = _shape_of(connection)
        return name, Database(self.server.url(name))

    def _take_back(self, name: str, database: Database) -> None:
        with self._opened(name) as connection:
            connection.execute(_OTHERS, (_LONGEST_GOODBYE_MS,))
            is_as_made = _shape_of(connection) == self._shape
            if is_as_made:
                _empty(connection)
        if is_as_made:
            self._shelf.append((name, database))
        else:  # a test changed the tables themselves
            self.server.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _opened(self, name: str) -> Connection:
        return psycopg.connect(self.server.url(name), autocommit=True)


def _shape_of(connection: Connection) -> tuple[Any, ...]:
    """Count what the tables consist of: a change of them shows in one of the counts."""
    shape = connection.execute(_SHAPE).fetchone()
    assert shape is not None
    return tuple(shape)


def _empty(connection: Connection) -> None:
    written = connection.execute(_WRITTEN, (_BLOATED, _KEPT)).fetchall()
    connection.execute("SET session_replication_role = replica")  # else foreign keys want an order
    deletions = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name, _ in written]
    if deletions:
        connection.execute(sql.SQL("; ").join(deletions))
    for name, is_bloated in written:
        if is_bloated:
            connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
    connection.execute(_SEQUENCES)
