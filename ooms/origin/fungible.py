"""Fungible materials: a line kept as stock becomes its originating and its foreign part."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from ooms.agreements.model import RuleSet
from ooms.agreements.policies import Inventory
from ooms.kernel.quantity import EXACT, MAX_FRACTION_DIGITS
from ooms.origin.cumulation import AUTHORIZED_KEY, Standing
from ooms.origin.facts import Case, Material
from ooms.origin.inventory import Portion, Stock, composition
from ooms.origin.trace import Question, Reason
from ooms.origin.truth import Truth, truth_of

_LAST_DIGIT = Decimal(1).scaleb(-MAX_FRACTION_DIGITS)


def admits(rule_set: RuleSet, stock: Stock, case: Case) -> Standing:
    """Say whether the agreement lets a stock be told apart by its method.

    Note: lots that are kept apart need no method and no authorization.
    """
    facts = (("method", stock.method.value),)
    if stock.method is Inventory.SPECIFIC:
        return Standing(Truth.YES, Reason("origin.stock", facts))
    policy = rule_set.fungible
    if policy is None or stock.method not in policy.methods:
        question = Question("inventory_method", Reason("ask.inventory_method", facts))
        return Standing(Truth.UNKNOWN, Reason("origin.stock_method", facts), (question,))
    if not policy.authorization:
        return Standing(Truth.YES, Reason("origin.stock", facts))
    said = truth_of(case.answer(AUTHORIZED_KEY))
    if said is Truth.YES:
        return Standing(said, Reason("origin.stock", facts))
    question = Question(AUTHORIZED_KEY, Reason("ask.inventory_authorized"))
    asked = (question,) if said is Truth.UNKNOWN else ()
    return Standing(said, Reason("origin.stock_not_authorized", facts), asked)


def parts_of(material: Material, stock: Stock) -> tuple[Material, ...]:
    """Split a line into what originates, here or in another country, and what does not.

    Values are those of the receipts, or the line's own in the ratio of units where a receipt
    has none; weight follows the units. A share without end is rounded in its last digit, against
    the good: what is foreign up, what originates down.
    """
    drawn = composition(stock)
    whole = sum((portion.quantity for portion in drawn), Fraction(0))
    is_valued = all(portion.value is not None for portion in drawn)
    values = [portion.value if is_valued else None for portion in drawn]
    return tuple(
        _part(material, replace(portion, quantity=portion.quantity / whole, value=value))
        for portion, value in zip(drawn, values, strict=True)
    )


def untold(material: Material, stock: Stock) -> Material:
    """Give a line as one, for a stock whose method does not tell its units apart."""
    values = [portion.value for portion in composition(stock)]
    known = [value for value in values if value is not None]
    value = material.value
    if len(known) == len(values):
        value = _decimal(sum(known, Fraction(0)), is_foreign=True)
    return replace(material, value=value, inventory=None)


def _part(material: Material, share: Portion) -> Material:
    status, is_foreign = share.status, not share.status.originating
    value = _split(material.value, share.quantity, is_foreign=is_foreign)
    if share.value is not None:
        value = _decimal(share.value, is_foreign=is_foreign)
    return replace(
        material,
        originating=status.originating,
        origin=status.origin,
        value=value,
        weight=_split(material.weight, share.quantity, is_foreign=is_foreign),
        inventory=None,
    )


def _split(amount: Decimal | None, share: Fraction, *, is_foreign: bool) -> Decimal | None:
    return None if amount is None else _decimal(Fraction(amount) * share, is_foreign=is_foreign)


def _decimal(exact: Fraction, *, is_foreign: bool) -> Decimal:
    """Write a share with the digits that amounts have; only an endless one is rounded."""
    rounding = ROUND_CEILING if is_foreign else ROUND_FLOOR
    with localcontext(EXACT):
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        return quotient.quantize(_LAST_DIGIT, rounding).normalize()
