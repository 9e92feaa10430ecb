"""Write the generated reference pages, or say which ones differ (`--check`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.docs import dialects, messages

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"

#: One line each, alphabetical: what returns pages by their path below docs/reference.
WRITERS: tuple[Callable[[], Mapping[str, str]], ...] = (
    dialects.pages,
    messages.pages,
)


def main() -> int:
    """Write or compare; 1 when a page differs from what would be written."""
    pages = {path: text for write in WRITERS for path, text in write().items()}
    differing = [path for path, text in pages.items() if _committed(path) != text]
    for path in differing:
        print(path)
        if "--check" not in sys.argv:
            file = REFERENCE / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(pages[path], "utf-8")
    return int(bool(differing) and "--check" in sys.argv)


def _committed(path: str) -> str | None:
    file = REFERENCE / path
    return file.read_text("utf-8") if file.exists() else None


if __name__ == "__main__":
    sys.exit(main())
