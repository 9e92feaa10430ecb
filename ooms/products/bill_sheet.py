"""Reads a sheet of bills: one row a line of a bill, every flaw told by its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from ooms.errors import Flaw
from ooms.products.model import Bill, Product, SheetBill
from ooms.products.schemas import BillIn, MaterialBody, ProductIn
from ooms.products.sheet import (
    MOST_FLAWS,
    YES_AND_NO,
    Columns,
    Place,
    Progress,
    Row,
    SheetError,
    lines_of,
    place_of,
    read_rows,
)

#: Columns of a sheet, and the field of the product, the bill or the line that each one fills.
_PRODUCT = {
    "description": "description",
    "product_hs": "hs",
    "hs_edition": "hs_edition",
    "product_weight": "weight",
    "trademark": "trademark",
}
_BILL = {
    "plant": "plant",
    "valid_from": "valid_from",
    "valid_until": "valid_until",
    "processes": "processes",
}
_LINE = {
    "name": "name",
    "hs": "hs",
    "originating": "originating",
    "origin": "origin",
    "value": "value",
    "weight": "weight",
    "component": "component",
    "kind": "kind",
    "declaration": "declaration",
    "part_number": "part_number",
    "quantity": "quantity",
}
#: The columns of a sheet of bills; without the needed ones it says nothing.
COLUMNS = Columns(
    known=("product", *_PRODUCT, *_BILL, "line", "part_of", *_LINE),
    needed=("product", "name"),
    codes=frozenset({"hs", "product_hs"}),
)

#: The column that is named where two cells do not go together.
_WHOLE: Mapping[Any, str] = {BillIn: "valid_until", MaterialBody: "part_number", ProductIn: "hs"}


def read_bills(text: str, *, file: str) -> tuple[SheetBill, ...]:
    """Read the bills of a CSV file.

    Raises:
        SheetError: the sheet has flaws; as many as can be told are told.

    """
    return bills_of(lines_of(text), file=file)


def bills_of(
    lines: Iterable[Sequence[str]], *, file: str, progress: Progress = lambda _read, _of: None
) -> tuple[SheetBill, ...]:
    """Read the bills of a table; rows of one product and plant stand together.

    1. Read the rows under the names of their columns.
    2. Read each bill: what stands in its first row counts for product and bill.
    3. Hang lines that are part of another line below it.

    Raises:
        SheetError: the sheet has flaws; as many as can be told are told.

    """
    rows = read_rows(lines, file=file, columns=COLUMNS)  # 1
    reading = _Reading(place_of(file))
    bills, done = [], 0
    for _, group in groupby(rows, lambda row: (row.at("product"), row.at("plant"))):
        of_bill = list(group)
        bills.append(reading.bill(of_bill))  # 2, 3
        done += len(of_bill)
        progress(done, len(rows))
    if reading.flaws:
        raise SheetError(*reading.flaws[:MOST_FLAWS])
    return tuple(bill for bill in bills if bill is not None)


class _Reading:
    """Reads bills and gathers the flaws on its way."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.flaws: list[Flaw] = []

    def bill(self, rows: list[Row]) -> SheetBill | None:
        """Read one bill."""
        first = rows[0]
        if not first.at("product"):
            self._flaw(first, "product", "is empty")
        materials = self._materials(rows)
        given: dict[str, Any] = self._given(first, _BILL) | {"materials": materials}
        if "processes" in given:
            given["processes"] = [part.strip() for part in str(given["processes"]).split(";")]
        bill = self._made(BillIn, given, first, to=_BILL)
        if bill is None:
            return None
        return SheetBill(
            row=first.number,
            model=first.at("product"),
            described=self._product(first, bill),
            bill=bill.value(),
        )

    def _product(self, row: Row, bill: BillIn) -> Product | None:
        given = self._given(row, _PRODUCT)
        if not given:
            return None
        given |= {"model": row.at("product"), "bill": bill}
        if str(given.get("hs_edition", "")).isdigit():
            given["hs_edition"] = int(str(given["hs_edition"]))
        made = self._made(ProductIn, given, row, to=_PRODUCT)
        return replace(made.value(), bill=Bill(0, (), ())) if made else None

    def _materials(self, rows: list[Row]) -> list[dict[str, Any]]:
        """Read the lines; each that is part of another hangs below that one's `line`."""
        top: list[dict[str, Any]] = []
        named: dict[str, dict[str, Any]] = {}
        for row in rows:
            line = self._line(row)
            parent = row.at("part_of")
            if parent and parent not in named:
                self._flaw(row, "part_of", f"no line {parent} stands above in this bill")
                continue
            (named[parent].setdefault("made_from", []) if parent else top).append(line)
            if row.at("line") in named:
                self._flaw(row, "line", f"the line {row.at('line')} stands above already")
            if row.at("line"):
                named[row.at("line")] = line
        return top

    def _line(self, row: Row) -> dict[str, Any]:
        given = self._given(row, _LINE)
        if "originating" in given:
            told = YES_AND_NO.get(str(given["originating"]).lower())
            if told is None:
                self._flaw(row, "originating", "write yes or no, or leave it empty")
            given["originating"] = told
        made = self._made(MaterialBody, given, row, to=_LINE)
        return made.model_dump(mode="json", exclude_none=True) if made else {"name": "?"}

    def _given(self, row: Row, columns: Mapping[str, str]) -> dict[str, Any]:
        return {name: row.at(column) for column, name in columns.items() if row.at(column)}

    def _made(self, kind: Any, given: dict[str, Any], row: Row, *, to: Mapping[str, str]) -> Any:
        """Make a body of what is given; what pydantic refuses is told by its column."""
        try:
            return kind.model_validate(given)
        except ValidationError as refused:
            by_field = {name: column for column, name in to.items()}
            for one in refused.errors():
                field = str(one["loc"][0]) if one["loc"] else ""
                problem = one["msg"].removeprefix("Value error, ")
                self._flaw(row, by_field.get(field, field or _WHOLE[kind]), problem)
            return None

    def _flaw(self, row: Row, column: str, problem: str) -> None:
        self.flaws.append(Flaw(self._place(row.number, column), problem, code="SCH-CELL"))
