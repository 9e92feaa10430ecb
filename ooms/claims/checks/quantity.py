"""8. Is enough of the item left, in whatever unit it is declared, and of what it is worth?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from ooms.claims.held import HeldItem
from ooms.claims.model import HOLDING, Case, Checked, passes
from ooms.kernel.money import Money
from ooms.ledger.model import NOTHING

NAME = "quantity"

_WHOLE = Fraction(1)


def check(case: Case) -> Checked | None:
    """All declarations together take no more of an item than was certified, and its tolerance.

    So with what the goods are worth, which is asked about only: the ledger counts quantities.

    Lines of one declaration are served in their order: those before this one count as taken.
    """
    item, line, terms = case.item, case.line, case.terms
    if item is None:
        return None
    share = terms.share(line.quantity, line.unit, lot=item.quantities)
    if share is None:
        facts = {"unit": line.unit, "certified_units": ", ".join(sorted(item.quantities))}
        detail = f"the item is not measured in {line.unit}"
        return case.differs("LED-UNIT", detail=detail, facts=facts)
    used = case.used_share + case.taken_before
    facts = _amounts(case, item, used=used)
    over = used + share - _WHOLE - case.facts.tolerance
    if over > 0:
        unit = terms.unit(line.unit)
        too_much = terms.units.amount(item.quantities, over, unit=unit)
        detail = f"claimed {line.quantity:f} {line.unit}, left {facts['left']}"
        if case.taken_before:
            detail += " behind the lines before it"
        detail += f"; {too_much:f} {unit} too much"
        return case.differs("LED-EXCEEDED", detail=detail, facts=facts | {"over": f"{too_much:f}"})
    left = f"{facts['left']} {facts['unit']}"
    return (
        _weight(case, facts=facts)
        or _value(case, item, facts=facts)
        or passes(NAME, _words(case, left) + _apart(case, item), facts)
    )


def _amounts(case: Case, item: HeldItem, *, used: Fraction) -> dict[str, str]:
    """Show in the declared unit what is claimed, what was certified, and what is left of it."""
    unit = case.terms.unit(case.line.unit)
    shares = {"left": max(NOTHING, _WHOLE - used), "certified": _WHOLE}
    if case.taken_before:
        shares["lines_before"] = case.taken_before
    amounts = {
        what: f"{case.terms.units.amount(item.quantities, share, unit=unit):f}"
        for what, share in shares.items()
    }
    return {"claimed": f"{case.line.quantity:f}", "unit": unit} | amounts


def _words(case: Case, left: str) -> str:
    item, written = case.item, case.line.unit
    assert item is not None
    if written in item.quantities:
        return f"{left} were left"
    certified = ", ".join(sorted(item.quantities))
    return f"{left} were left; minor discrepancy: unit, declared {written}, certified {certified}"


def _weight(case: Case, *, facts: dict[str, str]) -> Checked | None:
    """The net weight that the claim covers is at most the certificate's."""
    proof = case.proof
    if proof is None or proof.net_weight is None or proof.total_net_weight is None:
        return None
    covered, total = proof.net_weight, proof.total_net_weight
    facts |= {"net_weight": f"{covered:f}", "total_net_weight": f"{total:f}"}
    if covered <= total:
        return None
    detail = f"{covered:f} claimed of a net weight of {total:f}"
    return case.differs("LED-WEIGHT", detail=detail, facts=facts)


def _value(case: Case, item: HeldItem, *, facts: dict[str, str]) -> Checked | None:
    """What the lines that use the item are worth together lies within what was certified of it.

    A surplus is allowed for, since a declared value may include freight and insurance.
    """
    worth, certified = case.line.worth, item.worth
    if worth is None or certified is None or _apart(case, item):
        return None
    before = _together(case.worth_before, worth.currency)
    elsewhere = _together((one.worth for one in case.facts.same_item), worth.currency)
    together = (worth + before + elsewhere).rounded_up()
    most = _most(case, certified)
    facts |= {"declared_value": worth.text, "certified_value": certified.text}
    facts |= _used(case, before=before, elsewhere=elsewhere)
    if together.amount <= most.amount:
        return None
    facts["most_value"] = most.text
    detail = (
        f"worth {together.text} in all, certified {certified.text}; "
        f"with freight and insurance at most {most.text}"
    )
    return case.differs("LED-VALUE", detail=detail, facts=facts)


def _most(case: Case, certified: Money) -> Money:
    surplus = case.terms.surplus(case.agreement)
    part = surplus.part if surplus else Decimal(0)
    return Money(certified.amount * (1 + part), certified.currency).rounded_up()


def _used(case: Case, *, before: Money, elsewhere: Money) -> dict[str, str]:
    """Show what else of the item is counted, and how many uses state no value to count."""
    holding = [one.worth for one in case.facts.same_item if one.decision in HOLDING]
    unknown = [one for one in holding if one is None or one.currency != elsewhere.currency]
    shown = {
        "value_before": before.rounded_up().text if before.amount else "",
        "value_elsewhere": elsewhere.rounded_up().text if elsewhere.amount else "",
        "uses_without_value": str(len(unknown)) if unknown else "",
    }
    return {name: said for name, said in shown.items() if said}


def _apart(case: Case, item: HeldItem) -> str:
    """Say why a declared value cannot be held against the certified one, if it cannot."""
    worth, certified, held = case.line.worth, item.worth, case.held
    if worth is None or certified is None:
        return ""
    if held is not None and held.third_country_invoice:
        return "; value not compared: a third country's trader invoiced"
    if worth.currency != certified.currency:
        return (
            f"; value not compared: declared in {worth.currency}, certified in {certified.currency}"
        )
    return ""


def _together(given: Iterable[Money | None], currency: str) -> Money:
    """Add up what is stated in a currency; the rest cannot be counted."""
    stated = (one.amount for one in given if one is not None and one.currency == currency)
    return Money(sum(stated, Decimal(0)), currency)
