"""What is wrong with a page: for axe, for the browser, for somebody at a phone or with glasses."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response, ViewportSize

PICTURES = Path("build/pictures/every-page")
_AXE = Axe()
DESK: ViewportSize = {"width": 1280, "height": 900}
#: A page at 200 percent on a screen of 1280 pixels has room for 640.
ZOOMED: ViewportSize = {"width": 640, "height": 450}
PHONE: ViewportSize = {"width": 320, "height": 640}
#: What people cannot read: keys of rows, and how programs write nothing.
_RAW = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}|^None$|^True$|^False$|\bundefined\b|\bNaN\b"
    r"|\{\{|\[object|\(\)|\(UTC\)",
    re.MULTILINE,
)
_FRAME = """() => {
    const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
    const skip = document.querySelector('.govuk-skip-link');
    const first = document.querySelector('a, button, input, select, textarea');
    const walker = document.createTreeWalker(
        document.querySelector('main'), NodeFilter.SHOW_TEXT,
        // What is set apart is copied, and not read.
        one => one.parentElement.closest('code, .office-code, script')
            ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode.textContent.trim());
    return {
        headings: document.querySelectorAll('h1').length,
        title: document.title.trim(),
        skips: Boolean(skip && skip === first
            && document.querySelector(skip.getAttribute('href'))),
        twice: ids.filter((one, place) => ids.indexOf(one) !== place),
        texts,
    };
}"""


#: What parts a page's own title from the office's name.
_DASH = "\N{EN DASH}"


class Look:
    """A window in which pages are opened and looked at; what the browser says is collected."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address
        self._said: list[str] = []
        page.on("console", self._hear)
        page.on("response", self._watch)
        page.on("pageerror", lambda error: self._said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # That a page itself answers 4xx is no complaint about it; what it loads is watched below.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._said.append(message.text)

    def _watch(self, answer: Response) -> None:
        if answer.status >= HTTPStatus.BAD_REQUEST and not answer.request.is_navigation_request():
            self._said.append(f"{answer.url} answered {answer.status}")

    def open(self, path: str) -> None:
        """Open a page at a desk."""
        self._said.clear()
        self.page.set_viewport_size(DESK)
        self.page.goto(f"{self._address}{path}")

    def faults(self, path: str, *, picture: str) -> list[str]:
        """Open a page and tell all that is wrong with it."""
        self.open(path)
        return self.faults_here(picture=picture)

    def faults_here(self, *, picture: str) -> list[str]:
        """Tell all that is wrong with the page that is open; two pictures of it are kept."""
        told = self._barriers() + self._frame()
        PICTURES.mkdir(parents=True, exist_ok=True)
        self._keep(f"{picture}-1280")
        for size in (ZOOMED, PHONE):
            self.page.set_viewport_size(size)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > size["width"]:
                told.append(f"{wide} pixels wide where there are {size['width']}")
        self._keep(f"{picture}-320")
        self.page.set_viewport_size(DESK)
        return told + self._said

    def _keep(self, name: str) -> None:
        file = PICTURES / f"{name}.jpg"
        self.page.screenshot(path=file, full_page=True, type="jpeg", quality=60)

    def _barriers(self) -> list[str]:
        found = _AXE.run(self.page)
        return [
            f"axe {one['id']}: {node['html'][:120]}"
            for one in found.response["violations"]
            for node in one["nodes"][:3]
        ]

    def _frame(self) -> list[str]:
        frame = self.page.evaluate(_FRAME)
        raw = sorted(set(_RAW.findall("\n".join(frame["texts"]))))
        return [
            words
            for words, is_wrong in (
                (f"{frame['headings']} headings of the first level", frame["headings"] != 1),
                ("no title", frame["title"].startswith(_DASH)),
                ("no link that skips to the content first", not frame["skips"]),
                (f"ids twice: {frame['twice']}", frame["twice"]),
                (f"not for people: {raw}", raw),
            )
            if is_wrong
        ]
