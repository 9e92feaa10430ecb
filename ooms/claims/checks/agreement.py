"""3. Are the ends of the trade Parties of the agreement, and does it cover the goods?"""

from __future__ import annotations

from ooms.claims.goods import Listing, Reach
from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes

NAME = "agreement"


def check(case: Case) -> Checked | None:
    """Origin and both ends of the trade are Parties, declared alike; the goods are covered.

    Goods are excluded, or within a quota, by the lists of this country; a quota may also stand in
    the agreement's rule of origin.
    """
    held = case.held
    if held is None:
        return _unproved(case) if case.is_unproved and case.agreement else None
    facts = {
        "agreement": held.agreement,
        "origin": held.origin_country,
        "export": held.issuing_country,
        "import": held.import_country,
    }
    trade = held.origin_country, held.issuing_country, held.import_country
    return (
        _destination(case, held, facts=facts)
        or _parties(case, trade, facts=facts)
        or _declared(case, held, facts=facts)
        or _reached(case, held.origin_country, facts=facts)
        or passes(NAME, f"origin and trade lie within {held.agreement}", facts)
    )


def _unproved(case: Case) -> Checked:
    """Judge what needs no proof by what is declared."""
    origin, shipped_from = case.line.origin, case.about.journey.export_country
    facts = {"agreement": case.agreement, "origin": origin, "export": shipped_from}
    return (
        _parties(case, (origin, shipped_from), facts=facts)
        or _reached(case, origin, facts=facts)
        or passes(NAME, f"declared origin and trade lie within {case.agreement}", facts)
    )


def _destination(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    here = case.facts.country
    if here and held.import_country not in ("", here):
        detail = f"certified for {held.import_country}, claimed in {here}"
        return case.differs("RUL-DESTINATION", detail=detail, facts=facts)
    return None


def _parties(case: Case, trade: tuple[str, ...], *, facts: dict[str, str]) -> Checked | None:
    parties = case.facts.parties
    outside = [one for one in trade if one and one not in parties]
    if parties and outside:
        detail = f"{', '.join(dict.fromkeys(outside))} is no Party of {case.agreement}"
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


def _reached(case: Case, origin: str, *, facts: dict[str, str]) -> Checked | None:
    reach = case.terms.goods.reach(
        agreement=case.agreement,
        country=case.facts.country,
        origin=origin,
        hs=case.line.hs,
        on=case.declared_on,
    )
    return _covered(case, reach, facts=facts) or _quota(case, reach, facts=facts)


def _covered(case: Case, reach: Reach, *, facts: dict[str, str]) -> Checked | None:
    """Find goods that the agreement's rate does not reach, or only in some national lines."""
    row, finer = reach.standing, reach.finer
    if finer is not None:
        facts |= {"listed_code": finer.hs, "listed_goods": finer.name, "list": finer.source}
        detail = f"{finer.hs} is covered, other goods of {case.line.hs} are not"
        if finer.listing is Listing.EXCLUDED:
            detail = f"{finer.hs} is excluded, other goods of {case.line.hs} are not"
        return case.differs("RUL-NATIONAL-LINE", detail=detail, facts=facts)
    if row is None or row.listing is Listing.COVERED:
        return None
    facts |= {"listed_code": row.hs, "listed_goods": row.name, "list": row.source}
    if row.part:
        detail = f"of {row.hs} these goods are excluded: {row.part}"
        return case.differs("RUL-EXCLUDED-PART", detail=detail, facts=facts)
    detail = f"{row.name} is excluded from the rate of the agreement"
    return case.differs("RUL-EXCLUDED", detail=detail, facts=facts)


def _quota(case: Case, reach: Reach, *, facts: dict[str, str]) -> Checked | None:
    """Ask for a licence where the rate, or every way to origin, lies within a quota."""
    line, admissible = case.line, case.facts.admissible
    of_rule = admissible.quotas if admissible else None
    if of_rule is not None and of_rule.names:
        facts |= {"quota_of_rule": ", ".join(of_rule.names)}
    of_rate = reach.quota
    if of_rate is not None:
        facts |= {"quota": of_rate.part or of_rate.name, "quota_source": of_rate.source}
    if line.quota_licence:
        facts |= {"quota_licence": line.quota_licence}
        return None
    is_bound = of_rule is not None and of_rule.always
    if of_rate is None and not is_bound:
        return None
    names = facts["quota"] if of_rate else facts["quota_of_rule"]
    detail = f"a licence or allotment of the quota {names} is needed, and none is stated"
    return case.differs("RUL-QUOTA", detail=detail, facts=facts)
