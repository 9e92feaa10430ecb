"""A Chromium, two running offices, and people who sign in; every page they open is looked at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ooms.demo.nodes import RunningNode
from tests.browser.people import Portal
from tests.running_offices import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: What a program may send home is off; the sandbox cannot be had as root.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window.

    Closed after each file: while it is open its event loop runs in this thread, and a test of
    another file could not run one of its own.
    """
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: install the package chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RunningNode]]:
    """Korea and Viet Nam, each served by a process; each file of tests has its own two."""
    with running(tmp_path_factory.mktemp("offices"), "KR-KCS", "VN-CUSTOMS") as running_nodes:
        yield running_nodes


@pytest.fixture
def portal(
    browser: Browser, nodes: dict[str, RunningNode], request: pytest.FixtureRequest
) -> Iterator[Portal]:
    """The portals of both offices, and whoever signs in."""
    opened = Portal(browser, nodes, pictures=Path(str(request.config.rootpath)) / "build/pictures")
    yield opened
    opened.close()
