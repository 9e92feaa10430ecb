"""Money: an exact amount of a currency, and its minor unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Self

from ooms.kernel.quantity import EXACT, parse_amount

# ISO 4217 minor units that are not 2.
_MINOR_DIGITS = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"], 0),
    **dict.fromkeys(["PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
_DEFAULT_MINOR_DIGITS = 2
_CODE = re.compile(r"[A-Z]{3}")


class CurrencyError(ValueError):
    """A currency is malformed or two currencies were mixed; convert one of them first."""

    def __init__(self, *, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected
        super().__init__(f"currency {found!r} where {expected} was expected")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount; rounding happens only where a rule or a display names it."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, amount: str, currency: str) -> Self:
        """Read money from the texts of its amount and currency code.

        Raises:
            AmountError: The amount is not a plain decimal.
            CurrencyError: The currency is not three capital letters.
        """
        if not _CODE.fullmatch(currency):
            raise CurrencyError(found=currency, expected="three capital letters")
        return cls(parse_amount(amount), currency)

    def __add__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def rounded_up(self) -> Money:
        """Give the smallest amount payable in minor units that is not less than this one."""
        step = Decimal(1).scaleb(-minor_digits(self.currency))
        return Money(self.amount.quantize(step, ROUND_CEILING, EXACT), self.currency)

    def _require_same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyError(found=other.currency, expected=self.currency)

    @property
    def text(self) -> str:
        """The money as people write it."""
        return f"{self.amount} {self.currency}"


def minor_digits(currency: str) -> int:
    """Give how many digits the minor unit of a currency has."""
    return _MINOR_DIGITS.get(currency, _DEFAULT_MINOR_DIGITS)
