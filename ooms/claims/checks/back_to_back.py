"""13. Does a back-to-back certificate stand on first certificates that carry it?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ooms.claims.held import FirstReference, Held
from ooms.claims.model import Case, Checked, passes
from ooms.ledger.model import NOTHING

NAME = "back_to_back"

_AVAILABLE = "AVAILABLE"
_WHOLE = Fraction(1)


def check(case: Case) -> Checked | None:
    """Its first certificates are named, stand, outlive it, and carry what it passes on.

    A first certificate that this office never received is judged by what the second one states.
    """
    held = case.held
    if held is None:
        return None
    facts = {"certified": str(held.is_back_to_back).lower()}
    proof = case.proof
    stated = proof.back_to_back if proof else None
    if stated is not None and stated != held.is_back_to_back:
        says = "is" if held.is_back_to_back else "is not"
        detail = f"the certificate {says} back-to-back, the declaration says otherwise"
        return case.differs("REF-BACK-TO-BACK", detail=detail, facts=facts)
    if not held.is_back_to_back:
        return None
    if not held.firsts:
        detail = "names no first certificate"
        return case.differs("LIN-FIRST-MISSING", detail=detail, facts=facts)
    facts |= {"first": ", ".join(one.number for one in held.firsts)}
    known = (held.issuing_country, *(one.country for one in held.firsts))
    if proof and proof.back_to_back_country and proof.back_to_back_country not in known:
        detail = f"stated to come by {proof.back_to_back_country}, certified {', '.join(known)}"
        facts |= {"stated_country": proof.back_to_back_country}
        return case.differs("REF-BACK-TO-BACK", detail=detail, facts=facts)
    judged = (one for one in _judged(case, held, facts=facts) if one is not None)
    return next(judged, None) or passes(NAME, "its first certificates carry it", facts)


def _judged(case: Case, held: Held, *, facts: dict[str, str]) -> Iterator[Checked | None]:
    yield _intermediate(case, held, facts=facts)
    yield _outlives(case, held, facts=facts)
    received = {one.number_key: one for one in case.facts.firsts}
    for reference in held.firsts:
        first = received.get(reference.number_key)
        if first is not None:
            yield _stands(case, first, facts=facts)
            yield _carries(case, reference, first, facts=facts)


def _intermediate(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    country, parties = held.issuing_country, case.facts.parties
    if parties and country not in parties:
        detail = f"{country} is no Party of {held.agreement}"
    elif country == held.origin_country:
        detail = f"{country} is where the goods originate, not a country between"
    else:
        return None
    return case.differs("LIN-FIRST-OUTSIDE", detail=detail, facts=facts)


def _outlives(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    """Its end is at most the earliest end among its first certificates."""
    received = {one.number_key: one.valid_until for one in case.facts.firsts}
    ends = [received.get(one.number_key, one.valid_until) for one in held.firsts]
    earliest = min((one for one in ends if one is not None), default=None)
    if earliest is None:
        return None
    facts |= {"earliest_first": earliest.isoformat(), "valid_until": held.valid_until.isoformat()}
    if held.issued_on > earliest:
        detail = f"issued on {held.issued_on}, after a first certificate ended on {earliest}"
    elif held.valid_until > earliest:
        detail = f"valid until {held.valid_until}, a first certificate until {earliest}"
    else:
        return None
    return case.differs("RUL-FIRST-EXPIRED", detail=detail, facts=facts)


def _stands(case: Case, first: Held, *, facts: dict[str, str]) -> Checked | None:
    if first.state == _AVAILABLE:
        return None
    detail = f"the first certificate {first.number} is {first.state.lower()}"
    return case.differs("LIN-FIRST-STATE", detail=detail, facts=facts)


def _carries(
    case: Case, reference: FirstReference, first: Held, *, facts: dict[str, str]
) -> Checked | None:
    shares: dict[int, dict[int, Fraction]] = {}
    for taken in reference.taken:
        item = first.item(taken.first_item_no)
        lot = item.quantities if item else {}
        share = case.terms.share(taken.quantity, taken.unit, lot=lot)
        # Several units of one item measure the same goods; several items take from one together.
        by_item = shares.setdefault(taken.first_item_no, {})
        by_item[taken.item_no] = max(by_item.get(taken.item_no, NOTHING), share or NOTHING)
        if share is None or sum(by_item.values()) > _WHOLE:
            had = ", ".join(f"{amount:f} {unit}" for unit, amount in lot.items())
            what = f"{taken.quantity:f} {taken.unit} of item {taken.first_item_no}"
            more = " together with other items" if len(by_item) > 1 else ""
            detail = f"{what} of {first.number}{more}, which had {had or 'no such item'}"
            return case.differs("LED-FIRST-EXCEEDED", detail=detail, facts=facts)
    return None
