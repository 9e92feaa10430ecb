"""Somebody at a browser: opens pages, fills forms, and looks at every page as axe does."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
)

from ooms.demo.api import Person
from ooms.demo.nodes import RunningNode

_AXE = Axe()
_PHONE: ViewportSize = {"width": 320, "height": 640}
_ZOOMED: ViewportSize = {"width": 640, "height": 450}
_DESK: ViewportSize = {"width": 1280, "height": 900}


class Reader:
    """One person at one browser; what the browser complains of is collected."""

    def __init__(
        self, context: BrowserContext, address: str, *, pictures: Path, scripts: bool = True
    ) -> None:
        self.scripts = scripts
        self.page: Page = context.new_page()
        self.address = address
        self.pictures = pictures
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused form answers 4xx, which Chromium prints; it is no complaint about the page.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def sign_in(self, login: str, password: str) -> None:
        """Sign in through the page."""
        self.open("/sign-in")
        self.page.get_by_label("User name").fill(login)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def look(self, name: str) -> None:
        """Look at the page: no barrier that axe finds, no complaint, nothing cut off on a phone.

        Three pictures are kept: at a desk, at 320 pixels, and at 200 percent.
        The look itself is a script: in a browser without scripts it would wait for good.
        """
        assert self.scripts, "only a browser with scripts can look"
        self.pictures.mkdir(parents=True, exist_ok=True)
        found = _AXE.run(self.page)
        assert found.violations_count == 0, found.generate_report()
        self.page.set_viewport_size(_PHONE)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= _PHONE["width"], f"{name}: {wide} pixels wide on a phone"
        self.page.screenshot(path=self.pictures / f"{name}-320.png", full_page=True)
        self.page.set_viewport_size(_ZOOMED)
        self.page.screenshot(path=self.pictures / f"{name}-200.png", full_page=True)
        self.page.set_viewport_size(_DESK)
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
        assert not self.complaints, self.complaints

    def heading(self) -> str:
        """Return what the page is headed with."""
        return (self.page.locator("h1").first.text_content() or "").strip()

    def says(self, words: str | re.Pattern[str]) -> None:
        """Wait until the page says something."""
        expect(self.page.get_by_text(words).first).to_be_visible()


class Portal:
    """The portals of running offices, and the people at them."""

    def __init__(self, browser: Browser, nodes: dict[str, RunningNode], *, pictures: Path) -> None:
        self.nodes = nodes
        self._browser = browser
        self._pictures = pictures
        self._contexts: list[BrowserContext] = []

    def guest(
        self, authority: str = "KR-KCS", *, scripts: bool = True, language: str = "en"
    ) -> Reader:
        """Return somebody who is not signed in, with or without JavaScript."""
        context = self._browser.new_context(
            java_script_enabled=scripts, viewport=_DESK, locale=language
        )
        self._contexts.append(context)
        office = self.nodes[authority].office
        return Reader(context, office, pictures=self._pictures, scripts=scripts)

    def person(self, authority: str, login: str, *, scripts: bool = True) -> Reader:
        """Return somebody of the staff, or of a company, signed in."""
        reader = self.guest(authority, scripts=scripts)
        reader.sign_in(login, self.nodes[authority].passwords[login])
        return reader

    def api(self, authority: str, login: str) -> Person:
        """Return the interface of an office, as somebody's program uses it, to prepare things."""
        return Person(self.nodes[authority], login)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
