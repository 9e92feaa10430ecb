"""Fungible goods: which part of a consignment was made as the bill of materials says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ooms.agreements.policies import Inventory
from ooms.origin.cumulation import Standing
from ooms.origin.fungible import admits
from ooms.origin.hearing import Hearing
from ooms.origin.inventory import Portion, Stock, composition
from ooms.origin.trace import Finding, Question, Reason
from ooms.origin.truth import Truth

CRITERION = "fungible goods"


def taken_from_stock(hearing: Hearing) -> Finding | None:
    """Fungible goods: every unit of the consignment is deemed one that originates.

    Interpreted meaning: the rule is judged for the goods as made; the stock then says how many
    of them left. A consignment of both kinds does not originate as a whole, and the finding
    says how many of its units do.
    """
    stock = hearing.case.product.inventory
    if stock is None:
        return None
    standing = _admitted(stock, hearing)
    drawn = composition(stock)
    total = sum((portion.quantity for portion in drawn), Fraction(0))
    own = sum((p.quantity for p in drawn if _is_own(p, hearing)), Fraction(0))
    facts = (("own", _shown(own)), ("total", _shown(total)), ("method", stock.method.value))
    if standing.counts is not Truth.YES:
        return Finding(CRITERION, standing.counts, standing.because, questions=standing.questions)
    met = Truth.YES if own == total else Truth.NO
    return Finding(CRITERION, met, Reason("goods.stock", facts))


def _admitted(stock: Stock, hearing: Hearing) -> Standing:
    standing = admits(hearing.rule_set, stock, hearing.case)
    policy = hearing.rule_set.fungible
    if stock.method is Inventory.SPECIFIC or policy is None or policy.goods_too:
        return standing
    question = Question("inventory_method", Reason("ask.goods_apart"))
    because = Reason("goods.stock_of_materials_only")
    return replace(standing, counts=Truth.UNKNOWN, because=because, questions=(question,))


def _is_own(portion: Portion, hearing: Hearing) -> bool:
    origin = portion.status.origin
    is_here = origin is None or origin == hearing.case.exporting_party
    return portion.status.originating and is_here


def _shown(units: Fraction) -> str:
    """Write units for display: whole where they are whole, else to three digits."""
    return str(units.numerator) if units.denominator == 1 else f"{float(units):.3f}"
