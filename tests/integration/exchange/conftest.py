"""Worlds of nodes on migrated databases: once on SQLite, once on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog

from tests.integration.databases import BACKENDS, lender_of
from tests.world import World

OpenWorld = Callable[..., World]
_numbers = itertools.count(1)


@pytest.fixture(params=BACKENDS)
def open_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenWorld]:
    """Opens a world of the nodes named, each on a database of its own."""
    lender = lender_of(request)
    with ExitStack() as opened:

        def open_(*authorities: str, profiles: Path | None = None) -> World:
            databases = {one: opened.enter_context(lender.lend()) for one in authorities}
            folder = tmp_path / f"world-{next(_numbers)}"
            world = World(folder, *authorities, databases=databases, profiles=profiles)
            opened.callback(world.close)
            return world

        yield open_


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
