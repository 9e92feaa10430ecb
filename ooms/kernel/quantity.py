"""Exact decimal amounts and quantities with a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Self

# Amounts beyond this are typing mistakes, and bounded digits keep every product exact.
MAX_WHOLE_DIGITS = 15
MAX_FRACTION_DIGITS = 8

# Arithmetic under this context does not depend on the context of the caller.
EXACT = Context(prec=60)

_DECIMAL = re.compile(rf"\d{{1,{MAX_WHOLE_DIGITS}}}(?:\.\d{{1,{MAX_FRACTION_DIGITS}}})?")
_UNIT = re.compile(r"[A-Z0-9]{2,3}")


class AmountError(ValueError):
    """A text is not an exact, non-negative decimal number; correct the text."""

    def __init__(self, *, text: object) -> None:
        self.text = text
        remedy = f'; write it as text, "{text}"' if isinstance(text, float) and text >= 0 else ""
        super().__init__(
            f"{text!r} is not a non-negative decimal number with at most "
            f"{MAX_WHOLE_DIGITS} whole and {MAX_FRACTION_DIGITS} fraction digits{remedy}"
        )


class UnitMismatchError(ValueError):
    """Two quantities of different units were combined; convert one of them first."""

    def __init__(self, *, left: str, right: str) -> None:
        self.left = left
        self.right = right
        super().__init__(f"cannot combine {left} with {right}")


def parse_amount(text: object) -> Decimal:
    """Read an exact decimal from its text; a binary float is refused.

    Raises:
        AmountError: The value is not a plain decimal text or integer.
    """
    if isinstance(text, bool) or not isinstance(text, str | int):
        raise AmountError(text=text)
    written = str(text).strip()
    if not _DECIMAL.fullmatch(written) or not written.isascii():
        raise AmountError(text=text)
    return Decimal(written)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of a unit of UN/ECE Recommendation 20, such as 12.5 KGM."""

    amount: Decimal
    unit: str

    @classmethod
    def parse(cls, amount: str, unit: str) -> Self:
        """Read a quantity from the texts of its amount and unit code.

        Raises:
            AmountError: The amount is not a plain decimal, or the unit is not a code.
        """
        if not _UNIT.fullmatch(unit):
            raise AmountError(text=f"{amount} {unit}")
        return cls(parse_amount(amount), unit)

    def __add__(self, other: Quantity) -> Quantity:
        self._require_same_unit(other)
        return Quantity(self.amount + other.amount, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        self._require_same_unit(other)
        return Quantity(self.amount - other.amount, self.unit)

    def exceeds(self, other: Quantity) -> bool:
        """Tell whether this quantity is larger than another of the same unit."""
        self._require_same_unit(other)
        return self.amount > other.amount

    def _require_same_unit(self, other: Quantity) -> None:
        if self.unit != other.unit:
            raise UnitMismatchError(left=self.unit, right=other.unit)

    @property
    def text(self) -> str:
        """The quantity as people write it."""
        return f"{self.amount} {self.unit}"
