"""A product with its HS codes by edition, and its bills of materials by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ooms.errors import ConflictError
from ooms.kernel.period import Period

#: One line of a bill, in the format of a determination case.
Line = dict[str, object]


class BillState(StrEnum):
    """Where a version of a bill stands."""

    DRAFT = "DRAFT"
    FROZEN = "FROZEN"
    IN_USE = "IN_USE"
    RETIRED = "RETIRED"


#: From each state, the states it may move to; only a draft may still be written.
BILL_MOVES: Mapping[BillState, frozenset[BillState]] = {
    BillState.DRAFT: frozenset({BillState.FROZEN, BillState.RETIRED}),
    BillState.FROZEN: frozenset({BillState.IN_USE, BillState.RETIRED}),
    BillState.IN_USE: frozenset({BillState.RETIRED}),
    BillState.RETIRED: frozenset(),
}


def advance(current: BillState, wanted: BillState) -> BillState:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in BILL_MOVES[current]:
        raise ConflictError(what="bill", current=current, wanted=wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class Bill:
    """What one unit is made of, and how, at one plant in one period; frozen once it is used.

    An empty plant is the company's only one; a bill without days holds on any day.
    """

    version: int
    materials: tuple[Line, ...]
    processes: tuple[str, ...]
    frozen_at: datetime | None = None
    state: BillState = BillState.DRAFT
    plant: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether it may be used for goods of a day; `valid_until` is the first day after."""
        if self.state is BillState.RETIRED:
            return False
        return Period(self.valid_from or date.min, self.valid_until).contains(day)


@dataclass(frozen=True, slots=True)
class EditionCode:
    """The product's code in another edition, as the company answered the question."""

    edition: int
    hs: str
    stated_at: datetime


@dataclass(frozen=True, slots=True)
class Product:
    """What a company makes, classified in an edition of the Harmonized System."""

    id: str
    exporter_id: str
    description: str
    hs: str
    hs_edition: int
    described_at: datetime
    bill: Bill
    model: str | None = None
    trademark: str | None = None
    weight: str | None = None

    def same_as(self, code: str, *, edition: int) -> bool:
        """Tell whether it is classified there in that edition."""
        return (self.hs, self.hs_edition) == (code, edition)


@dataclass(frozen=True, slots=True)
class SalesPrice:
    """What one unit is sold for now, on a basis and in a currency."""

    basis: str
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Correlation:
    """What is known of a product's code in an edition: stated, certain, or a question.

    `candidates` None means that no table leads to that edition.
    """

    edition: int
    stated: str | None
    candidates: tuple[str, ...] | None

    @property
    def code(self) -> str | None:
        """The code, where it is stated or there is only one that it can be."""
        if self.stated or not self.candidates or len(self.candidates) > 1:
            return self.stated
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class SheetBill:
    """One bill of an imported sheet, with the product as the sheet describes it, if it does."""

    row: int
    model: str
    described: Product | None
    bill: Bill


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one bill of a sheet."""

    product: Product
    is_new: bool
