"""A stage on each database: nodes built once, fresh databases for each telling of the story."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.process import CHINA, KOREA, Stage

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: a killed process needs no disk to be proved right."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def sqlite_stage(  # noqa: C901  # small steps, each a function
    memory: Path, sqlite_template: Path
) -> Iterator[Stage]:
    """Two nodes on SQLite files that are copied anew for each run."""
    folder = memory / f"crash-{next(_numbers)}"
    folder.mkdir()
    files = {authority: folder / f"{authority}.sqlite" for authority in (KOREA, CHINA)}

    def clean(file: Path) -> None:
        for leftover in folder.glob(f"{file.name}-*"):
            if not leftover.name.endswith("-gate"):
                leftover.unlink()

    def renew() -> None:
        for file in files.values():
            clean(file)
            shutil.copy(folder / f"{file.stem}.template", file)

    for file in files.values():
        shutil.copy(sqlite_template, file)
    urls = {authority: f"sqlite:///{file}" for authority, file in files.items()}
    stage = Stage(folder, urls, renew)
    stage.introduce()
    for file in files.values():
        shutil.copy(file, folder / f"{file.stem}.template")
    yield stage
    for listener in stage.listeners.values():
        listener.close()


@pytest.fixture(scope="module")
def postgresql_stage(  # noqa: C901  # small steps, each a function
    tmp_path_factory: pytest.TempPathFactory, postgres_server: object, postgres_template: str
) -> Iterator[Stage]:
    """Two nodes on PostgreSQL databases that are created anew for each run."""
    server = postgres_server
    folder = tmp_path_factory.mktemp("crash")
    place = next(_numbers)
    names = {one: f"crash_{one[:2].lower()}_{place}" for one in (KOREA, CHINA)}

    def create(name: str, template: str) -> None:
        server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[attr-defined]  # a PostgresServer
        server.run(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[attr-defined]  # a PostgresServer

    def renew() -> None:
        for name in names.values():
            create(name, f"{name}_template")

    for name in names.values():
        create(name, postgres_template)
    urls = {one: server.url(name) for one, name in names.items()}  # type: ignore[attr-defined]  # a PostgresServer
    stage = Stage(folder, urls, renew)
    stage.introduce()
    for name in names.values():
        create(f"{name}_template", name)
    yield stage
    for listener in stage.listeners.values():
        listener.close()
    for name in names.values():
        for one in (name, f"{name}_template"):
            server.run(f"DROP DATABASE IF EXISTS {one} WITH (FORCE)")  # type: ignore[attr-defined]  # a PostgresServer
