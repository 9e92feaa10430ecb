"""15. Is a claim without a proof small enough, and not split?"""

from __future__ import annotations

from ooms.claims.declaration import ProofType
from ooms.claims.model import Case, Checked, passes
from ooms.claims.terms import Waiver

NAME = "waiver"


def check(case: Case) -> Checked | None:
    """Goods without a proof are worth at most what the agreement lets in, parts added up."""
    proof = case.proof
    stated = proof is not None and proof.kind is ProofType.WAIVED
    if not stated and case.line.certificate_number:
        return None
    waiver, line = case.terms.waivers.get(case.agreement), case.line
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
