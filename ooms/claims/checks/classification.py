"""6. Is the declared subheading one that the certified one may be in its edition?"""

from __future__ import annotations

from ooms.claims import minor
from ooms.claims.held import HeldItem
from ooms.claims.model import Case, Checked, passes

NAME = "classification"

_SIX = 6


def check(case: Case) -> Checked | None:
    """Declared and certified codes share their first six digits, through the editions' tables.

    Another code for the same goods is a question, no refusal of origin (ATIGA OCP rule 16(2)).
    """
    item = case.item
    if item is None:
        return None
    declared, certified = case.line.hs[:_SIX], item.hs[:_SIX]
    facts = {"declared": declared, "certified": certified} | _described(case, item)
    correlated = case.facts.correlated
    if correlated is None or correlated.source == correlated.target:
        if declared == certified:
            return passes(NAME, f"both say {certified}", facts)
        return case.differs("REF-HS", detail=_dispute(declared, certified), facts=facts)
    facts |= {"certified_edition": str(correlated.source), "edition": str(correlated.target)}
    if correlated.candidates is None:
        detail = f"{_dispute(declared, certified)}; no table leads from {correlated.source} there"
        same = declared == certified
        said = f"both say {certified}, of editions that no table joins"
        return (
            passes(NAME, said, facts)
            if same
            else case.differs("REF-HS", detail=detail, facts=facts)
        )
    named = ", ".join(correlated.candidates)
    facts |= {"candidates": named}
    if declared in correlated.candidates:
        detail = f"{certified} of {correlated.source} may be {declared} in {correlated.target}"
        return passes(NAME, detail, facts)
    detail = f"{_dispute(declared, certified)}; in {correlated.target} it may be {named or 'none'}"
    return case.differs("REF-HS", detail=detail, facts=facts)


def _dispute(declared: str, certified: str) -> str:
    return f"declared {declared}, certified {certified}"


def _described(case: Case, item: HeldItem) -> dict[str, str]:
    """Say whether the words for the goods are one: then only their classification is disputed."""
    declared, certified = case.line.description, item.description
    if not declared or not certified:
        return {}
    likened = minor.descriptions(declared, certified, minor=case.terms.minor)
    return {"same_description": str(likened.alike).lower()}
