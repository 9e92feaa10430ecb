"""2. Is the certificate by whom, and of the day, that is stated, and are its numbers ones?"""

from __future__ import annotations

from collections.abc import Iterator

from ooms.claims import minor
from ooms.claims.declaration import Proof, bare
from ooms.claims.facts import LimitKind
from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes
from ooms.claims.terms import NumberPattern

NAME = "authenticity"


def check(case: Case) -> Checked | None:
    """Issuer and day of issue are as stated, and the numbers are written as the country's are.

    Note: the partner's signature over the message was judged when it came, and stands for seal and
    signature on paper; what verifications say of the certificate since then is asked here.
    """
    held = case.held
    if held is None:
        return None
    facts = {"sealed_by": held.partner, "issued_on": held.issued_on.isoformat()}
    if held.issuer is not None:
        facts |= {"issuer": held.issuer.name, "issuer_country": held.issuer.country}
    notes = list(_unconfirmed(case, held))
    return (
        _doubted(case, facts=facts)
        or _issuer(case, held, facts=facts)
        or _listed(case, held, facts=facts)
        or _numbered(case, held, facts=facts)
        or _stated(case, held, facts=facts)
        or passes(NAME, "; ".join((_seen(case), *notes)), facts)
    )


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


def _listed(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    """See that a body issued that the country had notified for the day, where it notified any."""
    rows = case.terms.issuers.of(held.issuing_country, agreement=held.agreement)
    if not rows or held.issuer is None:
        return None
    name, on = held.issuer.name, held.issued_on
    named = [one for one in rows if minor.names(name, one.name, minor=case.terms.minor).alike]
    standing = next((one for one in named if one.holds(on)), None)
    if standing is not None:
        facts |= {"issuer_source": standing.source}
        return None
    detail = f"{name} is none of the issuing bodies that {held.issuing_country} notified"
    if named:
        facts |= {"issuer_source": named[0].source}
        detail = f"{name} was no issuing body on {on}"
    return case.differs("AUT-ISSUING-BODY", detail=detail, facts=facts)


def _numbered(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    pattern = _numbering(case, held)
    if pattern is None:
        return None
    facts |= _described(pattern, of="certificate")
    if pattern.fits(held.number_key) or not pattern.cited.verified:
        return None
    detail = f"{held.number} is not numbered as {held.issuing_country} numbers certificates"
    return case.differs("REF-NUMBER", detail=detail, facts=facts)


def _stated(case: Case, held: Held, *, facts: dict[str, str]) -> Checked | None:
    proof = case.proof
    if proof is None:
        return None
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
    return _approved(case, proof, held, facts=facts)


def _approved(case: Case, proof: Proof, held: Held, *, facts: dict[str, str]) -> Checked | None:
    number = proof.approved_exporter_number
    if not proof.approved_exporter and not number:
        return None
    facts |= {"approved_exporter_number": number}
    pattern = _approving(case, held)
    if pattern is not None:
        facts |= _described(pattern, of="approved")
    detail = _no_number(case, held, number=number, pattern=pattern)
    if detail:
        return case.differs("REF-APPROVED-NUMBER", detail=detail, facts=facts)
    approved = case.facts.approved
    if approved is not None and not approved.holds:
        return case.differs("AUT-APPROVED", detail=approved.detail, facts=facts)
    return None


def _no_number(case: Case, held: Held, *, number: str, pattern: NumberPattern | None) -> str:
    """Say why it is no number of an approved exporter: often it is a company's registration."""
    if not number:
        return "no number of the approved exporter is stated"
    exporter, declared = held.exporter_party, case.about.exporter
    registered = {one.identifier for one in (exporter, declared) if one and one.identifier}
    if bare(number) in map(bare, registered):
        return f"{number} is the exporter's registration, and no number of an approved exporter"
    if pattern is not None and pattern.cited.verified and not pattern.fits(number):
        country = held.issuing_country
        return f"{number} is no number of an approved exporter; {country} writes {pattern.pattern}"
    return ""


def _unconfirmed(case: Case, held: Held) -> Iterator[str]:
    """Note numbers that patterns do not fit which nobody confirmed: they hold no claim up."""
    certificate, approved = _numbering(case, held), _approving(case, held)
    if certificate and not certificate.cited.verified and not certificate.fits(held.number_key):
        yield f"{held.number} is numbered otherwise than an unconfirmed source says"
    number = case.proof.approved_exporter_number if case.proof else ""
    if number and approved and not approved.cited.verified and not approved.fits(number):
        yield f"{number} is written otherwise than an unconfirmed source says"


def _numbering(case: Case, held: Held) -> NumberPattern | None:
    return case.terms.numbered(held.agreement, held.issuing_country, on=held.issued_on)


def _approving(case: Case, held: Held) -> NumberPattern | None:
    return case.terms.pattern(held.agreement, held.issuing_country, on=held.issued_on)


def _described(pattern: NumberPattern, *, of: str) -> dict[str, str]:
    return {
        f"{of}_pattern": pattern.pattern,
        f"{of}_pattern_source": pattern.cited.source,
        f"{of}_pattern_confirmed": str(pattern.cited.verified).lower(),
    }


def _seen(case: Case) -> str:
    if case.proof is None:
        return "sealed by the partner; nothing else is stated of it"
    return "issuer and day as stated"
