"""Documents: what each step of printing and sealing a certificate costs on one core."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ooms.documents import qr
from ooms.documents.compose import compose
from tests.bench.timing import cpu_us
from tests.builders import a_certificate, items
from tests.papers import a_press
from tests.world import NOW

DOCUMENTS = 12
ITEMS = 5
#: What the issue asks of a document on one core.
MOST_MS = 60


class Bench:
    """Certificates that differ, so that nothing is remembered from one to the next."""

    def __init__(self) -> None:
        self.press = a_press()
        base = a_certificate(items=items(ITEMS))
        self.certificates = [
            replace(base, number_raw=f"K001-26-{serial:07d}", number_key="")
            for serial in range(1, DOCUMENTS + 1)
        ]
        self.printables = [self.press.printable(one) for one in self.certificates]
        self.codes = [
            (
                qr.summary_code(one.summary, key=self.press.key),
                qr.minimal_code(one.summary, key=self.press.key),
            )
            for one in self.printables
        ]
        self.pages = [self.composed(place) for place in range(DOCUMENTS)]
        self.sealed = [self.press.seal(one) for one in self.pages]
        self._made = 0

    def composed(self, place: int, *, mark: str = "") -> bytes:
        summary, minimal = self.codes[place]
        return compose(
            self.printables[place], summary=summary, minimal=minimal, check=(mark,), at=NOW
        )

    def composed_anew(self, place: int) -> bytes:
        """Compose what was never composed: the typesetter remembers what it has seen."""
        self._made += 1
        return self.composed(place, mark=str(self._made))

    def whole(self, place: int) -> bytes:
        """Make a whole document; its XML signature makes each one new."""
        return self.press.document(self.certificates[place])


def measure() -> dict[str, Any]:
    """Measure each step, the whole, and the check of a document."""
    bench = Bench()
    places = range(DOCUMENTS)
    press, key = bench.press, bench.press.key
    whole = cpu_us(bench.whole, places) / 1000
    return {
        "items": ITEMS,
        "fill and sign xml ms": cpu_us(press.printable, bench.certificates) / 1000,
        "codes ms": cpu_us(
            lambda place: (
                qr.summary_code(bench.printables[place].summary, key=key),
                qr.minimal_code(bench.printables[place].summary, key=key),
            ),
            places,
        )
        / 1000,
        "compose ms": cpu_us(bench.composed_anew, places) / 1000,
        "seal ms": cpu_us(press.seal, bench.pages) / 1000,
        "whole ms": whole,
        "asked for ms": f"below {MOST_MS}",
        "documents an hour and core": 3_600_000 / whole,
        "check the file ms": cpu_us(press.check, bench.sealed) / 1000,
        "bytes": len(bench.sealed[0]),
    }
