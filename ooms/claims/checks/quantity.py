"""8. Is enough of the item left, in whatever unit it is declared?"""

from __future__ import annotations

from fractions import Fraction

from ooms.claims.held import HeldItem
from ooms.claims.model import Case, Checked, passes
from ooms.ledger.model import NOTHING

NAME = "quantity"

_WHOLE = Fraction(1)


def check(case: Case) -> Checked | None:
    """All declarations together take no more of an item than was certified, and its tolerance.

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
    return _weight(case, facts=facts) or passes(NAME, _words(case, left), facts)


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
