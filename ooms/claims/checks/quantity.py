"""8. Is enough of the item left, in whatever unit it is declared?"""

from __future__ import annotations

from fractions import Fraction

from ooms.claims.model import Case, Checked, passes

NAME = "quantity"

_WHOLE = Fraction(1)


def check(case: Case) -> Checked | None:
    """All declarations together take no more of an item than was certified, and its tolerance."""
    item, line, terms = case.item, case.line, case.terms
    if item is None:
        return None
    share = terms.share(line.quantity, line.unit, lot=item.quantities)
    unit = terms.unit(line.unit)
    if share is None:
        facts = {"unit": line.unit, "certified_units": ", ".join(sorted(item.quantities))}
        detail = f"the item is not measured in {line.unit}"
        return case.differs("LED-UNIT", detail=detail, facts=facts)
    left = terms.units.amount(item.quantities, _WHOLE - case.used_share, unit=unit)
    whole = terms.units.amount(item.quantities, _WHOLE, unit=unit)
    facts = {
        "claimed": f"{line.quantity:f}",
        "left": f"{left:f}",
        "certified": f"{whole:f}",
        "unit": unit,
    }
    if case.used_share + share > _WHOLE + case.facts.tolerance:
        detail = f"claimed {line.quantity:f} {line.unit}, left {left:f}"
        return case.differs("LED-EXCEEDED", detail=detail, facts=facts)
    return _weight(case, facts=facts) or passes(NAME, _words(case, f"{left:f} {unit}"), facts)


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
