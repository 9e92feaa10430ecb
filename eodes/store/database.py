"""The database: SQLite in WAL mode by default, PostgreSQL by URL; one way to open a transaction."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from eodes.errors import NoConnectionError, StoreBusyError

Result = TypeVar("Result")

SQLITE_BUSY_MILLISECONDS = 30_000
#: Kept for the requests of a busy web worker: one that is closed again takes its prepared
#: statements with it, and the next request pays for a new backend of the server.
_POOL_SIZE = 24
_POOL_OVERFLOW = 24  # with those kept more than the threads of a web worker: waiting would lock it
#: A caller who waits longer than this is told to come again, while others still have a thread.
_POOL_WAIT_SECONDS = 5
#: Our statements find few rows by an index: compiling one takes longer than any of them runs, and
#: an estimate that is off by a table's growth would compile it within somebody's request.
_POSTGRESQL_OPTIONS = "-c timezone=UTC -c jit=off"
_REPEATS = 6
_FIRST_PAUSE_SECONDS = 0.01
#: PostgreSQL: serialisation failure, deadlock, lock not available (Appendix A, class 40 and 55).
_BUSY_STATES = frozenset({"40001", "40P01", "55P03"})


@dataclass(frozen=True, slots=True)
class Pool:
    """How many connections are kept, how many more are opened, and how long one is waited for."""

    kept: int = _POOL_SIZE
    more: int = _POOL_OVERFLOW
    wait_seconds: float = _POOL_WAIT_SECONDS

    @property
    def options(self) -> dict[str, Any]:
        """Say it as the engine takes it."""
        return {
            "pool_size": self.kept,
            "max_overflow": self.more,
            "pool_timeout": self.wait_seconds,
            # The last one used comes first: a quiet server goes on with few.
            "pool_use_lifo": True,
        }


class Database:
    """An engine and its transactions."""

    def __init__(self, url: str, *, pool: Pool | None = None) -> None:
        """Open the engine; the first connection is made when first needed."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        make = _sqlite_engine if self.is_sqlite else _postgresql_engine
        self.engine = make(self.url, pool or Pool())
        # Statements on their own spare a round trip to begin and one to end.  SQLite keeps its
        # transaction, which costs nothing there and shows one state of the database.
        # Each connection is told so: an engine that says it for all has every statement ask
        # whether somebody listens.
        self._reading = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._gate = _gate_of(self.url) if self.is_sqlite else None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a writing transaction; commits when the block ends well, else rolls back.

        Raises:
            StoreBusyError: other transactions were in the way, no connection was free, or the
                server went away; nothing was written and the step may be repeated.

        """
        with _mapped(), self._writing_turn(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look without writing; on PostgreSQL each statement sees what is committed by then.

        Raises:
            StoreBusyError: no connection was free, or the server went away; the step may be
                repeated.

        """
        with _mapped(), self.engine.connect() as connection:
            yield connection.execution_options(**self._reading)

    def repeat(self, step: Callable[[], Result]) -> Result:
        """Run a step, again if the database was busy; the last failure is raised.

        Raises:
            StoreBusyError: still busy after all repeats; at once where no connection was free,
                for that was waited for already.

        """
        for round_ in range(_REPEATS - 1):
            try:
                return step()
            except NoConnectionError:
                raise
            except StoreBusyError:
                time.sleep(_FIRST_PAUSE_SECONDS * 2**round_)
        return step()

    def is_reachable(self) -> bool:
        """Tell whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (DBAPIError, PoolTimeoutError):
            return False
        return True

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _writing_turn(self) -> Iterator[None]:
        """Wait for the turn to write, in SQLite only.

        SQLite's own waiting polls with growing pauses, so one of two busy processes starves
        (worst waits of over 70 ms were measured); a file lock is handed on at once.
        """
        if self._gate is None:
            yield
            return
        with self._gate.open("rb") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield


def _sqlite_engine(url: URL, pool: Pool) -> Engine:
    engine = create_engine(
        url,
        **pool.options,
        connect_args={"timeout": SQLITE_BUSY_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # the driver's own connection
        # The driver's implicit BEGIN is deferred and upgrades too late: we begin by ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # An acknowledged message must survive a power cut: NORMAL may lose the last commits.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _postgresql_engine(url: URL, pool: Pool) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        **pool.options,
        connect_args={"application_name": "eodes", "options": _POSTGRESQL_OPTIONS},
    )


def _gate_of(url: URL) -> Path:
    gate = Path(f"{url.database}-gate")
    gate.parent.mkdir(parents=True, exist_ok=True)
    gate.touch(mode=0o600)
    return gate


@contextmanager
def _mapped() -> Iterator[None]:
    """Tell apart what another try can mend: others in the way, or a server that went away.

    A connection that broke is thrown out of the pool with all its siblings, so that the next try
    gets a fresh one; asking each connection whether it lives would cost a round trip every time.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise NoConnectionError(reason=str(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated or _is_busy(error):
            raise StoreBusyError(reason=str(error.orig)) from error
        raise


def _is_busy(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in _BUSY_STATES
    return isinstance(error, OperationalError) and "locked" in str(error.orig)
