"""Brings the catalogues of every language up to the English one: `python -m tools.languages`.

A new message is added without a translation, one that is no longer used is dropped, and one
whose English has changed loses its translation: somebody has to look at it again.
With `--check` nothing is written; the exit code says whether something is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ooms.languages.catalogues import TRANSLATED, entries
from ooms.languages.english import ENGLISH
from ooms.languages.portable_objects import Entry, write_entries

FOLDER = Path(__file__).resolve().parents[1] / "ooms" / "languages" / "catalogues"


def brought_up(language: str) -> tuple[Entry, ...]:
    """Give the entries that a catalogue should have, in the order of their keys."""
    known = {(entry.key, entry.english): entry.text for entry in entries(language)}
    return tuple(
        Entry(key, english, known.get((key, english), ""))
        for key, english in sorted(ENGLISH.items())
    )


def main() -> None:
    """Write the catalogues, and tell which messages wait for a translation."""
    waiting = 0
    for language in TRANSLATED:
        wanted = brought_up(language)
        if "--check" not in sys.argv:
            text = write_entries(language, wanted)
            (FOLDER / f"{language}.po").write_text(text, encoding="utf-8")
        missing = [entry.key for entry in wanted if not entry.text]
        waiting += len(missing)
        print(f"{language}: {len(wanted)} messages, {len(missing)} to translate", *missing)
    sys.exit(1 if waiting else 0)


if __name__ == "__main__":
    main()
