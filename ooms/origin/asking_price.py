"""The lowest price at which a good qualifies, found to the minor unit of the currency."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from ooms.kernel.money import minor_digits
from ooms.origin.facts import Case

_BEYOND_DOUBT = 10_000  # a share that a price ten thousand times as high does not lower enough
_PRICE = "price:"


@dataclass(frozen=True, slots=True)
class Prices:
    """One stated price of a case: its basis, and whether it is the price or an answer."""

    basis: str
    amount: Decimal
    step: Decimal
    is_answer: bool

    @classmethod
    def of(cls, case: Case) -> Iterator[Prices]:
        """Give every price that the case states."""
        price = case.price
        step = Decimal(1).scaleb(-minor_digits(price.currency if price else ""))
        if price is not None and price.amount > 0:
            yield cls(price.basis.value, price.amount, step, is_answer=False)
        for key, given in sorted(case.answers.items()):
            if key.startswith(_PRICE) and isinstance(given, Decimal) and given > 0:
                yield cls(key.removeprefix(_PRICE), given, step, is_answer=True)

    def at(self, case: Case, amount: Decimal) -> Case:
        """Give the case with this price instead."""
        if self.is_answer:
            return replace(case, answers=case.answers | {f"{_PRICE}{self.basis}": amount})
        return replace(case, price=replace(case.price, amount=amount)) if case.price else case

    def highest(self, case: Case) -> Case:
        """Give the case with a price beyond which nothing changes any more."""
        return self.at(case, self.amount * _BEYOND_DOUBT)


def lowest_price(prices: Prices, case: Case, works: Callable[[Case], bool]) -> Decimal:
    """Halve the range between the price that fails and one that works, down to the minor unit."""
    low = int((prices.amount / prices.step).to_integral_value(ROUND_FLOOR))
    high = low * _BEYOND_DOUBT + _BEYOND_DOUBT
    reach = 1
    while low + reach < high:  # most prices need not rise by much
        if works(prices.at(case, (low + reach) * prices.step)):
            high = low + reach
            break
        low += reach
        reach *= 4
    while high - low > 1:
        middle = (low + high) // 2
        if works(prices.at(case, middle * prices.step)):
            high = middle
        else:
            low = middle
    return high * prices.step
