"""Judging certificates in tests: with the shipped forms and calendars."""

from __future__ import annotations

from typing import Any

from eodes.domain.certificate import Certificate
from eodes.domain.constraints.context import JudgingContext
from eodes.domain.constraints.judge import judge
from eodes.domain.form import Form
from eodes.domain.verdict import Severity
from eodes.forms.register import Calendars, Forms

FORMS = Forms.load()
CALENDARS = Calendars.load()


def form_of(certificate: Certificate) -> Form:
    """Return the form edition that a certificate uses."""
    return FORMS.on(
        agreement=certificate.agreement,
        form_type=certificate.form_type,
        on=certificate.issued_on,
    )


def context_for(certificate: Certificate, **more: Any) -> JudgingContext:
    """Return what a certificate is judged with, with changes by name."""
    known: dict[str, Any] = {
        "form": form_of(certificate),
        "issuer_calendar": CALENDARS.of(certificate.issuance.body.country),
        "importer_calendar": CALENDARS.of(certificate.import_country),
    }
    return JudgingContext(**(known | more))


def refused(certificate: Certificate, **more: Any) -> list[str]:
    """Return the codes of the findings that refuse a certificate."""
    return _codes(certificate, Severity.REFUSE, more)


def warned(certificate: Certificate, **more: Any) -> list[str]:
    """Return the codes of the findings that warn about a certificate."""
    return _codes(certificate, Severity.WARN, more)


def _codes(certificate: Certificate, severity: Severity, more: dict[str, Any]) -> list[str]:
    findings = judge(certificate, context_for(certificate, **more))
    return [finding.code for finding in findings if finding.severity is severity]
