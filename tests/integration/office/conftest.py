"""Offices on migrated databases: once on SQLite, once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ooms.access.model import Role
from tests.integration.databases import BACKENDS
from tests.offices import Offices, Person, fresh_databases, offices_of


def _opened(request: pytest.FixtureRequest, folder: Path, *authorities: str) -> Iterator[Offices]:
    with (
        fresh_databases(request, folder, *authorities) as databases,
        offices_of(folder / "nodes", *authorities, databases=databases) as opened,
    ):
        yield opened


@pytest.fixture(params=BACKENDS)
def offices(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Korea issues, Viet Nam receives."""
    yield from _opened(request, tmp_path, "KR-KCS", "VN-CUSTOMS")


@pytest.fixture(params=BACKENDS)
def offices_with_china(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Korea issues, China receives."""
    yield from _opened(request, tmp_path, "KR-KCS", "CN-GACC")


@pytest.fixture
def exporter(offices: Offices) -> Person:
    """Somebody who applies for a Korean company."""
    return offices.company()


@pytest.fixture
def officer(offices: Offices) -> Person:
    """An issuing officer in Seoul."""
    return offices.person("KR-KCS", "kim", Role.OFFICER)


@pytest.fixture
def importer(offices: Offices) -> Person:
    """An import officer in Viet Nam."""
    return offices.person("VN-CUSTOMS", "linh", Role.IMPORT_OFFICER)
