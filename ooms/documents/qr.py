"""QR codes as vector drawings, large enough to be read from paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import zxingcpp

from ooms.documents import code
from ooms.documents.model import Summary
from ooms.documents.signing import Key

LEVEL = "M"
QUIET_ZONE = 4  # modules, ISO/IEC 18004
SUMMARY_MM = 40.0
#: Below this, codes photographed with a telephone or scanned at 200 dpi are lost (as measured).
LEAST_MODULE_MM = 0.4
MINIMAL_MODULE_MM = 0.43


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code drawn: its picture, and how many modules wide it is with its quiet zone."""

    text: str
    svg: str
    modules: int

    def module_mm(self, size_mm: float) -> float:
        """Return the width of a module when the drawing is printed at a size."""
        return size_mm / self.modules


def summary_code(summary: Summary, *, key: Key) -> Drawing:
    """Seal a summary with as many items as can be read at 40 mm, and draw it."""
    for items in range(min(code.MAX_ITEMS, len(summary.items)), -1, -1):
        drawn = draw(code.seal(code.shortened(summary, items=items), key=key))
        if drawn.module_mm(SUMMARY_MM) >= LEAST_MODULE_MM:
            return drawn
    return minimal_code(summary, key=key)


def minimal_code(summary: Summary, *, key: Key) -> Drawing:
    """Seal what proves a page to belong to its certificate, and draw it."""
    return draw(code.seal(code.minimal(summary), key=key))


def draw(text: str) -> Drawing:
    """Draw a text as a QR code with its quiet zone."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    drawn: Any = barcode.to_image(scale=1, add_quiet_zones=False)  # a buffer that says it is none
    rows: Any = memoryview(drawn).tolist()
    whole = len(rows) + 2 * QUIET_ZONE
    bars = "".join(_bars(row, place + QUIET_ZONE) for place, row in enumerate(rows))
    return Drawing(
        text,
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
        f'<rect width="{whole}" height="{whole}" fill="#fff"/><path d="{bars}"/></svg>',
        whole,
    )


def _bars(row: list[int], y: int) -> str:
    """Draw the dark runs of a row."""
    drawn: list[str] = []
    start: int | None = None
    for x, value in enumerate([*row, 255]):
        if value == 0 and start is None:
            start = x
        elif value != 0 and start is not None:
            drawn.append(f"M{start + QUIET_ZONE} {y}h{x - start}v1H{start + QUIET_ZONE}z")
            start = None
    return "".join(drawn)
