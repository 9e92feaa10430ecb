"""Every page there is, with something on it: no barrier, no complaint, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ooms.portal.areas import AREAS
from tests.browser.every_page import ELSEWHERE, Sample, cookies_of, pages, samples
from tests.browser.filled_offices import KOREA, Filled, filled
from tests.browser.looking import Look

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Filled]:
    with filled(tmp_path_factory.mktemp("filled"), sqlite_template) as made:
        yield made


@pytest.fixture(scope="module")
def readers(browser: Browser, offices: Filled) -> Iterator[Readers]:
    opened = Readers(browser, offices)
    yield opened
    opened.close()


class Readers:
    """One window for everybody who opens pages."""

    def __init__(self, browser: Browser, offices: Filled) -> None:
        self._browser = browser
        self._offices = offices
        self._looks: dict[tuple[str, str], Look] = {}

    def at(self, sample: Sample) -> Look:
        """Return the window of whoever opens a page."""
        place = sample.authority, sample.who
        if place not in self._looks:
            context = self._browser.new_context(locale="en")
            address = self._offices.addresses[sample.authority]
            if sample.who:
                person = self._offices.people[sample.authority][sample.who]
                context.add_cookies(cookies_of(person, address))  # type: ignore[arg-type]
            self._looks[place] = Look(context.new_page(), address)
        return self._looks[place]

    def close(self) -> None:
        """Close every window."""
        for look in self._looks.values():
            look.page.context.close()


@pytest.mark.parametrize("area", [one.__name__.split(".")[-2] for one in AREAS])
def test_every_page_of_an_area_is_without_fault(area: str, offices: Filled, readers: Readers):
    (module,) = [one for one in AREAS if one.__name__.split(".")[-2] == area]
    found = {door.path: samples(offices, door) for door in pages(module.router)}
    unseen = [path for path, seen in found.items() if not seen]
    faults = {}

    for sample in (one for several in found.values() for one in several):
        told = readers.at(sample).faults(sample.address, picture=sample.name)
        if told:
            faults[f"{sample.address} as {sample.who or 'anybody'}"] = told

    assert unseen == [], "say in filled_offices how there comes to be something on these pages"
    assert faults == {}, "\n".join(f"{where}: {what}" for where, what in faults.items())


def test_every_page_belongs_to_an_area(offices: Filled):
    of_areas = {door.path for module in AREAS for door in pages(module.router)}

    assert {door.path for door in pages(offices.apps[KOREA])} == of_areas


@pytest.mark.parametrize(("route", "file"), sorted(ELSEWHERE.items()))
def test_page_that_is_looked_at_elsewhere_is(route: str, file: str):
    assert route.partition("{")[0] in (HERE / file).read_text("utf-8")
