"""Puts a stock together as a determination case takes it: which lots, which withdrawal, how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ooms.materials.model import Election, Kept, Lot, Withdrawal

#: Tells whether a lot is shown to originate, for the case at hand.
Shown = Callable[[Lot], bool]


class StockProblemError(ValueError):
    """What is kept of a material does not answer what a case asks; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a line of a bill needs of a material: so many units a good, for goods of a day."""

    quantity: Decimal
    on: date
    product: str | None
    #: The currency of the price; None where no price is stated.
    currency: str | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A stock in the format of a case, the lots of its receipts in order, and what was elected."""

    inventory: dict[str, Any]
    lots: tuple[Lot, ...]
    elections: tuple[Election, ...]


def draw(kept: Kept, need: Need, *, is_shown: Shown) -> Drawing:
    """Put the stock together that the goods of a day were made from.

    1. Take the last withdrawal for the product up to the day; it is what the case is about.
    2. Find the method of its fiscal year, and the first day from which that method counts.
    3. Take the lots and withdrawals from then on, each lot at its value in the case's currency.

    Raises:
        StockProblemError: something is not stated; the text says what.

    """
    last = _withdrawal(kept, need)  # 1
    elections, since = _counting(kept, last.taken_on)  # 2
    lots = [one for one in kept.lots if since <= one.received_on <= last.taken_on]
    currency = need.currency or _only_currency(kept, lots)
    taken = [*_before(kept.withdrawals, last, since), last]
    inventory: dict[str, Any] = {  # 3
        "method": elections[-1].method.value,
        "receipts": [
            _receipt(one, _value(one, currency, kept), originates=is_shown(one)) for one in lots
        ],
        "withdrawals": [_withdrawn(one) for one in taken],
        "quantity": format(need.quantity, "f"),
        "receipts_first": elections[-1].receipts_first,
    }
    if elections[-1].period_months is not None:
        inventory["period_months"] = elections[-1].period_months
    return Drawing(inventory, tuple(lots), elections)


def _withdrawal(kept: Kept, need: Need) -> Withdrawal:
    part = kept.material.part_number
    fitting = [
        one
        for one in kept.withdrawals
        if one.taken_on <= need.on and one.product in (None, need.product)
    ]
    if not fitting:
        problem = f"nothing was taken of {part} up to {need.on}; record the withdrawal"
        raise StockProblemError(problem)
    last = max(fitting, key=lambda one: (one.taken_on, one.id))
    if need.quantity > last.quantity:
        problem = (
            f"the withdrawal of {part} on {last.taken_on} took {last.quantity}, one good needs "
            f"{need.quantity}; correct the line or record the withdrawal for these goods"
        )
        raise StockProblemError(problem)
    return last


def _before(
    withdrawals: Iterable[Withdrawal], last: Withdrawal, since: date
) -> tuple[Withdrawal, ...]:
    """Return what was taken before the last one, in the order of days and of records."""
    place = (last.taken_on, last.id)
    earlier = [one for one in withdrawals if since <= one.taken_on]
    earlier = [one for one in earlier if (one.taken_on, one.id) < place]
    return tuple(sorted(earlier, key=lambda one: (one.taken_on, one.id)))


def _counting(kept: Kept, day: date) -> tuple[tuple[Election, ...], date]:
    """Walk back from the year of a day for as long as the stock was kept in the same way."""
    part = kept.material.part_number
    current = _election(kept, day)
    if current is None:
        problem = f"elect the inventory method of {part} for the fiscal year of {day}"
        raise StockProblemError(problem)
    walked = [current]
    while True:
        first = walked[0]
        if any(one.is_opening and one.received_on == first.starts_on for one in kept.lots):
            return tuple(walked), first.starts_on
        if not any(one.received_on < first.starts_on for one in kept.lots):
            return tuple(walked), date.min
        before = _election(kept, first.starts_on - timedelta(days=1))
        if before is None or not before.same_way(first):
            problem = (
                f"{part} was kept otherwise before {first.starts_on}: record what was on hand "
                "on that day as opening lots"
            )
            raise StockProblemError(problem)
        walked.insert(0, before)


def _election(kept: Kept, day: date) -> Election | None:
    return next((one for one in kept.elections if one.year.contains(day)), None)


def _only_currency(kept: Kept, lots: list[Lot]) -> str:
    currencies = sorted({one.currency for one in lots})
    if len(currencies) > 1:
        problem = (
            f"the lots of {kept.material.part_number} are in {', '.join(currencies)}: state the "
            "price of the good, so that its currency is known"
        )
        raise StockProblemError(problem)
    return currencies[0] if currencies else ""


def _value(lot: Lot, currency: str, kept: Kept) -> Decimal:
    value = lot.unit_value(currency)
    if value is None:
        problem = (
            f"lot {lot.number} of {kept.material.part_number} is priced in {lot.currency}: state "
            f"what a unit is worth in {currency}, the currency of the case"
        )
        raise StockProblemError(problem)
    return value


def _receipt(lot: Lot, value: Decimal, *, originates: bool) -> dict[str, Any]:
    # What was on hand when the year began was there before anything was taken on that day.
    on = lot.received_on - timedelta(days=1) if lot.is_opening else lot.received_on
    receipt: dict[str, Any] = {
        "on": on.isoformat(),
        "quantity": format(lot.quantity, "f"),
        "unit_value": format(value, "f"),
        "originating": originates,
        "lot": lot.number,
    }
    return receipt | ({"origin": lot.country} if originates else {})


def _withdrawn(one: Withdrawal) -> dict[str, Any]:
    taken = {"on": one.taken_on.isoformat(), "quantity": format(one.quantity, "f")}
    return taken | ({"lot": one.lot} if one.lot else {})
