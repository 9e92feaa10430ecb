"""Fixtures that give a test a migrated database of its own, on SQLite and on PostgreSQL.

A template is migrated once a run, and copies of it are lent to the tests, which takes milliseconds.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from eodes.store import migrations
from eodes.store.database import Database
from tests.integration.lent_databases import Lender, PostgresLender, SqliteLender
from tests.integration.postgres import NoServerError, PostgresServer, running_server

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
BACKENDS = (
    pytest.param(SQLITE, id=SQLITE),
    pytest.param(POSTGRESQL, id=POSTGRESQL, marks=pytest.mark.postgresql),
)
_TEMPLATE = "eodes_template"
_MEMORY = Path("/dev/shm")
#: More than the databases that are lent at one time ever take.
_ROOMY_BYTES = 2**30
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for the whole run, one for each worker."""
    try:
        with running_server() as server:
            yield server
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a database that is migrated and empty."""
    postgres_server.run(f"CREATE DATABASE {_TEMPLATE}")
    _migrate(postgres_server.url(_TEMPLATE))
    return _TEMPLATE


@pytest.fixture(scope="session")
def postgresql_lender(postgres_server: PostgresServer, postgres_template: str) -> Lender:
    """Who lends databases of the server."""
    return PostgresLender(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that is migrated and empty."""
    file: Path = tmp_path_factory.mktemp("template") / "template.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def sqlite_lender(sqlite_template: Path) -> Iterator[Lender]:
    """Who lends SQLite files, in memory where there is room: no test waits for the disk."""
    is_roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOMY_BYTES
    with tempfile.TemporaryDirectory(dir=_MEMORY if is_roomy else None) as folder:
        yield SqliteLender(Path(folder), sqlite_template)


@pytest.fixture
def sqlite_url(sqlite_lender: Lender) -> Iterator[str]:
    """The address of a migrated SQLite database for this test."""
    with sqlite_lender.lend() as lent:
        yield _address(lent)


@pytest.fixture
def postgresql_url(postgresql_lender: Lender) -> Iterator[str]:
    """The address of a migrated PostgreSQL database for this test."""
    with postgresql_lender.lend() as lent:
        yield _address(lent)


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database for this test, once on each backend."""
    with lender_of(request).lend() as lent:
        yield lent


@pytest.fixture
def database_url(database: Database) -> str:
    """The address of a migrated database for this test, once on each backend."""
    return _address(database)


def lender_of(request: pytest.FixtureRequest) -> Lender:
    """Return who lends databases of the backend that a fixture runs with."""
    lender: Lender = request.getfixturevalue(f"{request.param}_lender")
    return lender


@pytest.fixture(params=BACKENDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, once on each backend."""
    if request.param == SQLITE:
        database = Database(f"sqlite:///{tmp_path}/empty.sqlite")
        yield database
        database.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"eodes_{next(_numbers)}"
    server.run(f"CREATE DATABASE {name}")
    database = Database(server.url(name))
    yield database
    database.dispose()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def _migrate(url: str) -> None:
    database = Database(url)
    migrations.upgrade(database)
    database.dispose()
