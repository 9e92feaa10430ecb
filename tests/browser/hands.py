"""How somebody works a page: with a mouse, or with nothing but the keyboard."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from playwright.sync_api import Locator, Page

#: What is read out of a button or a link: all of it, or what a pattern finds in it.
Name = str | re.Pattern[str]
#: More stops than any page here has.
_MOST_STOPS = 150


class Hands(Protocol):
    """What one does on a page."""

    def write(self, label: str, text: str) -> None:
        """Fill in a field."""
        ...

    def day(self, label: str, on: date) -> None:
        """Fill in a day."""
        ...

    def pick(self, label: str, words: str) -> None:
        """Pick one of a list."""
        ...

    def tick(self, words: str) -> None:
        """Tick a box, or choose a radio button."""
        ...

    def press(self, name: Name) -> None:
        """Press a button."""
        ...

    def follow(self, name: Name) -> None:
        """Follow a link."""
        ...


class Mouse:
    """Clicks on what it means."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def write(self, label: str, text: str) -> None:
        self._page.get_by_label(label, exact=True).fill(text)

    def day(self, label: str, on: date) -> None:
        self.write(label, on.isoformat())

    def pick(self, label: str, words: str) -> None:
        self._page.get_by_label(label, exact=True).select_option(label=words)

    def tick(self, words: str) -> None:
        self._page.get_by_label(words).check()

    def press(self, name: Name) -> None:
        self._page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: Name) -> None:
        self._page.get_by_role("link", name=name, exact=True).click()


class Keyboard:
    """Goes from stop to stop with the tabulator key, and never touches a mouse."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def write(self, label: str, text: str) -> None:
        self._go_to(self._page.get_by_label(label, exact=True))
        self._page.keyboard.type(text)

    def day(self, label: str, on: date) -> None:
        self.write(label, f"{on:%m%d%Y}")

    def pick(self, label: str, words: str) -> None:
        self._go_to(self._page.get_by_label(label, exact=True))
        self._page.keyboard.type(words)

    def tick(self, words: str) -> None:
        wanted = self._page.get_by_label(words)
        # Of a group of radio buttons one is a stop; the arrows lead to the others.
        group = wanted.get_attribute("name")
        self._go_to(self._page.locator(f"[name='{group}']"))
        self._page.keyboard.press("Space")
        for _ in range(_MOST_STOPS):
            if wanted.is_checked():
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"no way to {words!r} by keyboard")

    def press(self, name: Name) -> None:
        self._go_to(self._page.get_by_role("button", name=name, exact=True))
        self._leave_by("Enter")

    def follow(self, name: Name) -> None:
        self._go_to(self._page.get_by_role("link", name=name, exact=True))
        self._leave_by("Enter")

    def _leave_by(self, key: str) -> None:
        with self._page.expect_navigation():
            self._page.keyboard.press(key)

    def _go_to(self, wanted: Locator) -> None:
        for _ in range(_MOST_STOPS):
            if wanted.and_(self._page.locator(":focus")).count():
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is no stop of the tabulator key")
