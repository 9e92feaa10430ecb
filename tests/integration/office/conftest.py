"""Offices on migrated databases: once on SQLite, once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ooms.access.model import Role
from tests.integration.databases import BACKENDS
from tests.offices import Offices, Person, fresh_databases, offices_of


def opened(
    request: pytest.FixtureRequest, folder: Path, *authorities: str, **sections: Any
) -> Iterator[Offices]:
    with (
        fresh_databases(request, *authorities) as databases,
        offices_of(folder / "nodes", *authorities, databases=databases, **sections) as opened,
    ):
        yield opened


@pytest.fixture(params=BACKENDS)
def offices(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Korea issues, Viet Nam receives."""
    yield from opened(request, tmp_path, "KR-KCS", "VN-CUSTOMS")


@pytest.fixture(params=BACKENDS)
def offices_that_vet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Korea vets every company before it acts."""
    yield from opened(request, tmp_path, "KR-KCS", companies={"vetting": True})


@pytest.fixture(params=BACKENDS)
def strict_offices(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Korea asks its officers for a second factor, and waits after three failures."""
    access = {"second_factor_roles": ["OFFICER"], "failures_allowed": 3}
    yield from opened(request, tmp_path, "KR-KCS", access=access)


@pytest.fixture(params=BACKENDS)
def offices_with_china(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Korea issues, China receives."""
    yield from opened(request, tmp_path, "KR-KCS", "CN-GACC")


@pytest.fixture(params=BACKENDS)
def offices_with_indonesia(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Offices]:
    """Viet Nam issues, Korea passes on, Indonesia receives."""
    yield from opened(request, tmp_path, "KR-KCS", "VN-CUSTOMS", "ID-INSW")


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
