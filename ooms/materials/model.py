"""A material with its lots, its withdrawals, and the inventory method of each fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from ooms.agreements.policies import Inventory
from ooms.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Material:
    """What a company buys or makes to put into its goods, under its own part number."""

    id: str
    exporter_id: str
    part_number: str
    description: str
    #: In what lots and withdrawals are counted: a unit of measure.
    unit: str
    described_at: datetime
    #: Its code by edition of the Harmonized System.
    codes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of a material that came in together, at one price, from one supplier.

    `is_opening` is what was on hand when a fiscal year began; lots before it count no more.
    """

    id: str
    material_id: str
    number: str
    received_on: date
    quantity: Decimal
    unit_price: Decimal
    currency: str
    supplier: str
    country: str
    recorded_at: datetime
    incoterm: str | None = None
    #: As the company states it; None means that nobody has shown anything.
    originating: bool | None = None
    #: The supplier's declaration that the origin rests on, here or on paper.
    declaration_id: str | None = None
    reference: str | None = None
    is_opening: bool = False
    voided_at: datetime | None = None
    #: What a unit is worth in other currencies, as the company stated it; no rate is kept here.
    values: Mapping[str, Decimal] = field(default_factory=dict)

    def unit_value(self, currency: str) -> Decimal | None:
        """Return what a unit is worth in a currency, if that is stated."""
        return self.unit_price if currency == self.currency else self.values.get(currency)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Units taken out of stock, for a product if it is said for which."""

    id: str
    material_id: str
    taken_on: date
    quantity: Decimal
    recorded_at: datetime
    #: The number of the lot, where lots are kept apart.
    lot: str | None = None
    #: The model of the product that they went into.
    product: str | None = None
    voided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Election:
    """The one method for a material in one fiscal year; fixed once a determination used it."""

    material_id: str
    starts_on: date
    method: Inventory
    elected_at: datetime
    #: With the average: the ratio of one period holds for the next.
    period_months: int | None = None
    receipts_first: bool = False
    used_at: datetime | None = None

    @property
    def year(self) -> Period:
        """The fiscal year: twelve months from its first day."""
        return Period(self.starts_on, year_after(self.starts_on))

    def same_way(self, other: Election) -> bool:
        """Tell whether both tell units apart in the same way."""
        return (self.method, self.period_months, self.receipts_first) == (
            *(other.method, other.period_months),
            other.receipts_first,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept of one material, without what was voided."""

    material: Material
    lots: tuple[Lot, ...]
    withdrawals: tuple[Withdrawal, ...]
    elections: tuple[Election, ...]


def year_after(day: date) -> date:
    """Return the same day a year later; a 29 February becomes a 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
