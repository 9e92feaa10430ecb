"""Stocks of fungible materials: which units left, told by the method the trader keeps.

Fungible units lie together and cannot be told apart, so a method says which ones each withdrawal
took. Everything here is exact: a ratio stays a fraction, and rounding is left to display.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from ooms.agreements.policies import Inventory
from ooms.kernel.country import CountryCode
from ooms.kernel.period import MONTHS_IN_YEAR


class StockError(ValueError):
    """A withdrawal does not fit its stock; correct the receipts or the withdrawal."""

    def __init__(self, *, withdrawal: int, problem: str) -> None:
        self.withdrawal = withdrawal
        self.problem = problem
        super().__init__(f"withdrawals[{withdrawal}]: {problem}")


@dataclass(frozen=True, slots=True)
class Status:
    """What tells fungible units apart in law alone."""

    originating: bool
    origin: CountryCode | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Units that came into stock on a day; the opening stock is a receipt of its own day."""

    on: date
    quantity: Decimal
    unit_value: Decimal | None = None
    status: Status = Status(originating=False)
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Units taken from stock on a day; `lot` names them where lots are kept apart."""

    on: date
    quantity: Decimal
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """One inventory and its method; the last withdrawal is the one a case is about.

    `quantity` is how much of the last withdrawal goes into the good; None means all of it.
    `period_months` belongs to the average: the ratio of the period before holds for a period's
    withdrawals. None takes the ratio at each withdrawal.
    `receipts_first` says that what came in on a day could leave on the same day.
    """

    method: Inventory
    receipts: tuple[Receipt, ...]
    withdrawals: tuple[Withdrawal, ...]
    quantity: Decimal | None = None
    period_months: int | None = None
    receipts_first: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """Units of one status; no value where a receipt among them has none."""

    status: Status
    quantity: Fraction
    value: Fraction | None


Drawn = tuple[Portion, ...]
_Event = tuple[int, Receipt | Withdrawal]


def composition(stock: Stock) -> Drawn:
    """Say what the good contains: the last withdrawal, or the part of it that was used.

    Interpreted meaning: of a withdrawal for several goods each unit of quantity has the same
    share in its portions.

    Raises:
        StockError: The withdrawals do not fit the stock.
    """
    last = stock.withdrawals[-1]
    drawn = draw(stock)[-1]
    if stock.quantity is None or stock.quantity == last.quantity:
        return drawn
    return tuple(_scaled(p, Fraction(stock.quantity) / Fraction(last.quantity)) for p in drawn)


def draw(stock: Stock) -> tuple[Drawn, ...]:
    """Say what each withdrawal took, in the order in which they are listed.

    Raises:
        StockError: The withdrawals do not fit the stock.
    """
    if stock.method is not Inventory.AVERAGE:
        return _by_layers(stock)
    if stock.period_months is None:
        return _by_rolling_average(stock)
    return _by_ratio_of_period_before(stock, stock.period_months)


@dataclass(slots=True)
class _Layer:
    """What is left of a receipt."""

    receipt: Receipt
    left: Fraction


def _by_layers(stock: Stock) -> tuple[Drawn, ...]:
    """FIFO, LIFO and specific identification: units leave receipt by receipt.

    The oldest receipt goes first (FIFO), the newest that had come in by then (LIFO), or the
    receipt of the named lot.
    """
    layers: list[_Layer] = []
    taken: dict[int, Drawn] = {}
    for place, event in _events(stock):
        if isinstance(event, Receipt):
            layers.append(_Layer(event, Fraction(event.quantity)))
            continue
        offered = layers if stock.method is Inventory.FIFO else list(reversed(layers))
        if stock.method is Inventory.SPECIFIC:
            offered = [layer for layer in layers if layer.receipt.lot == event.lot]
        taken[place] = _take(offered, event, place)
    return tuple(taken[place] for place in range(len(stock.withdrawals)))


def _take(layers: Iterable[_Layer], withdrawal: Withdrawal, place: int) -> Drawn:
    wanted = Fraction(withdrawal.quantity)
    portions: list[Portion] = []
    for layer in layers:
        units = min(wanted, layer.left)
        if units:
            layer.left -= units
            wanted -= units
            portions.append(_portion(layer.receipt, units))
    if wanted:
        raise _shortage(place)
    return _merged(portions)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Units of every status together, and what all of them are worth."""

    units: Drawn = ()

    @property
    def quantity(self) -> Fraction:
        """How many units there are."""
        return sum((portion.quantity for portion in self.units), Fraction(0))

    @property
    def value(self) -> Fraction | None:
        """What all units are worth, when every one of them has a value."""
        values = [portion.value for portion in self.units]
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) if len(known) == len(values) else None

    def joined(self, receipt: Receipt) -> _Pool:
        """Give the pool with a receipt added."""
        return _Pool(_merged([*self.units, _portion(receipt, Fraction(receipt.quantity))]))

    def averaged(self, quantity: Fraction) -> Drawn:
        """Take a quantity in the pool's ratio, each unit at the pool's average value."""
        whole, value = self.quantity, self.value
        unit = None if value is None else value / whole
        shares = ((p.status, p.quantity * quantity / whole) for p in self.units)
        return tuple(Portion(s, q, None if unit is None else q * unit) for s, q in shares)


def _by_rolling_average(stock: Stock) -> tuple[Drawn, ...]:
    """Average: the ratio and the unit value after each receipt hold for the withdrawals."""
    pool = _Pool()
    taken: dict[int, Drawn] = {}
    for place, event in _events(stock):
        if isinstance(event, Receipt):
            pool = pool.joined(event)
            continue
        left = pool.quantity - Fraction(event.quantity)
        if left < 0:
            raise _shortage(place)
        taken[place] = pool.averaged(Fraction(event.quantity))
        pool = _Pool(pool.averaged(left)) if left else _Pool()
    return tuple(taken[place] for place in range(len(stock.withdrawals)))


@dataclass(frozen=True, slots=True)
class _AveragedPeriod:
    """One period of an average: what was on hand and came in, what left, what stayed."""

    pool: _Pool
    taken: dict[int, Drawn]
    closing: _Pool


def _by_ratio_of_period_before(stock: Stock, months: int) -> tuple[Drawn, ...]:
    """Average by periods: what was on hand and came in one period rules the next period.

    What is left at the end of a period has that period's own ratio.
    """
    taken: dict[int, Drawn] = {}
    before: _AveragedPeriod | None = None
    for period in _period_numbers(stock, months):
        before = _one_period(stock, before, _in_period(period, months))
        taken |= before.taken
    return tuple(taken[place] for place in range(len(stock.withdrawals)))


def _one_period(
    stock: Stock, before: _AveragedPeriod | None, is_now: Callable[[date], bool]
) -> _AveragedPeriod:
    pool = before.closing if before else _Pool()
    for receipt in stock.receipts:
        pool = pool.joined(receipt) if is_now(receipt.on) else pool
    taken: dict[int, Drawn] = {}
    left = pool.quantity
    for place, withdrawal in enumerate(stock.withdrawals):
        if not is_now(withdrawal.on):
            continue
        if before is None or not before.pool.units:
            raise StockError(withdrawal=place, problem="no ratio of an earlier period is known")
        left -= Fraction(withdrawal.quantity)
        if left < 0:
            raise _shortage(place)
        taken[place] = before.pool.averaged(Fraction(withdrawal.quantity))
    return _AveragedPeriod(pool, taken, _Pool(pool.averaged(left)) if left else _Pool())


def closing_stock(stock: Stock, *, period_months: int) -> Drawn:
    """Say what is left after the last period, as the average by periods deems it.

    Raises:
        StockError: The withdrawals do not fit the stock.
    """
    state: _AveragedPeriod | None = None
    for period in _period_numbers(stock, period_months)[:-1]:
        state = _one_period(stock, state, _in_period(period, period_months))
    return state.closing.units if state else ()


def _period_numbers(stock: Stock, months: int) -> list[int]:
    """Number the periods in which something happened, and one more after the last."""
    days = chain((r.on for r in stock.receipts), (w.on for w in stock.withdrawals))
    numbers = {_period_of(day, months) for day in days}
    return sorted(numbers | {number + 1 for number in numbers})


def _in_period(number: int, months: int) -> Callable[[date], bool]:
    return lambda day: _period_of(day, months) == number


def _period_of(day: date, months: int) -> int:
    return (day.year * MONTHS_IN_YEAR + day.month - 1) // months


def _events(stock: Stock) -> list[_Event]:
    """Put everything in the order of days; on one day withdrawals go first unless told."""
    receipts: list[_Event] = list(enumerate(stock.receipts))
    withdrawals: list[_Event] = list(enumerate(stock.withdrawals))
    listed = receipts + withdrawals if stock.receipts_first else withdrawals + receipts
    return sorted(listed, key=lambda event: event[1].on)


def _portion(receipt: Receipt, units: Fraction) -> Portion:
    worth = receipt.unit_value
    return Portion(receipt.status, units, None if worth is None else units * Fraction(worth))


def _merged(portions: Iterable[Portion]) -> Drawn:
    """Add up what has one status."""
    merged: dict[Status, Portion] = {}
    for portion in portions:
        seen = merged.get(portion.status)
        merged[portion.status] = portion if seen is None else _sum(seen, portion)
    return tuple(merged.values())


def _sum(one: Portion, other: Portion) -> Portion:
    value = None if one.value is None or other.value is None else one.value + other.value
    return replace(one, quantity=one.quantity + other.quantity, value=value)


def _scaled(portion: Portion, factor: Fraction) -> Portion:
    value = None if portion.value is None else portion.value * factor
    return replace(portion, quantity=portion.quantity * factor, value=value)


def _shortage(place: int) -> StockError:
    return StockError(withdrawal=place, problem="takes more than was in stock")
