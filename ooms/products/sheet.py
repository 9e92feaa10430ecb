"""A table somebody handed in, from CSV or a workbook: rows under the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ooms.errors import Flaw, UnfitError

MOST_ROWS = 20_000
MOST_FLAWS = 200
#: What somebody writes who answers a question with yes or no.
YES_AND_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

Place = Callable[[int, str], str]
Cells = Mapping[str, str]
#: Hears how many rows are read, of how many.
Progress = Callable[[int, int], None]


class SheetError(UnfitError):
    """A sheet cannot be imported; nothing of it is, and every flaw names its row and column."""

    code = "SCH-SHEET"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a kind of sheet has, and without which it says nothing."""

    known: Sequence[str]
    needed: Sequence[str]
    #: Codes that a spreadsheet spoils when it takes them for numbers: their first zero goes.
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its number as a spreadsheet counts, and its filled cells."""

    number: int
    cells: Cells

    def at(self, column: str) -> str:
        """Return what stands in a column, or nothing."""
        return self.cells.get(column, "")


def place_of(file: str) -> Place:
    """Name a cell of a file: `bills.csv#row=7&column=value`."""
    return lambda row, column: f"{file}#row={row}&column={column}"


def lines_of(text: str) -> Iterator[list[str]]:
    """Split a CSV text into its lines of cells."""
    return csv.reader(io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}")))


def header_of(cells: Iterable[str]) -> list[str]:
    """Read the names of the columns; empty cells behind the last name are none."""
    names = [name.strip().lower() for name in cells]
    while names and not names[-1]:
        names.pop()
    return names


def read_rows(lines: Iterable[Sequence[str]], *, file: str, columns: Columns) -> tuple[Row, ...]:
    """Read the rows of a table under the names of its columns.

    Raises:
        SheetError: a column is missing or unknown, or there are no rows or too many.

    """
    unread = iter(lines)
    try:
        header = header_of(next(unread, []))
        _require_columns(header, file=file, columns=columns)
        numbered = list(enumerate(unread, start=2))
    except csv.Error as broken:
        problem = f"is no CSV that can be read: {broken}; save it as CSV in UTF-8 again"
        raise SheetError(Flaw(file, problem, "SCH-CELL")) from broken
    spilled = [number for number, cells in numbered if any(map(str.strip, cells[len(header) :]))]
    if spilled:
        problem = "has cells beyond the last column; name the column, or empty them"
        flaws = [Flaw(f"{file}#row={number}", problem, "SCH-CELL") for number in spilled]
        raise SheetError(*flaws[:MOST_FLAWS])
    rows = tuple(_filled(numbered, header))
    if not 0 < len(rows) <= MOST_ROWS:
        problem = f"has {len(rows)} rows; 1 to {MOST_ROWS} are taken at once"
        raise SheetError(Flaw(file, problem, "SCH-CELL"))
    return rows


def _require_columns(header: list[str], *, file: str, columns: Columns) -> None:
    place = place_of(file)
    flaws = [
        *(Flaw(place(1, name), "no such column", "SCH-CELL") for name in header
          if name not in columns.known),
        *(Flaw(place(1, name), "is missing", "SCH-CELL") for name in columns.needed
          if name not in header),
        *(Flaw(place(1, name), "stands twice", "SCH-CELL") for name in sorted(set(header))
          if header.count(name) > 1),
    ]  # fmt: skip
    if flaws:
        raise SheetError(*flaws[:MOST_FLAWS])


def _filled(numbered: Iterable[tuple[int, Sequence[str]]], header: list[str]) -> Iterator[Row]:
    for number, cells in numbered:
        named = zip(header, (cell.strip() for cell in cells), strict=False)
        filled = {name: cell for name, cell in named if cell}
        if filled:
            yield Row(number, filled)
