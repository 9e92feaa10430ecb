"""3. Are the origin and both ends of the trade Parties of the agreement?"""

from __future__ import annotations

from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes

NAME = "agreement"


def check(case: Case) -> Checked | None:
    """Origin, country of export and country of import are Parties, and are declared alike."""
    held = case.held
    if held is None:
        return None
    facts = {
        "agreement": held.agreement,
        "origin": held.origin_country,
        "export": held.issuing_country,
        "import": held.import_country,
    }
    return (
        _destination(case, held, facts=facts)
        or _parties(case, held, facts=facts)
        or _declared(case, held, facts=facts)
        or passes(NAME, f"origin and trade lie within {held.agreement}", facts)
    )


def _destination(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    here = case.facts.country
    if here and held.import_country not in ("", here):
        detail = f"certified for {held.import_country}, claimed in {here}"
        return case.differs("RUL-DESTINATION", detail=detail, facts=facts)
    return None


def _parties(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    parties = case.facts.parties
    named = (held.origin_country, held.issuing_country, held.import_country)
    outside = [one for one in named if one and one not in parties]
    if parties and outside:
        detail = f"{', '.join(dict.fromkeys(outside))} is no Party of {held.agreement}"
        return case.differs("RUL-PARTY", detail=detail, facts=facts)
    return None


def _declared(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    item, declared = case.item, case.line.origin
    certified = (item.origin if item else "") or held.origin_country
    if declared and certified and declared != certified:
        detail = f"declared origin {declared}, certified {certified}"
        return case.differs("REF-ORIGIN", detail=detail, facts=facts | {"declared": declared})
    shipped_from = case.about.journey.export_country
    if shipped_from and shipped_from != held.issuing_country:
        detail = f"declared to be exported from {shipped_from}, certified {held.issuing_country}"
        return case.differs("REF-ORIGIN", detail=detail, facts=facts | {"declared": shipped_from})
    return None
