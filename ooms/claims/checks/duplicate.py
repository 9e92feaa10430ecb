"""14. Is the item, or the invoice, not used elsewhere by others?"""

from __future__ import annotations

from ooms.claims import minor
from ooms.claims.facts import OtherUse
from ooms.claims.model import Case, Checked, passes

NAME = "duplicate"

_SIX = 6


def check(case: Case) -> Checked | None:
    """Others do not use the item, and its invoice proves these goods once.

    Several declarations of one importer may share an item: then the ledger alone decides.
    """
    held = case.held
    if held is None:
        return None
    same, invoiced = case.facts.same_item, _of_invoice(case)
    facts = {
        "declarations": ", ".join(dict.fromkeys(one.declaration_number for one in same)),
        "offices": ", ".join(dict.fromkeys(one.office for one in same if one.office)),
    }
    judged = _importers(case, same, facts=facts) or _divided(case, same, facts=facts)
    if judged is not None:
        return judged
    if invoiced:
        other = invoiced[0]
        facts |= {"other_certificate": other.certificate_number, "other_agreement": other.agreement}
        detail = (
            f"declaration {other.declaration_number} claims the same invoice and goods on "
            f"certificate {other.certificate_number} ({other.agreement})"
        )
        return case.differs("DUP-INVOICE", detail=detail, facts=facts)
    detail = "shared with the importer's other declarations" if same else "used nowhere else"
    return passes(NAME, detail, facts)


def _importers(case: Case, same: tuple[OtherUse, ...], *, facts: dict[str, str]) -> Checked | None:
    importer = case.about.importer
    if importer is None:
        return None
    for one in same:
        known = one.importer
        if known and not minor.names(importer.name, known, minor=case.terms.minor).alike:
            detail = f"declaration {one.declaration_number} of {known} claims the item too"
            facts |= {"other_importer": known}
            return case.differs("DUP-IMPORTER", detail=detail, facts=facts)
    return None


def _divided(case: Case, same: tuple[OtherUse, ...], *, facts: dict[str, str]) -> Checked | None:
    proof = case.proof
    if not same or proof is None or proof.divided is not False:
        return None
    detail = f"used in {facts['declarations']}, and declared to be imported at once"
    return case.differs("DUP-NOT-DIVIDED", detail=detail, facts=facts)


def _of_invoice(case: Case) -> tuple[OtherUse, ...]:
    held, hs6 = case.held, case.line.hs[:_SIX]
    assert held is not None
    own = held.agreement, held.number
    return tuple(
        one
        for one in case.facts.same_invoice
        if one.hs6 == hs6 and (one.agreement, one.certificate_number) != own
    )
