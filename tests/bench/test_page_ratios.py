"""Pages cost no more with ten times the certificates: ratios, which hold on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.bench.pages import PAGES, Site, opened
from tests.integration.postgres import NoServerError, running_server

FEW, MANY = 600, 6000
TRIES = 9


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, Site]]:
    try:
        with running_server() as server, opened(server, FEW) as few, opened(server, MANY) as many:
            yield few, many
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(("login", "path"), PAGES)
def test_page_asks_as_often_with_ten_times_the_rows(sites, login, path):
    few, many = (asked(site, login, path) for site in sites)

    assert few == many


def test_pages_together_cost_as_much_with_ten_times_the_rows(sites):
    few, many = (sum(seconds(site, login, path) for login, path in PAGES) for site in sites)

    assert many / few <= 2


def asked(site: Site, login: str, path: str) -> int:
    """Count the statements of a page."""
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    site.page(login, path)
    event.listen(Engine, "before_cursor_execute", count)
    try:
        site.page(login, path)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return counted


def seconds(site: Site, login: str, path: str) -> float:
    """Return the best of several tries: what others do can only make it worse."""
    taken = []
    for _ in range(TRIES):
        started = time.perf_counter()
        site.page(login, path)
        taken.append(time.perf_counter() - started)
    return min(taken)
