"""Measure the reader of treaty words over folders of annexes and write the page of figures.

python -m tools.rule_reading ../shared/data/psr --date 2026-11-22
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ooms.agreements.annex import AnnexRow, counts, read_annex
from tools.docs import markdown

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "rule-reading.md"
HEAD = ("annex", "rows", "structured", "needs a person", "unread", "% structured")
OPENING = (
    "# How far treaty words are read",
    "",
    "Written by `python -m tools.rule_reading` over a folder of annexes; do not edit.",
    "",
)


def main() -> int:
    """Read every annex of a folder and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--date", required=True, help="the day of the measurement")
    given = asked.parse_args()
    annexes = {file.stem: _rows(file) for file in sorted(given.folder.glob("*.csv"))}
    if not annexes:
        print(f"no annex in {given.folder}", file=sys.stderr)
        return 1
    PAGE.write_text(_page(annexes, given.date), "utf-8")
    print(PAGE)
    return 0


def _rows(file: Path) -> list[AnnexRow]:
    with file.open(encoding="utf-8", newline="") as table:
        return list(read_annex(table))


def _page(annexes: dict[str, list[AnnexRow]], day: str) -> str:
    everything = [row for rows in annexes.values() for row in rows]
    lines = [
        f"Measured on {day} over the rows of {len(annexes)} annexes, which are not part of this",
        "repository. *Structured* rows have no unread clause; of a row that *needs a person* some",
        "clauses were read; of an *unread* row none was. An unread clause becomes a question, and",
        "the engine passes nothing that rests on it.",
        "",
        *markdown.table(
            HEAD, [*map(_figures, annexes, annexes.values()), _figures("all", everything)]
        ),
    ]
    return "\n".join((*OPENING, *lines)) + "\n"


def _figures(name: str, rows: list[AnnexRow]) -> tuple[object, ...]:
    found = counts(rows)
    share = f"{100 * found['structured'] / found['rows']:.1f}"
    return (name, *found.values(), share)


if __name__ == "__main__":
    sys.exit(main())
