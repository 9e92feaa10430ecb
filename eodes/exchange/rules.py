"""The rules that a certificate must meet, when we send one and when we receive one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eodes.domain.certificate import Certificate
from eodes.domain.constraints.context import IssuerRegister, JudgingContext
from eodes.domain.constraints.judge import judge
from eodes.domain.partner import Charset, Profile
from eodes.domain.verdict import Finding, Severity
from eodes.forms.register import Calendars, Forms, UnknownFormError

#: What a receiver refuses.  Everything else it reports as a warning: clocks depend on the issuer's
#: calendar, and slight discrepancies do not void a proof of origin (KVFTA 3.19, ATIGA OCP rule 16).
REFUSED_AT_RECEIPT = frozenset(
    {
        "RUL-C06-HS",
        "RUL-C09-ITEM-CAP",
        "RUL-C13-BOX",
        "RUL-C14-CRITERION",
        "RUL-F01-NUMBER-KEY",
        "RUL-F06-ITEM-NUMBERS",
        "RUL-F07-PLACES",
        "RUL-FORM",
        "RUL-NOT-FOR-US",
    }
)

_CODECS = {Charset.ASCII: "ascii", Charset.LATIN_1: "latin-1", Charset.UNICODE: None}


@dataclass(frozen=True, slots=True)
class Rules:
    """Forms, calendars and registers, loaded once."""

    forms: Forms
    calendars: Calendars
    register: IssuerRegister | None = None

    def at_issue(
        self, certificate: Certificate, *, to: Profile, originals: tuple[Certificate, ...] | None
    ) -> tuple[Finding, ...]:
        """Judge a certificate of ours before it is prepared for a partner."""
        charset = None if to.content.transliterate else _CODECS[to.content.charset]
        return (
            *_addressed(certificate, to),
            *self._judge(certificate, originals=originals, charset=charset),
        )

    def at_receipt(self, certificate: Certificate, *, own: Profile) -> tuple[Finding, ...]:
        """Judge a certificate that a partner sent: what it must not break, and what to warn of."""
        found = (*_addressed(certificate, own), *self._judge(certificate))
        return tuple(
            one
            if one.severity is Severity.WARN or one.code in REFUSED_AT_RECEIPT
            else replace(one, severity=Severity.WARN)
            for one in found
        )

    def _judge(
        self,
        certificate: Certificate,
        *,
        originals: tuple[Certificate, ...] | None = None,
        charset: str | None = None,
    ) -> tuple[Finding, ...]:
        try:
            form = self.forms.on(
                agreement=certificate.agreement,
                form_type=certificate.form_type,
                on=certificate.issued_on,
            )
        except UnknownFormError as error:
            return (Finding("RUL-FORM", Severity.REFUSE, str(error), path="/form_type"),)
        context = JudgingContext(
            form=form,
            issuer_calendar=self.calendars.of(certificate.issuance.body.country),
            importer_calendar=self.calendars.of(certificate.import_country),
            originals=originals,
            charset=charset,
            register=self.register,
        )
        return judge(certificate, context)


def _addressed(certificate: Certificate, profile: Profile) -> tuple[Finding, ...]:
    """See that the administration takes the form and that the goods go to its country."""
    found = []
    if not profile.accepts(certificate.agreement, certificate.form_type):
        found.append(
            Finding(
                "RUL-NOT-FOR-US",
                Severity.REFUSE,
                f"{profile.authority} exchanges no {certificate.agreement} form "
                f"{certificate.form_type}; use paper, or agree on the form first.",
                path="/form_type",
            )
        )
    if certificate.import_country != profile.country:
        found.append(
            Finding(
                "RUL-NOT-FOR-US",
                Severity.REFUSE,
                f"The goods go to {certificate.import_country}, not to {profile.country}.",
                path="/import_country",
            )
        )
    return tuple(found)
