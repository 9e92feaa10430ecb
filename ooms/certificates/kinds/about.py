"""What the kinds share that are about a certificate which was issued before."""

from __future__ import annotations

from ooms.applications.model import Application, Content
from ooms.certificates.kinds.kind import KIND
from ooms.certificates.model import Certificate, Why
from ooms.certificates.repository import CertificateRows
from ooms.certificates.workshop import Workshop, standing_of
from ooms.db import Work
from ooms.errors import Flaw
from ooms.procedures.kinds import NumberRule


def unknown_kind(shop: Workshop, content: Content) -> tuple[Flaw, ...]:
    """Refuse a kind that the law does not know under an agreement."""
    procedure = shop.applications.clocks.procedure
    if procedure.kind_rule(content.kind, agreement=content.agreement) is not None:
        return ()
    detail = f"there is no {content.kind} under {content.agreement}; see /procedure for the kinds"
    return (Flaw("/kind", detail, code=KIND),)


def only_on_paper(shop: Workshop, content: Content) -> tuple[Flaw, ...]:
    """Refuse to make a new certificate where the old one is struck out under its number."""
    procedure = shop.applications.clocks.procedure
    rule = procedure.kind_rule(content.kind, agreement=content.agreement)
    if rule is None or rule.number is NumberRule.NEW:
        return ()
    detail = f"under {content.agreement} the paper is struck out under its number; correct it there"
    return (Flaw("/kind", detail, code=KIND),)


def find(work: Work, application: Application) -> Certificate | None:
    """Find the certificate that an application is about, if it is the applicant's own."""
    found = CertificateRows(work.transaction).find(application.content.about_certificate or "")
    return found if found and found.exporter_id == application.exporter_id else None


def flaws_of(about: Certificate | None, application: Application) -> tuple[Flaw, ...]:
    """Say why nothing can be made of a certificate for such an application."""
    content = application.content
    at = "/about_certificate"
    if about is None:
        detail = f"the applicant has no certificate {content.about_certificate}"
        return (Flaw(at, detail, code="REF-UNKNOWN"),)
    standing = standing_of(about)
    if standing is not None:
        detail = f"{about.number} is {standing}; apply about what took its place, or wait"
        return (Flaw(at, detail, code="RUL-STATE"),)
    kept = (
        ("/agreement", content.agreement, about.agreement),
        ("/form_type", content.form_type, about.form_type),
        ("/import_country", content.import_country, about.import_country),
    )
    return tuple(
        Flaw(pointer, f"{now}; {about.number} says {before}, and that stays", code=KIND)
        for pointer, now, before in kept
        if now != before
    )


def why(application: Application) -> Why:
    """Return the reason that the applicant gives."""
    cause = application.content.cause
    assert cause is not None  # an application about a certificate says why
    return Why(cause.code, cause.text)
