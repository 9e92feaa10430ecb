"""The office's side of the database: column types, and one piece of work in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import Any, Protocol, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    cast,
    literal_column,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Result = TypeVar("Result")
Rows = TypeVar("Rows", bound=Select[Any])  # whichever columns a list selects
Transaction: TypeAlias = Connection

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
#: Every table of the office; names start with `ooms_`.
metadata = MetaData(naming_convention=NAMING)

_NOISE_BYTES = 10
#: Stands between the parts of a key that is asked for as one text; nobody writes it in a name.
_BETWEEN = "\x1f"


class Instant(TypeDecorator[datetime]):
    """A UTC instant; SQLite keeps no zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the instant in UTC."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read the instant back with its zone."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal as its text: SQLite would make a binary float of it."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        """Store the plain digits."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        """Read the digits back."""
        return None if value is None else Decimal(value)


class _Listed(TypeDecorator[Sequence[object]]):
    """Values as the text of one parameter: an array's, or for SQLite a list in JSON.

    The driver would write an array as well, and takes twice as long to find out of what.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[object] | None, dialect: Dialect) -> str:
        """Write the values as this database reads them."""
        values = value or ()
        if dialect.name == "sqlite":
            return json.dumps(list(values))
        return "{" + ",".join(map(_quoted, values)) + "}"


def _quoted(value: object) -> str:
    """Write an element of an array, whatever signs are in it."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


class _OneOf(FunctionElement[bool]):
    """That a column is one of the values of one parameter."""

    name = "one_of"
    type = Boolean()
    inherit_cache = True


@compiles(_OneOf)
def _among_an_array(element: _OneOf, compiler: SQLCompiler, **about: Any) -> str:
    column, values = element.clauses
    kind = "INTEGER" if isinstance(column.type, Integer) else "VARCHAR"
    asked, given = (compiler.process(one, **about) for one in (column, values))
    return f"{asked} = ANY (CAST({given} AS {kind}[]))"


@compiles(_OneOf, "sqlite")
def _among_a_list(element: _OneOf, compiler: SQLCompiler, **about: Any) -> str:
    asked, given = (compiler.process(one, **about) for one in element.clauses)
    return f"{asked} IN (SELECT value FROM json_each({given}))"  # noqa: S608  # both rendered


def one_of(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a column is one of the values that are bound by a name.

    The statement stays the same however many values there are, so that it is compiled and
    prepared once; `in_` writes another one for every number of them.  Of several tables joined
    PostgreSQL would make the plan anew each time, for it takes an array to be of ten values:
    there `in_` is quicker.
    """
    return _OneOf(column, bindparam(name, type_=_Listed))


def constant(value: str | int) -> ColumnElement[Any]:
    """Write a value into the statement itself: one that never changes is not sent each time.

    Never anything that comes from outside.
    """
    if isinstance(value, int):
        return literal_column(str(value), Integer)
    quoted = value.replace("'", "''")
    return literal_column(f"'{quoted}'", String)


def any_of(column: ColumnElement[Any], *values: str) -> ColumnElement[bool]:
    """Return the condition that a column is one of these values, which are always the same."""
    return column.in_([constant(one) for one in values])


def joined(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """Write several columns as one text, to be one of the texts that `joint` makes."""
    first, *others = (cast(one, String) for one in columns)
    text: ColumnElement[str] = first
    for one in others:
        text = text + constant(_BETWEEN) + one
    return text


def joint(*values: object) -> str:
    """Write several values as `joined` writes their columns."""
    return _BETWEEN.join(map(str, values))


def only(column: str, kinds: type[StrEnum]) -> CheckConstraint:
    """Allow a column the values of an enumeration, and nothing else."""
    allowed = ", ".join(f"'{one.value}'" for one in kinds)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def upsert(transaction: Transaction, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Begin an insert that may say what happens where the row is there already."""
    is_postgresql = transaction.dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)


class Database(Protocol):
    """The database that office and gateway share; the gateway opens it."""

    def begin(self) -> AbstractContextManager[Connection]:
        """Open a writing transaction; it commits when the block ends well."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """Open a transaction of which nothing is kept."""
        ...

    def repeat(self, step: Callable[[], Result]) -> Result:
        """Run a step, again if the database was busy."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: its transaction, its moment, and its source of ids and secrets."""

    transaction: Transaction
    now: datetime
    today: date
    noise: Callable[[int], bytes]
    _made: Iterator[int] = field(default_factory=count, compare=False)

    def new_id(self) -> str:
        """Make a fresh key: a UUID version 7, which sorts by time, and here by its turn."""
        noise = int.from_bytes(self.noise(_NOISE_BYTES), "big")
        value = (int(self.now.timestamp() * 1000) & (1 << 48) - 1) << 80
        value |= 0x7 << 76 | (next(self._made) & 0xFFF) << 64
        value |= 0b10 << 62 | noise & (1 << 62) - 1
        return str(UUID(int=value))


@dataclass(frozen=True, slots=True)
class Works:
    """Opens pieces of work; one request or one step of a job is one of them."""

    database: Database
    clock: Callable[[], datetime]
    noise: Callable[[int], bytes]
    zone: tzinfo

    def do(self, step: Callable[[Work], Result]) -> Result:
        """Run a step in a transaction that commits when it ends well; repeated when busy."""

        def once() -> Result:
            with self.database.begin() as transaction:
                return step(self._work(transaction))

        return self.database.repeat(once)

    def read(self, step: Callable[[Work], Result]) -> Result:
        """Run a step of which nothing is kept."""
        with self.database.read() as transaction:
            return step(self._work(transaction))

    def _work(self, transaction: Transaction) -> Work:
        now = self.clock()
        return Work(transaction, now, now.astimezone(self.zone).date(), self.noise)


class _Keyed(Protocol):
    """A thing of a list, with the key that lists run by."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted: so many, older than a key."""

    limit: int = 50
    before: str | None = None

    def of(self, wanted: Rows, *, by: ColumnElement[str]) -> Rows:
        """Narrow a list to this part of it, the newest first."""
        part = wanted.order_by(by.desc()).limit(self.limit)
        return part if self.before is None else part.where(by < self.before)

    def next(self, found: Sequence[_Keyed]) -> str | None:
        """Return the key that the next part begins after; None where this is the last."""
        return found[-1].id if len(found) == self.limit else None
