"""Puts the pictures that the browser tests took of the portal into the documentation.

Run `make pictures`: the tests look at every page and leave their pictures in `build/pictures`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
TAKEN = ROOT / "build" / "pictures"
SHOWN = ROOT / "docs" / "images" / "portal"
#: The pages that the documentation shows, and how much of each, in pixels from its head.
PAGES = {
    "products-origin": 1900,
    "desk-application": 1500,
    "border-claim": 1700,
    "operator-partners": 900,
    "public-verify": 900,
}
_WIDTH = 960
_COLORS = 64


def main() -> None:
    """Cut, shrink and write each picture; one that no test took ends it."""
    missing = [one for one in PAGES if not (TAKEN / f"{one}.png").exists()]
    if missing:
        sys.exit(f"no test took {', '.join(missing)}: run make test T=tests/browser")
    SHOWN.mkdir(parents=True, exist_ok=True)
    for name, height in PAGES.items():
        with Image.open(TAKEN / f"{name}.png") as taken:
            head = taken.convert("RGB").crop((0, 0, taken.width, min(height, taken.height)))
        shrunk = head.resize((_WIDTH, head.height * _WIDTH // head.width), Image.Resampling.LANCZOS)
        shrunk.quantize(_COLORS).save(SHOWN / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
