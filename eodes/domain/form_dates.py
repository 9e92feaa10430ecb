"""The dates that a form's clocks give: the last normal day of issue, the end of validity."""

from __future__ import annotations

from datetime import date

from eodes.domain.certificate import Certificate, Country, IssuanceKind, Relation
from eodes.domain.form import Form
from eodes.domain.workdays import (
    Calendar,
    Period,
    WindowEnd,
    no_later_than,
    validity_end,
    window_end,
)

#: The relations to a certificate that this one stands for or is based on.
STANDS_ON = frozenset({Relation.REPLACES, Relation.CERTIFIED_COPY_OF, Relation.BACK_TO_BACK_OF})


def carries_original_date(form: Form, kind: IssuanceKind, *, issuer: Country) -> bool:
    """Tell whether a certificate of this kind bears the issue date of the one it stands for."""
    rule = form.issuance_rule(kind)
    return rule is not None and (rule.original_date_always or issuer in rule.original_date_issuers)


def issue_window_end(form: Form, shipped_on: date, calendar: Calendar) -> WindowEnd:
    """Return the last day on which an issue is still normal, in the issuer's calendar."""
    window = form.issue_window
    period = Period(window.length, window.unit)
    return window_end(shipped_on, period, calendar, first_day_counts=window.first_day_counts)


def retroactive_needed(
    form: Form, *, shipped_on: date, issued_on: date, calendar: Calendar
) -> bool:
    """Tell whether a certificate issued on a day must be marked as issued retroactively.

    `issue_window_end` says whether the calendar left anything unknown.
    """
    return issued_on > issue_window_end(form, shipped_on, calendar).day


def last_retroactive_day(form: Form, shipped_on: date) -> date:
    """Return the last day on which a certificate for a shipment may be issued at all."""
    limit = form.retroactive_limit
    return no_later_than(shipped_on, Period(limit.length, limit.unit))


def valid_until(
    form: Form,
    *,
    issued_on: date,
    kind: IssuanceKind = IssuanceKind.ORIGINAL,
    original_issued_on: date | None = None,
    earliest_original_until: date | None = None,
) -> date:
    """Return the last day of validity.

    For the kinds that count from the original, `original_issued_on` is the base where it is known.
    A back-to-back certificate never outlives the first expiry among its originals.
    """
    validity = form.validity
    from_original = kind in validity.original_kinds and original_issued_on is not None
    base = original_issued_on if from_original and original_issued_on else issued_on
    period = Period(validity.length, validity.unit)
    end = validity_end(base, period, day_after=validity.day_after)
    if kind is IssuanceKind.BACK_TO_BACK and earliest_original_until is not None:
        return min(end, earliest_original_until)
    return end


def original_issue_date(certificate: Certificate) -> date | None:
    """Return the date of issue of the certificate that this one stands for, if it is stated."""
    dates = [one.issued_on for one in certificate.references if one.relation in STANDS_ON]
    known = [day for day in dates if day is not None]
    return min(known) if known else None
