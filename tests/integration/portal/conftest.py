"""An office whose pages are opened, with one abroad; on one database, for pages know none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ooms.access.model import Role
from tests.integration.databases import SQLITE
from tests.integration.office.conftest import opened
from tests.offices import Offices


@pytest.fixture(params=[SQLITE])
def offices(request, tmp_path) -> Iterator[Offices]:
    yield from opened(request, tmp_path, "KR-KCS", "VN-CUSTOMS")


@pytest.fixture
def officer(offices):
    return offices.person("KR-KCS", "kim", Role.OFFICER)
