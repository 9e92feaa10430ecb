"""Dates: when a certificate counts as retroactive, how long it is valid, which date it bears."""

from __future__ import annotations

from datetime import date

from eodes.domain.certificate import Certificate, IssuanceKind, Relation
from eodes.domain.constraints.context import Findings, JudgingContext, refuse, warn
from eodes.domain.form_dates import (
    STANDS_ON,
    carries_original_date,
    issue_window_end,
    last_retroactive_day,
    original_issue_date,
    valid_until,
)
from eodes.domain.workdays import WindowEnd, add_months

_STANDS_FOR_ANOTHER = frozenset(
    {
        IssuanceKind.REPLACEMENT,
        IssuanceKind.CORRECTION,
        IssuanceKind.CERTIFIED_TRUE_COPY,
        IssuanceKind.DUPLICATE,
    }
)


def c1_retroactive(certificate: Certificate, context: JudgingContext) -> Findings:
    """C1: retroactive exactly when issued later than the form's window after shipment allows.

    Interpreted meaning: what replaces, corrects or copies a certificate is judged by the issue
    date of that certificate, since it speaks of the same shipment.
    """
    code = "RUL-C01-RETROACTIVE"
    shipped = shipment_date(certificate)
    if shipped is None:
        return (
            warn(
                code, "no date of shipment; lateness of issue cannot be judged", path="/shipped_on"
            ),
        )
    issued = _first_issue_date(certificate)
    window = issue_window_end(context.form, shipped, context.issuer_calendar)
    last = last_retroactive_day(context.form, shipped)
    box = context.form.box_of("retroactive")
    if issued > last:
        late = f"issued {issued}, later than {last}, the last day for a shipment of {shipped}"
        return (refuse(code, late, path="/issued_on", box=box),)
    if certificate.retroactive is (issued > window.day):
        return ()
    detail = _mismatch(certificate, issued, window)
    if window.gaps and issued > window.day:
        years = ", ".join(str(year) for year in window.gaps)
        detail += f"; holidays of {context.issuer_calendar.country} in {years} are not known"
        return (warn(code, detail, path="/retroactive", box=box),)
    return (refuse(code, detail, path="/retroactive", box=box),)


def _mismatch(certificate: Certificate, issued: date, window: WindowEnd) -> str:
    if certificate.retroactive:
        return f"marked retroactive, but issued {issued}, within the window to {window.day}"
    return f"issued {issued}, after the window to {window.day}, but not marked retroactive"


def c2_validity(certificate: Certificate, context: JudgingContext) -> Findings:
    """C2: the last day of validity is the one that the form's rule computes.

    A difference of one day warns where the text leaves open whether the day of issue counts.
    """
    computed = valid_until(
        context.form,
        issued_on=certificate.issued_on,
        kind=certificate.issuance_kind,
        original_issued_on=original_issue_date(certificate),
        earliest_original_until=earliest_original_expiry(certificate, context),
    )
    apart = abs((certificate.valid_until - computed).days)
    if apart == 0:
        return ()
    detail = f"valid until {certificate.valid_until}; the form's rule gives {computed}"
    say = warn if apart == 1 and not context.form.validity.settled else refuse
    return (say("RUL-C02-VALIDITY", detail, path="/valid_until"),)


def c16_original_date(certificate: Certificate, context: JudgingContext) -> Findings:
    """C16: where the rule says so, what stands for another certificate bears its issue date."""
    issuer = certificate.issuance.body.country
    kind = certificate.issuance_kind
    if not carries_original_date(context.form, kind, issuer=issuer):
        return ()
    code, path = "RUL-C16-ORIGINAL-DATE", "/issued_on"
    original = _known_original_date(certificate, context)
    if original is None:
        return (warn(code, "the issue date of the original is not stated", path="/references"),)
    if original != certificate.issued_on:
        detail = f"a {kind} of {issuer} bears the original's date {original}"
        return (refuse(code, f"{detail}, not {certificate.issued_on}", path=path),)
    return ()


def dates_in_order(certificate: Certificate, context: JudgingContext) -> Findings:
    """Certified not before it was declared, valid from before until, on an edition in use."""
    code, issuance = "RUL-F09-DATES", certificate.issuance
    box = context.form.box_of("issuance.certification_date")
    found = []
    if issuance.certification_date < issuance.declaration_date:
        detail = f"certified {issuance.certification_date}, before it was declared"
        detail += f" on {issuance.declaration_date}"
        found.append(refuse(code, detail, path="/issuance/certification_date", box=box))
    if certificate.valid_from > certificate.valid_until:
        detail = f"valid from {certificate.valid_from}, after {certificate.valid_until}"
        found.append(refuse(code, detail, path="/valid_from"))
    if not context.form.is_used(certificate.issued_on):
        detail = f"this edition of the form is not in use on {certificate.issued_on}"
        found.append(refuse(code, detail, path="/form_type"))
    return tuple(found)


def issuance_kind_known(certificate: Certificate, context: JudgingContext) -> Findings:
    """The form knows this kind of issue, and a copy comes within its limit after the original."""
    code, kind = "RUL-F10-KIND", certificate.issuance_kind
    rule = context.form.issuance_rule(kind)
    if rule is None:
        return (refuse(code, f"the form knows no {kind}", path="/issuance_kind"),)
    original = _known_original_date(certificate, context)
    if rule.limit_months is None or original is None:
        return ()
    last = add_months(original, rule.limit_months)
    made = certificate.issuance.certification_date
    if made <= last:
        return ()
    detail = f"{kind} made {made}, later than {last}"
    return (refuse(code, detail, path="/issuance/certification_date"),)


def shipment_date(certificate: Certificate) -> date | None:
    """Return the date of shipment, or failing that the one intended or of departure."""
    departure = certificate.transport.departure_date if certificate.transport else None
    return certificate.shipped_on or certificate.intended_shipment_on or departure


def earliest_original_expiry(certificate: Certificate, context: JudgingContext) -> date | None:
    """Return the first day of expiry among the originals of a back-to-back certificate."""
    if certificate.issuance_kind is not IssuanceKind.BACK_TO_BACK:
        return None
    expiries = []
    for reference in certificate.references:
        if reference.relation is Relation.BACK_TO_BACK_OF:
            original = context.original(reference)
            expiries.append(original.valid_until if original else reference.valid_until)
    known = [day for day in expiries if day is not None]
    return min(known) if known else None


def _first_issue_date(certificate: Certificate) -> date:
    if certificate.issuance_kind in _STANDS_FOR_ANOTHER:
        return original_issue_date(certificate) or certificate.issued_on
    return certificate.issued_on


def _known_original_date(certificate: Certificate, context: JudgingContext) -> date | None:
    for reference in certificate.references:
        original = context.original(reference)
        if original is not None and reference.relation in STANDS_ON:
            return original.issued_on
    return original_issue_date(certificate)
