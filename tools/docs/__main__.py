"""Write the generated reference pages, or say which ones differ (`--check`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.docs import (
    agreements,
    certificate_schema,
    claim_checks,
    commands,
    constraints,
    crosschecks,
    dialects,
    documents,
    errors,
    forms,
    hs_codes,
    jobs,
    messages,
    office_routes,
    packs,
    profiles,
    refusals,
    rights,
    routes,
    settings,
    states,
    tables,
)

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"

#: One line each, alphabetical: what returns pages by their path below docs/reference.
WRITERS: tuple[Callable[[], Mapping[str, str]], ...] = (
    agreements.pages,
    certificate_schema.pages,
    claim_checks.pages,
    commands.pages,
    constraints.pages,
    crosschecks.pages,
    dialects.pages,
    documents.pages,
    errors.pages,
    forms.pages,
    hs_codes.pages,
    jobs.pages,
    messages.pages,
    office_routes.pages,
    packs.pages,
    profiles.pages,
    refusals.pages,
    rights.pages,
    routes.pages,
    settings.pages,
    states.pages,
    tables.pages,
)


def main() -> int:
    """Write or compare; 1 when a page differs from what would be written."""
    is_check = "--check" in sys.argv
    pages = all_pages()
    differing = [path for path, text in pages.items() if _committed(path) != text]
    for path in differing:
        print(f"{path} is stale; run make docs" if is_check else path)
        if not is_check:
            file = REFERENCE / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(pages[path], "utf-8")
    return int(bool(differing) and is_check)


def all_pages() -> dict[str, str]:
    """Return every generated page by its path below docs/reference."""
    return {path: text for write in WRITERS for path, text in write().items()}


def _committed(path: str) -> str | None:
    file = REFERENCE / path
    return file.read_text("utf-8") if file.exists() else None


if __name__ == "__main__":
    sys.exit(main())
