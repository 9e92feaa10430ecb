"""What a certificate is judged with: its form, calendars, registers, and the partner's limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from eodes.domain.certificate import Certificate, CertificateReference
from eodes.domain.form import Form
from eodes.domain.verdict import Finding, Severity
from eodes.domain.workdays import Calendar

Findings = tuple[Finding, ...]


class IssuerRegister(Protocol):
    """The register of issuing bodies and signing officers, as of a day."""

    def is_active(self, body: str, signatory: str, on: date) -> bool | None:
        """Tell whether an officer signed for a body on a day; None when the register is silent."""
        ...


@dataclass(frozen=True, slots=True)
class JudgingContext:
    """What the judge knows beside the certificate; what is None is not judged.

    `originals` are the certificates that this one refers to, as far as they were found here;
    `charset` is the partner's, named as Python names codecs.
    """

    form: Form
    issuer_calendar: Calendar
    importer_calendar: Calendar | None = None
    originals: tuple[Certificate, ...] | None = None
    charset: str | None = None
    register: IssuerRegister | None = None

    def original(self, reference: CertificateReference) -> Certificate | None:
        """Return the certificate that a reference names, if it is known here.

        An issuer that counts under each agreement gives a number several times: of these it is
        the one under the form's own agreement, and another's only where that has none.
        """
        named = [one for one in self.originals or () if _is_named(one, reference)]
        of_the_form = (one for one in named if one.agreement == self.form.agreement)
        return next(of_the_form, named[0] if named else None)


def _is_named(certificate: Certificate, reference: CertificateReference) -> bool:
    same_key = certificate.number_key == reference.number_key
    return same_key and certificate.issuance.body.country == reference.country


def refuse(code: str, detail: str, *, path: str = "", box: str = "") -> Finding:
    """Return a finding that forbids the certificate."""
    return Finding(code, Severity.REFUSE, detail, path, box)


def warn(code: str, detail: str, *, path: str = "", box: str = "") -> Finding:
    """Return a finding that a person should see."""
    return Finding(code, Severity.WARN, detail, path, box)
