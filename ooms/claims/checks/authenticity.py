"""2. Is the certificate by whom, and of the day, that is stated?"""

from __future__ import annotations

import re

from ooms.claims import minor
from ooms.claims.declaration import Proof
from ooms.claims.facts import LimitKind
from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes

NAME = "authenticity"


def check(case: Case) -> Checked | None:
    """Issuer and day of issue are as stated, and an approved exporter's number is one.

    Note: the partner's signature over the message, and that the body may issue, were judged when
    it came; what verifications say of the certificate since then is asked here.
    """
    held = case.held
    if held is None:
        return None
    facts = {"sealed_by": held.partner, "issued_on": held.issued_on.isoformat()}
    if held.issuer is not None:
        facts |= {"issuer": held.issuer.name, "issuer_country": held.issuer.country}
    doubted = _doubted(case, facts=facts) or _issuer(case, held, facts=facts)
    return doubted or _stated(case, held, facts=facts)


def _doubted(case: Case, *, facts: dict[str, str]) -> Checked | None:
    doubts = [one for one in case.facts.limits if one.kind is LimitKind.DOUBTED_CERTIFICATE]
    if not doubts:
        return None
    facts |= {f"verification_{no}": one.reference for no, one in enumerate(doubts, start=1)}
    return case.differs("REF-ISSUER", detail="; ".join(one.about for one in doubts), facts=facts)


def _issuer(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    issuer = held.issuer
    if issuer is not None and issuer.country not in ("", held.issuing_country):
        detail = f"issued in {issuer.country}, for goods exported from {held.issuing_country}"
        return case.differs("REF-ISSUER", detail=detail, facts=facts)
    return None


def _stated(case: Case, held: Held, *, facts: dict[str, str]) -> Checked:
    proof = case.proof
    if proof is None:
        return passes(NAME, "sealed by the partner; nothing else is stated of it", facts)
    if proof.issued_on is not None and proof.issued_on != held.issued_on:
        detail = f"stated to be issued on {proof.issued_on}, issued on {held.issued_on}"
        facts |= {"stated_issued_on": proof.issued_on.isoformat()}
        return case.differs("REF-ISSUED-ON", detail=detail, facts=facts)
    if proof.issuer and held.issuer is not None:
        likened = minor.names(proof.issuer, held.issuer.name, minor=case.terms.minor)
        if not likened.alike:
            detail = f"stated issuer {proof.issuer}, certified {held.issuer.name}"
            facts |= {"stated_issuer": proof.issuer}
            return case.differs("REF-ISSUER", detail=detail, facts=facts)
    return _approved(case, proof, facts=facts) or passes(NAME, "issuer and day as stated", facts)


def _approved(case: Case, proof: Proof, *, facts: dict[str, str]) -> Checked | None:
    number = proof.approved_exporter_number
    if not proof.approved_exporter and not number:
        return None
    facts |= {"approved_exporter_number": number}
    country = case.held.issuing_country if case.held else ""
    pattern = case.terms.pattern(case.agreement, country)
    if not number or (pattern and not re.fullmatch(pattern.pattern, number)):
        wanted = f"; {country} writes {pattern.pattern}" if pattern else ""
        detail = f"{number or 'no number'} is no number of an approved exporter{wanted}"
        return case.differs("REF-APPROVED-NUMBER", detail=detail, facts=facts)
    approved = case.facts.approved
    if approved is not None and not approved.holds:
        return case.differs("AUT-APPROVED", detail=approved.detail, facts=facts)
    return None
