"""1. Did the certificate arrive, and does it stand? Numbers are found however they are spelled."""

from __future__ import annotations

from datetime import timedelta

from ooms.claims.held import Held
from ooms.claims.model import Case, Checked, passes
from ooms.claims.terms import Awaiting, Late

NAME = "found"

_AVAILABLE, _HELD = "AVAILABLE", "HELD"


def check(case: Case) -> Checked | None:
    """The certificate arrived through the exchange, is the one meant, and stands now.

    A claim that states a waiver has none to be found.
    """
    if case.is_unproved:
        return None
    if not case.found:
        return _missing(case)
    held = case.held
    if held is None:
        agreements = ", ".join(sorted(one.agreement for one in case.found))
        number = case.line.certificate_number
        detail = f"several certificates have the number {number}; say under which agreement"
        return case.differs("LIN-AMBIGUOUS", detail=detail, facts={"agreements": agreements})
    return _of(case, held)


def _of(case: Case, held: Held) -> Checked:
    facts = {
        "number": held.number,
        "partner": held.partner,
        "agreement": held.agreement,
        "state": held.state,
    }
    if held.is_lookalike:
        return case.differs("LIN-LOOKALIKE", detail=held.warning, facts=facts)
    if case.item is None:
        detail = f"certificate {held.number} has no item {case.line.item_no}"
        return case.differs("LIN-ITEM", detail=detail, facts=facts)
    if held.state == _HELD:
        detail = "waits for the certificate that it replaces"
        return case.differs("LIN-HELD", detail=detail, facts=facts)
    if held.state != _AVAILABLE:
        by = f" by {held.superseded_by}" if held.superseded_by else ""
        facts |= {"superseded_by": held.superseded_by} if held.superseded_by else {}
        return case.differs("LIN-STATE", detail=f"is {held.state.lower()}{by}", facts=facts)
    return passes(NAME, held.warning or "received through the exchange, and stands", facts)


def _missing(case: Case) -> Checked:
    number = case.line.certificate_number
    elsewhere = ", ".join(case.facts.elsewhere)
    if elsewhere:
        detail = (
            f"no {case.line.agreement} certificate {number} was received, but one of {elsewhere}"
        )
        return case.differs("LIN-UNKNOWN", detail=detail, facts={"received_under": elsewhere})
    waiting = case.terms.waiting(case.agreement) if case.agreement else None
    detail = f"no certificate {number} was received"
    if waiting is None:
        return case.differs("LIN-UNKNOWN", detail=detail, facts={"number": number})
    return _awaited(case, waiting, detail=detail)


def _awaited(case: Case, waiting: Awaiting, *, detail: str) -> Checked:
    proof = case.proof
    until = case.declared_on + timedelta(days=waiting.days)
    ways = ", ".join(one.lower() for one in waiting.ways)
    facts = {"number": case.line.certificate_number, "until": until.isoformat(), "ways": ways}
    if proof and proof.paper_held and Late.PAPER in waiting.ways:
        return case.differs("LIN-PAPER", detail=f"{detail}; the paper is held", facts=facts)
    secured = proof is not None and proof.security_given and Late.SECURITY in waiting.ways
    detail += f"; awaited until {until}{', on security' if secured else ''}"
    said = case.differs(
        "LIN-AWAITED", detail=detail, facts=facts | {"secured": str(secured).lower()}
    )
    return Checked(
        said.check,
        said.outcome,
        said.detail,
        said.facts,
        code=said.code,
        source=waiting.cited.source_in(case.facts.country),
        until=until,
    )
