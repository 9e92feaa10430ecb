"""Units of measure: which measure the same, and how one becomes the other, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from ooms.kernel.quantity import Quantity
from ooms.ledger.model import Lot

#: Quantities on certificates have four decimals at most.
SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of Recommendation 20: what it measures, and how many of the measure's base."""

    code: str
    measure: str
    factor: Fraction
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Units:
    """The units that are known; any other stands for itself only."""

    known: Mapping[str, Unit]

    def rate(self, unit: str, *, into: str) -> Fraction | None:
        """Say how many of one unit are in another; None when they measure different things."""
        if unit == into:
            return Fraction(1)
        one, other = self.known.get(unit), self.known.get(into)
        if one is None or other is None or one.measure != other.measure:
            return None
        return one.factor / other.factor

    def share(self, lot: Lot, quantity: Quantity) -> Fraction | None:
        """Say which share of a lot a quantity is; None when the lot is not measured so.

        The lot's own unit goes before one that has to be converted.
        """
        for unit in sorted(lot, key=lambda one: (one != quantity.unit, one)):
            rate = self.rate(quantity.unit, into=unit)
            if rate is not None and lot[unit]:
                return Fraction(quantity.amount) * rate / Fraction(lot[unit])
        return None

    def amount(self, lot: Lot, share: Fraction, *, unit: str) -> Decimal | None:
        """Say how much a share of a lot is in a unit, cut to what a certificate can show."""
        for own in sorted(lot, key=lambda one: (one != unit, one)):
            rate = self.rate(own, into=unit)
            if rate is not None:
                return shown(Fraction(lot[own]) * share * rate)
        return None

    def together(self, lot: Lot, quantities: Iterable[Quantity]) -> Quantity | None:
        """Add quantities of one lot up, in the unit of the first of them.

        Of one unit the sum is exact, of several it is cut to what a certificate can show.  None
        when the lot is not measured so, or there is nothing to add.
        """
        every = tuple(quantities)
        if len({one.unit for one in every}) == 1:
            return Quantity(sum((one.amount for one in every), Decimal(0)), every[0].unit)
        whole = self.part(lot, every)
        amount = self.amount(lot, whole, unit=every[0].unit) if whole else None
        return None if amount is None else Quantity(amount, every[0].unit)

    def part(self, lot: Lot, quantities: Iterable[Quantity]) -> Fraction | None:
        """Say which share of a lot quantities are together; None when it is not measured so."""
        whole = Fraction(0)
        for one in quantities:
            share = self.share(lot, one)
            if share is None:
                return None
            whole += share
        return whole


def shown(amount: Fraction) -> Decimal:
    """Cut an amount to what a certificate can show."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(SHOWN, rounding=ROUND_DOWN).normalize()
