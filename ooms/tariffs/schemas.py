"""A tariff as a file: CSV with `code` and `description`, checked row by row.

`parent` may be there and is checked too; other columns are passed over.
Codes have two to twelve digits, with or without dots; lines below a subheading are the
administration's own, and the subheading must exist in the edition.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from ooms.agreements.nomenclature import Nomenclature
from ooms.errors import Flaw, UnfitError
from ooms.kernel.hs import HsCode, HsCodeError
from ooms.tariffs.model import Line, Tariff

COLUMNS = ("code", "description")
PARENT = "parent"
MAX_DESCRIPTION = 2048
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # RFC 5646, without its rare forms

_BYTE_ORDER_MARK = "\ufeff"
_Row = tuple[int, list[str]]


class TariffFileError(UnfitError):
    """A tariff's file cannot be taken, and nothing of it was; each flaw names row and column."""


@dataclass(slots=True)
class _Reading:
    """One file on its way in: what was taken, and what is wrong with the rest."""

    name: str
    nomenclature: Nomenclature
    lines: dict[str, Line] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def take(self, row: _Row, *, header: Sequence[str]) -> None:
        """Take a row, or say what is wrong with it; an empty one is passed over."""
        number, written = row
        if not any(written):
            return
        if len(written) != len(header):
            problem = f"there are {len(written)} cells, and {len(header)} columns"
            self.refuse(problem, row=number)
            return
        cells = dict(zip(header, written, strict=True))
        try:
            code = HsCode.parse(cells["code"])
        except HsCodeError as error:
            self.refuse(str(error), row=number, column="code")
            return
        problems = {
            "code": self._code_problem(code),
            "description": _description_problem(cells["description"]),
            PARENT: _parent_problem(code, cells.get(PARENT, "")),
        }
        found = {column: problem for column, problem in problems.items() if problem}
        for column, problem in found.items():
            self.refuse(problem, row=number, column=column)
        self.rows.setdefault(code.digits, number)
        if not found:
            self.lines[code.digits] = Line(code.digits, cells["description"].strip())

    def refuse(self, problem: str, *, row: int, column: str = "") -> None:
        """Note a flaw with its place."""
        place = f"{self.name}, row {row}" + (f", column {column}" if column else "")
        self.flaws.append(Flaw(place, problem))

    def _code_problem(self, code: HsCode) -> str:
        if code.digits in self.rows:
            return f"{code.digits} is in row {self.rows[code.digits]} already"
        if not self.nomenclature.has(code):
            missing = HsCode(code.subheading).digits
            return f"{missing} is not a code of HS {self.nomenclature.edition}"
        return ""


def read_tariff(content: bytes, *, name: str, edition: int, language: str) -> Tariff:
    """Read a file; `name` is what its errors call it.

    Raises:
        TariffFileError: A row is wrong; every one that is has its flaw.
        UnknownEditionError: The codes of the edition are not here.
    """
    reading = _Reading(name, Nomenclature.of(edition))
    rows = _rows(content, reading)
    header = _header(next(rows, (1, []))[1], reading)
    for row in rows if header else ():
        reading.take(row, header=header)
    if not reading.flaws and not reading.lines:
        reading.refuse("no row follows the header", row=1)
    if reading.flaws:
        raise TariffFileError(*reading.flaws)
    lines = tuple(reading.lines[code] for code in sorted(reading.lines))
    return Tariff(edition, language, lines)


def _rows(content: bytes, reading: _Reading) -> Iterator[_Row]:
    """Give each row with its number; the header is row 1."""
    try:
        text = content.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.refuse("the text is not UTF-8", row=line)
        return
    number = 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
            yield number, cells
    except csv.Error as error:
        reading.refuse(str(error), row=number + 1)


def _header(cells: list[str], reading: _Reading) -> list[str]:
    """Give the names of the columns, or none when one that is needed is missing."""
    header = [cell.strip().lower() for cell in cells]
    missing = [column for column in COLUMNS if header.count(column) != 1]
    if reading.flaws:  # the file could not be read that far
        return []
    for column in missing:
        reading.refuse("the header must name this column, once", row=1, column=column)
    return [] if missing else header


def _description_problem(words: str) -> str:
    said = words.strip()
    if not said:
        return "says nothing"
    if len(said) > MAX_DESCRIPTION:
        return f"has {len(said)} characters, of which {MAX_DESCRIPTION} can be kept"
    return "" if said.isprintable() else "has a line break or another character that does not print"


def _parent_problem(code: HsCode, parent: str) -> str:
    digits = parent.strip().replace(".", "").replace(" ", "")
    is_above = len(digits) < len(code.digits) and code.digits.startswith(digits)
    return "" if is_above else f"{code.digits} does not lie in {parent.strip()}"
