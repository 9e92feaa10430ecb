"""Reads an annex of product rules from a table, row by row, and counts how far it came."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from ooms.agreements.rule_text import text_of
from ooms.agreements.treaty_words.reading import Reading, Status, read_words

COLUMNS = ("hs_from", "hs_to", "rule_text")
ADDED = ("notation", "status", "unread")


class AnnexError(ValueError):
    """A table of rules cannot be read; correct the row and column named."""

    def __init__(self, *, row: int, column: str, problem: str) -> None:
        self.row = row
        self.column = column
        super().__init__(f"row {row}, column {column}: {problem}")


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row as it came, and how its rule was read."""

    cells: dict[str, str]
    reading: Reading

    def written(self) -> dict[str, str]:
        """Give the row with its notation, its status and the clauses nobody read."""
        read = (text_of(self.reading.rule), self.reading.status.value)
        return self.cells | dict(zip(ADDED, (*read, " / ".join(self.reading.unread)), strict=True))


def read_annex(table: TextIO) -> Iterator[AnnexRow]:
    """Read every row of a table with the columns hs_from, hs_to and rule_text.

    Raises:
        AnnexError: A column is missing.
    """
    rows = csv.DictReader(table)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise AnnexError(row=1, column=missing[0], problem="is missing from the header")
    for cells in rows:
        yield AnnexRow(
            {name: cell or "" for name, cell in cells.items() if name},
            read_words(cells["rule_text"] or ""),
        )


def counts(rows: Iterable[AnnexRow]) -> dict[str, int]:
    """Count the rows and how far each was read."""
    found = Counter(row.reading.status for row in rows)
    return {"rows": found.total()} | {status.value: found[status] for status in Status}
