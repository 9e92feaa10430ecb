"""Fixtures that give a test a migrated database of its own, on SQLite and on PostgreSQL.

A template is migrated once a run.  SQLite's is copied for each test; of PostgreSQL's the copies are
lent, and emptied when they come back.  Either takes milliseconds.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eodes.store import migrations
from eodes.store.database import Database
from tests.integration.lent_databases import Lender
from tests.integration.postgres import NoServerError, PostgresServer, running_server

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
BACKENDS = (
    pytest.param(SQLITE, id=SQLITE),
    pytest.param(POSTGRESQL, id=POSTGRESQL, marks=pytest.mark.postgresql),
)
_TEMPLATE = "eodes_template"
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
def postgres_lender(postgres_server: PostgresServer, postgres_template: str) -> Lender:
    """Who lends migrated, empty databases of the server, one test at a time."""
    return Lender(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that is migrated and empty."""
    file: Path = tmp_path_factory.mktemp("template") / "template.sqlite"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database for this test."""
    file = tmp_path / "eodes.sqlite"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgres_lender: Lender) -> Iterator[str]:
    """The address of a migrated PostgreSQL database for this test."""
    with postgres_lender.lend() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database for this test, once on each backend."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database for this test, once on each backend."""
    database = Database(database_url)
    yield database
    database.dispose()


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


def _migrate(url: str) -> None:
    database = Database(url)
    migrations.upgrade(database)
    database.dispose()
