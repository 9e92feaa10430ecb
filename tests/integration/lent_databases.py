"""PostgreSQL databases that tests borrow: emptied when they come back, since making one is slow.

A database of two hundred tables is some eight hundred files to write; emptying takes milliseconds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

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


@dataclass(slots=True)
class Lender:
    """Lends databases of one server, made like a template, to one test at a time."""

    server: PostgresServer
    template: str
    _shelf: list[str] = field(default_factory=list)
    _shape: tuple[Any, ...] = ()
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def lend(self) -> Iterator[str]:
        """Lend a migrated, empty database; give its address, and take it back."""
        name = self._shelf.pop() if self._shelf else self._make()
        try:
            yield self.server.url(name)
        finally:
            self._take_back(name)

    def _make(self) -> str:
        name = f"{self.template}_{next(self._numbers)}"
        self.server.run(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        if not self._shape:
            with self._opened(name) as connection:
                self._shape = _shape_of(connection)
        return name

    def _take_back(self, name: str) -> None:
        with self._opened(name) as connection:
            connection.execute(_OTHERS, (_LONGEST_GOODBYE_MS,))
            is_as_made = _shape_of(connection) == self._shape
            if is_as_made:
                _empty(connection)
        if is_as_made:
            self._shelf.append(name)
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
