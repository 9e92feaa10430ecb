"""Write the shipped files of HS codes and of what became of them from one edition to another.

python -m tools.hs_editions ../shared/data/hs

The folder holds `hs_EDITION.csv` (columns code, level and others) for every edition, and
`hs_correlation_NEWER_OLDER.csv` (columns hsNEWER, hsOLDER, default_conversion) for every two.
Only digits are taken: no wording of the nomenclature is read.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from ooms.agreements.nomenclature import EDITIONS
from ooms.kernel.hs import HEADING_DIGITS, SUBHEADING_DIGITS

SHIPPED = Path(__file__).resolve().parents[1] / "ooms" / "agreements" / "data" / "hs"

Related = dict[str, tuple[str, ...]]


def main() -> None:
    """Write every file anew and say how large each is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    write(asked.parse_args().folder, SHIPPED)
    for file in sorted(SHIPPED.glob("*.csv")):
        print(f"{file.name}: {file.stat().st_size} bytes")


def write(folder: Path, out: Path) -> None:
    """Write the files of every edition and of every two editions."""
    for edition in EDITIONS:
        lines = ("heading,subheadings", *_headings(folder, edition))
        _write(out / f"codes_{edition}.csv", lines)
    for older, newer in combinations(EDITIONS, 2):
        lines = ("codes,candidates", *_moved(folder, newer, older))
        _write(out / f"related_{newer}_{older}.csv", lines)


def _write(file: Path, lines: tuple[str, ...]) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="ascii")


def _headings(folder: Path, edition: int) -> Iterator[str]:
    endings: dict[str, list[str]] = defaultdict(list)
    for row in _rows(folder / f"hs_{edition}.csv"):
        if row["level"] == str(SUBHEADING_DIGITS):
            code = row["code"]
            endings[code[:HEADING_DIGITS]].append(code[HEADING_DIGITS:])
    return (f"{heading},{' '.join(sorted(endings[heading]))}" for heading in sorted(endings))


def _moved(folder: Path, newer: int, older: int) -> Iterator[str]:
    """Give the codes whose candidates are not just themselves; codes that share them share a row.

    The code that the source's conversion table picks stands first: it orders suggestions.
    """
    codes_of: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, candidates in _related(folder, newer, older).items():
        if candidates != (code,):
            codes_of[candidates].append(code)
    rows = sorted((sorted(codes), candidates) for candidates, codes in codes_of.items())
    return (f"{' '.join(codes)},{' '.join(candidates)}" for codes, candidates in rows)


def _related(folder: Path, newer: int, older: int) -> Related:
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in _rows(folder / f"hs_correlation_{newer}_{older}.csv"):
        is_other = row["default_conversion"] != "1"
        found[row[f"hs{newer}"]].append((is_other, row[f"hs{older}"]))
    return {code: tuple(other for _, other in sorted(pairs)) for code, pairs in found.items()}


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


if __name__ == "__main__":
    main()
