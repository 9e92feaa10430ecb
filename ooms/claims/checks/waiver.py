"""15. May a claim do without a proof: ruled on, listed, or small enough and not split?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, passes
from ooms.claims.terms import Unasked, Waiver

NAME = "waiver"


def check(case: Case) -> Checked | None:
    """Goods without a proof are ones that need none, or worth little enough, parts added up.

    An administration may still ask for a proof where it fears that duty is evaded: then somebody
    looks at the line for another check's sake.
    """
    if not case.is_unproved:
        return None
    unasked = case.terms.unasked_in(case.facts.country)
    return (_needless(case, unasked) if unasked else None) or _small(case)


def _needless(case: Case, unasked: Unasked) -> Checked | None:
    """Find what makes a proof needless: a ruling on the same goods, or the country's list."""
    ruling, line = case.facts.ruling, case.line
    facts = {"source": unasked.cited.source}
    if unasked.ruled and ruling is not None and ruling.origin == line.origin:
        detail = f"ruling {ruling.number} decided on their origin, which needs no proof"
        return passes(NAME, detail, facts | {"number": ruling.number})
    if not unasked.listed:
        return None
    listed = case.terms.goods.reach(
        agreement=case.agreement,
        country=case.facts.country,
        origin=line.origin,
        hs=line.hs,
        on=case.declared_on,
    ).unproved
    if listed is None:
        return None
    facts |= {"listed_code": listed.hs, "listed_goods": listed.name, "list": listed.source}
    if listed.part:
        detail = f"of {listed.hs} these goods need no proof: {listed.part}"
        return case.differs("RUL-WAIVER-PART", detail=detail, facts=facts)
    return passes(NAME, f"{listed.name} stands on the list of goods that need no proof", facts)


def _small(case: Case) -> Checked:
    line = case.line
    waiver = case.terms.waiver(case.agreement, country=case.facts.country)
    if waiver is None or line.value is None:
        what = "names no agreement with a waiver" if waiver is None else "names no value"
        detail = f"the claim has no proof and {what}"
        return case.differs("RUL-WAIVER-UNKNOWN", detail=detail, facts={})
    facts = {
        "value": f"{line.value:f} {line.currency}",
        "waiver": f"{waiver.amount:f} {waiver.currency}",
        "source": waiver.cited.source,
    }
    if line.currency != waiver.currency:
        detail = f"stated in {line.currency or 'no currency'}, the waiver is in {waiver.currency}"
        return case.differs("RUL-WAIVER-UNKNOWN", detail=detail, facts=facts)
    return _within(case, waiver, facts=facts)


def _within(case: Case, waiver: Waiver, *, facts: dict[str, str]) -> Checked:
    value = case.line.value
    assert value is not None
    if value > waiver.amount:
        detail = f"worth {value:f}, and only {waiver.amount:f} needs no proof"
        return case.differs("RUL-WAIVER-EXCEEDED", detail=detail, facts=facts)
    before = [one for one in case.facts.waived_before if one.currency == waiver.currency]
    together = value + sum(one.value for one in before)
    numbers = ", ".join(dict.fromkeys(one.declaration_number for one in before))
    facts |= {"together": f"{together:f}", "with": numbers}
    if together > waiver.amount:
        detail = f"worth {together:f} together with {numbers}; the waiver is {waiver.amount:f}"
        return case.differs("RUL-WAIVER-SPLIT", detail=detail, facts=facts)
    return passes(NAME, f"worth {value:f}, which needs no proof", facts)
