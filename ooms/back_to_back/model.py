"""A first certificate, and what back-to-back certificates have taken from its items.

An item that is measured in pieces and in kilograms is one lot of goods.  Whoever takes pieces
only, takes the kilograms in proportion; so no order of takings gets more out than is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction

from ooms.applications.model import FirstItem, Measure, Taken

_SHOWN = Decimal("0.0001")  # quantities on certificates have four decimals at most


class Direction(StrEnum):
    """Whether an entry takes from an item or gives back to it."""

    TAKEN = "TAKEN"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True)
class Scale:
    """What is measured, and in which unit."""

    kind: str
    unit: str


@dataclass(frozen=True, slots=True, order=True)
class FirstKey:
    """Which first certificate: by its issuer, its agreement and its number without spelling."""

    country: str
    agreement: str
    number_key: str


@dataclass(frozen=True, slots=True)
class First:
    """A first certificate: received from its issuer, or as its paper states it."""

    key: FirstKey
    number: str
    origin_country: str
    issued_on: date
    valid_until: date
    issuer: str
    exporter: str
    items: tuple[FirstItem, ...]
    is_received: bool
    stands: bool = True

    def item(self, item_no: int) -> FirstItem | None:
        """Return an item by its number."""
        return next((one for one in self.items if one.item_no == item_no), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; amounts that are given back are negative."""

    item_no: int
    scale: Scale
    amount: Fraction
    certificate_id: str
    direction: Direction
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Left:
    """What an item of a first certificate holds, and what of it is left."""

    item_no: int
    scale: Scale
    certified: Decimal
    left: Decimal


def scoop_of(first: First, taken: Taken) -> dict[Scale, Fraction] | None:
    """Measure what is taken on every scale of the item; None when the item is not measured so."""
    item = first.item(taken.item_no)
    if item is None:
        return None
    certified = {Scale(one.kind, one.unit): Fraction(one.value) for one in item.quantities}
    asked = {Scale(one.kind, one.unit): Fraction(one.value) for one in taken.quantities}
    if not asked or not set(asked) <= set(certified):
        return None
    share = max(amount / certified[scale] for scale, amount in asked.items())
    return {scale: asked.get(scale, share * whole) for scale, whole in certified.items()}


def left_of(
    item: FirstItem, taken: Mapping[Scale, Fraction], *, claimed: Fraction
) -> tuple[Left, ...]:
    """Say what is left of an item on each of its scales, beside the share claimed at import."""
    return tuple(
        Left(item.item_no, scale, one.value, left=_shown(max(Fraction(0), whole - used)))
        for one in item.quantities
        for scale, whole in ((Scale(one.kind, one.unit), Fraction(one.value) * (1 - claimed)),)
        for used in (taken.get(scale, Fraction(0)),)
    )


def told(left: Iterable[Left]) -> str:
    """Say in words what is left."""
    return ", ".join(f"{one.left.normalize():f} {one.scale.unit}" for one in left)


def shortfall(line: Iterable[Measure], taken: Iterable[Measure]) -> tuple[str, ...]:
    """List what a line shows beyond what it takes, scale by scale."""
    sums: dict[Scale, Decimal] = {}
    for one in taken:
        scale = Scale(one.kind, one.unit)
        sums[scale] = sums.get(scale, Decimal(0)) + one.value
    return tuple(
        f"shows {one.value:f} {one.unit}, takes {given:f}"
        for one in line
        if one.value > (given := sums.get(Scale(one.kind, one.unit), Decimal(0)))
    )


def _shown(amount: Fraction) -> Decimal:
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(_SHOWN, rounding=ROUND_DOWN)
