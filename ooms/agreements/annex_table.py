"""Reads an administration's table of an annex, row by row, each problem with its row and column.

Needed are `hs_from`, `hs_to` and either `rule_text` (treaty words) or `rule` (the notation).
`ex` says that a row covers only part of its codes, `description` which part, `alt` numbers
columns that are alternatives to each other, and `row` the entry of the annex.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TextIO, TypeVar

from ooms.agreements import notation
from ooms.agreements.pack_reading import PackError, Problem
from ooms.agreements.rule import Rule
from ooms.agreements.treaty_words.reading import Reading, read_words
from ooms.kernel.hs import HsRange

NEEDED: Final = ("hs_from", "hs_to")
RULE_COLUMNS: Final = ("rule_text", "rule")
_FIRST_ROW: Final = 2  # the header is row 1
_PART: Final = re.compile(r"^(?:ex\s*)+", re.IGNORECASE)
_TRUE: Final = {"1": True, "true": True, "ex": True, "": False, "0": False, "false": False}

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table as it came.

    `row` is where it stands in the file, `label` the entry of the annex, "" where not numbered.
    """

    row: int
    label: str
    codes: HsRange
    ex: bool
    description: str
    alternative: str
    reading: Reading

    @property
    def rule(self) -> Rule:
        """The rule as it was read."""
        return self.reading.rule


def read_lines(table: TextIO, *, file: str) -> tuple[Line, ...]:
    """Read every row of a table.

    Raises:
        PackError: A column is missing, or rows cannot be read; every one of them is named.
    """
    rows = csv.DictReader(table)
    header = tuple(rows.fieldnames or ())
    problems = [Problem(file, 1, name, "is missing from the header") for name in _missing(header)]
    if problems:
        raise PackError(problems=problems)
    lines = []
    for number, cells in enumerate(rows, start=_FIRST_ROW):
        row = _Row(file, number, {name: cell or "" for name, cell in cells.items() if name})
        line = row.line(problems, is_short=None in cells.values())
        if line is not None:
            lines.append(line)
    if not lines and not problems:
        problems.append(Problem(file, 1, "rows", "there are none"))
    if problems:
        raise PackError(problems=problems)
    return tuple(lines)


def _missing(header: tuple[str, ...]) -> tuple[str, ...]:
    needed = [name for name in NEEDED if name not in header]
    return (*needed, *(() if set(header) & set(RULE_COLUMNS) else RULE_COLUMNS[:1]))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells and how to complain about them."""

    file: str
    number: int
    cells: Mapping[str, str]

    def line(self, problems: list[Problem], *, is_short: bool) -> Line | None:
        """Read the row, or say what is wrong with it."""
        if is_short:
            problems.append(Problem(self.file, self.number, "row", "has too few cells"))
            return None
        start, end = (self.cells[name].strip() for name in NEEDED)
        codes = self._read(
            "hs_from", problems, lambda: HsRange.parse(_PART.sub("", start), _PART.sub("", end))
        )
        is_part = self._read("ex", problems, lambda: _truth(self.cells.get("ex", "")))
        column = "rule" if self.cells.get("rule", "").strip() else "rule_text"
        reading = self._read(column, problems, self._reading)
        if codes is None or is_part is None or reading is None:
            return None
        return Line(
            row=self.number,
            label=self.cells.get("row", "").strip(),
            codes=codes,
            ex=is_part or _PART.match(start) is not None,
            description=self.cells.get("description", "").strip(),
            alternative=self.cells.get("alt", "").strip(),
            reading=reading,
        )

    def _reading(self) -> Reading:
        written = self.cells.get("rule", "").strip()
        if written:
            return Reading(notation.read(written), ())
        words = self.cells.get("rule_text", "").strip()
        if not words:
            raise ValueError("says nothing")
        return read_words(words)

    def _read(self, column: str, problems: list[Problem], read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except ValueError as refused:
            problems.append(Problem(self.file, self.number, column, str(refused)))
            return None


def _truth(written: str) -> bool:
    known = _TRUE.get(written.strip().lower())
    if known is None:
        raise ValueError(f"must be 1 or 0, not {written!r}")
    return known
