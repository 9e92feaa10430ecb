"""Are the goods declared under the heading that the certificate names?"""

from __future__ import annotations

from ooms.claims.model import Case, Checked, Outcome

NAME = "classification"

_SIX = 6


def check(case: Case) -> Checked | None:
    """Declared and certified codes share their first six digits.

    Another code for the same goods is a question, no refusal of origin (ATIGA OCP rule 16).
    """
    item = case.item
    if item is None:
        return None
    declared, certified = case.line.hs[:_SIX], item.hs[:_SIX]
    facts = {"declared": declared, "certified": certified}
    if declared == certified:
        return Checked(NAME, Outcome.PASS, f"both say {certified}", facts)
    detail = f"declared {declared}, certified {certified}"
    return Checked(NAME, Outcome.QUERY, detail, facts, code="REF-HS")
