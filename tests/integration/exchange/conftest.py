"""Worlds of nodes on migrated databases: once on SQLite, once on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog

from eodes.store.database import Database
from tests.integration.databases import BACKENDS, SQLITE
from tests.integration.lent_databases import Lender
from tests.world import World

OpenWorld = Callable[..., World]
_numbers = itertools.count(1)


@pytest.fixture(params=BACKENDS)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives the address of a further migrated database, as often as it is asked."""
    if request.param == SQLITE:
        template: Path = request.getfixturevalue("sqlite_template")

        def copy() -> str:
            file = tmp_path / f"node-{next(_numbers)}.sqlite"
            shutil.copy(template, file)
            return f"sqlite:///{file}"

        yield copy
        return
    lender: Lender = request.getfixturevalue("postgres_lender")
    with ExitStack() as lent:
        yield lambda: lent.enter_context(lender.lend())


@pytest.fixture
def open_world(new_url: Callable[[], str], tmp_path: Path) -> Iterator[OpenWorld]:
    """Opens a world of the nodes named, each on a database of its own."""
    worlds: list[World] = []

    def open_(*authorities: str, profiles: Path | None = None) -> World:
        databases = {authority: Database(new_url()) for authority in authorities}
        folder = tmp_path / f"world-{len(worlds)}"
        world = World(folder, *authorities, databases=databases, profiles=profiles)
        worlds.append(world)
        return world

    yield open_
    for world in worlds:
        world.close()


@pytest.fixture
def world(open_world: OpenWorld) -> World:
    """Korea and China."""
    return open_world("KR-KCS", "CN-GACC")


@pytest.fixture(autouse=True, scope="session")
def plain_log() -> None:
    """Log tracebacks in plain text: the default shows every local variable, which takes minutes."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
