"""Reads a sheet of lots: one row a lot, every flaw told by its row and column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ooms.errors import Flaw
from ooms.materials.model import Lot
from ooms.materials.schemas import LotIn
from ooms.materials.service import SheetLot
from ooms.products.sheet import (
    MOST_FLAWS,
    YES_AND_NO,
    Columns,
    Place,
    Row,
    SheetError,
    lines_of,
    place_of,
    read_rows,
)

#: Each column, and the field of the lot that it fills.
_FIELDS = {
    "lot": "number",
    "received_on": "received_on",
    "quantity": "quantity",
    "unit_price": "unit_price",
    "currency": "currency",
    "incoterm": "incoterm",
    "supplier": "supplier",
    "country": "country",
    "originating": "originating",
    "declaration": "declaration",
    "reference": "reference",
    "opening": "opening",
}
_COLUMNS: Mapping[int | str, str] = {field: column for column, field in _FIELDS.items()}
_TRUTHS = ("originating", "opening")
_NEEDED = ("lot", "received_on", "quantity", "unit_price", "currency", "supplier", "country")
COLUMNS = Columns(known=("part_number", *_FIELDS), needed=("part_number", *_NEEDED))


def read_lots(text: str, *, file: str) -> tuple[SheetLot, ...]:
    """Read the lots of a CSV file, each with its row and part number.

    Raises:
        SheetError: the sheet has flaws; as many as can be told are told.

    """
    place = place_of(file)
    flaws: list[Flaw] = []
    lots: list[SheetLot] = []
    for row in read_rows(lines_of(text), file=file, columns=COLUMNS):
        try:
            lots.append((row.number, row.at("part_number"), _lot(row, place)))
        except SheetError as flawed:
            flaws += flawed.flaws
    if flaws:
        raise SheetError(*flaws[:MOST_FLAWS])
    return tuple(lots)


def _lot(row: Row, place: Place) -> Lot:
    flaws = [
        Flaw(place(row.number, name), "write yes or no, or leave it empty", "SCH-CELL")
        for name in _TRUTHS
        if row.at(name) and row.at(name).lower() not in YES_AND_NO
    ]
    if not row.at("part_number"):
        flaws.append(Flaw(place(row.number, "part_number"), "is empty", "SCH-CELL"))
    if flaws:
        raise SheetError(*flaws)
    try:
        return LotIn.model_validate(_given(row)).value()
    except ValidationError as refused:
        told = ((_column(one["loc"]), one["msg"]) for one in refused.errors())
        flaws = [Flaw(place(row.number, column), what, "SCH-CELL") for column, what in told]
        raise SheetError(*flaws) from refused


def _column(where: tuple[int | str, ...]) -> str:
    """Name the column of a field; `declaration` where cells do not go together."""
    return _COLUMNS.get(where[0], "declaration") if where else "declaration"


def _given(row: Row) -> dict[str, Any]:
    given: dict[str, Any] = {
        field: row.at(column) for column, field in _FIELDS.items() if row.at(column)
    }
    return given | {name: YES_AND_NO[given[name].lower()] for name in _TRUTHS if name in given}
