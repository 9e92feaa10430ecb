"""Issue certificates, correct them, take them back, and hear what partners say of them."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ooms.access.model import User
from ooms.applications.checks import Checks
from ooms.applications.model import Application, CheckResult, Content
from ooms.applications.model import State as Applied
from ooms.applications.service import Applications
from ooms.back_to_back.service import BackToBack
from ooms.certificates.kinds.register import kinds_of
from ooms.certificates.model import (
    Asked,
    Certificate,
    Copy,
    Finding,
    Note,
    Numbered,
    Use,
    Why,
    for_exporter,
    require_content,
    use_of,
)
from ooms.certificates.numbering import Numbering
from ooms.certificates.repository import CertificateRows
from ooms.certificates.sender import Sender
from ooms.certificates.workshop import Workshop
from ooms.crosschecks.service import Crosschecks
from ooms.db import Window, Work
from ooms.errors import ConflictError
from ooms.exporters.service import Exporters
from ooms.ledger.units import Units

_REFUSING = "REFUSE"


class Certificates:
    """The desk of certificates."""

    def __init__(  # noqa: PLR0913  # the desks it leans on, each by its name
        self,
        *,
        applications: Applications,
        checks: Checks,
        crosschecks: Crosschecks,
        exporters: Exporters,
        sender: Sender,
        numbering: Numbering,
        first_certificates: BackToBack,
        units: Units,
    ) -> None:
        """Issue in the name of the office of a case, through whoever speaks to partners."""
        self._applications = applications
        self._checks = checks
        self._crosschecks = crosschecks
        self._sender = sender
        self._shop = Workshop(
            applications, exporters, sender, numbering, first_certificates, units=units
        )
        self._kinds = kinds_of(self._shop)
        self.numbering = numbering

    def lint(self, work: Work, application_id: str, *, by: User) -> tuple[Finding, ...]:
        """Judge what issuing an application would lead to, storing nothing."""
        application = self._applications.get(work, application_id, by=by)
        return self._kinds[application.content.kind].lint(work, application, by=by)

    def check(self, work: Work, application_id: str, *, by: User) -> tuple[CheckResult, ...]:
        """Return what each of the checks before issue finds now."""
        application = self._applications.get(work, application_id, by=by)
        misfilled = tuple(
            f"box {one.box}: {one.detail}" if one.box else one.detail
            for one in self.lint(work, application_id, by=by)
            if one.severity == _REFUSING
        )
        return self._checks.of(work, application, misfilled=misfilled, by=by)

    def issue(
        self, work: Work, application_id: str, *, by: User, by_hand: Numbered | None = None
    ) -> Certificate:
        """Do what an approved application asks for; return the certificate that it led to.

        A paper that was issued by hand in an outage brings its number and its day along.

        0. Every check passes, and every register that is asked; how the form is filled in is
           judged at step 2, in the same words.
        1. Close the application: of two officers who press the button, one gets through.
        2. Do what its kind asks for: most kinds take a number, compose, and queue the certificate
           for its partner in this same transaction.

        Raises:
            ConflictError: the application is not approved, or issued already.
            OpenChecksError: a check failed, or waits for the officer.
            CrossCheckError: a register was not asked, or stands in the way.
            KindError: what its kind asks for cannot be done.
            NotSendableError: the partner could not take it; no number was used.

        """
        application = self._applications.get(work, application_id, by=by)
        if application.state is Applied.APPROVED:
            self._checks.require_all(work, application, misfilled=(), by=by)  # 0
            self._crosschecks.require_clear(work, application, by=by)
        self._applications.mark_issued(work, application)  # 1
        kind = self._kinds[application.content.kind]
        return kind.issue(work, application, by=by, by_hand=by_hand)  # 2

    def correct(
        self, work: Work, certificate_id: str, *, content: Content | None, why: Why, by: User
    ) -> Certificate:
        """Issue a corrected certificate under a new number that supersedes the old one.

        The officer's own motion; an exporter applies for a correction or a replacement.

        Raises:
            ErasedError: its content was deleted after its period.
            ConflictError: the certificate is replaced, cancelled, or about to be.
            CrossCheckError: it would state what no register let pass; let the exporter apply.
            NotSendableError: the partner could not take it; no number was used.

        """
        old = self._shop.lock_standing(work, certificate_id)
        application = self._applications.get(work, old.application_id, by=by)
        wanted = content or old.content
        before = replace(application, content=old.content)
        self._crosschecks.require_clear_change(work, before, wanted=wanted, by=by)
        return self._shop.supersede(
            work,
            old,
            application=application,
            content=wanted,
            wanted=None,
            why=why,
            by=by,
        )

    def request_cancellation(
        self, work: Work, certificate_id: str, *, why: Why, by: User
    ) -> Certificate:
        """Ask for a certificate back; it is cancelled when the partner says that it was unused.

        Raises:
            ErasedError: its content was deleted after its period.
            ConflictError: the certificate is replaced, cancelled, or about to be.

        """
        old = self._shop.lock_standing(work, certificate_id)
        return self._shop.take_back(work, old, why=why, by=by)

    def apply(self, work: Work, certificate_id: str, *, asked: Asked, by: User) -> Application:
        """Draft an application about a certificate, filled with what that one says.

        Raises:
            MissingError: there is none that the caller may see.
            ErasedError: its content was deleted after its period.
            UnfitError: nobody applies for such a thing so, or for such a reason.

        """
        about = self.get(work, certificate_id, by=by)
        require_content(about)
        content = replace(
            asked.content or about.content,
            kind=asked.kind,
            about_certificate=about.id,
            cause=asked.cause,
        )
        return self._applications.draft(work, content, by=by)

    def copies(self, work: Work, certificate_id: str, *, by: User) -> tuple[Copy, ...]:
        """Return the certified copies of a certificate that the caller may see, in order."""
        about = self.get(work, certificate_id, by=by)
        return CertificateRows(work.transaction).copies(about.id)

    def link_export(
        self, work: Work, certificate_id: str, *, declarations: tuple[str, ...], by: User
    ) -> Certificate:
        """Name the export declarations; a partner that waited for them gets its certificate now.

        Raises:
            ErasedError: the certificate's content was deleted after its period.
            ConflictError: the certificate goes to no partner.

        """
        rows = CertificateRows(work.transaction)
        certificate = self._shop.found(rows.lock(certificate_id), certificate_id)
        require_content(certificate)
        if certificate.partner is None:
            raise ConflictError(what="certificate", current="on paper", wanted="linked")
        self._sender.link_export(
            certificate.document,
            declarations=declarations,
            to=certificate.partner,
            within=work.transaction,
        )
        self._shop.record(work, certificate, what="certificate.export_linked", by=by)
        return certificate

    def get(self, work: Work, certificate_id: str, *, by: User) -> Certificate:
        """Return a certificate that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = self._shop.found(
            CertificateRows(work.transaction).find(certificate_id), certificate_id
        )
        by.require_sight(found.exporter_id, what="certificate", id=certificate_id)
        return found

    def notes(self, work: Work, certificate: Certificate, *, by: User) -> tuple[Note, ...]:
        """Return what partners said of a certificate, as far as the caller may know."""
        notes = CertificateRows(work.transaction).notes(certificate.id)
        return notes if by.company is None else for_exporter(notes)

    def use(self, certificate: Certificate, notes: Iterable[Note]) -> tuple[Use, ...]:
        """Return how much of each item partners granted preference for, whatever their units."""
        return use_of(certificate.document, notes, units=self._shop.units)

    def page(
        self,
        work: Work,
        window: Window,
        *,
        number: str | None,
        of: Sequence[str] | None = None,
        by: User,
    ) -> tuple[Certificate, ...]:
        """Return the certificates that the caller may see: of a number, of applications, or all."""
        key = self._sender.number_key(number) if number else None
        rows = CertificateRows(work.transaction)
        return rows.page(window, company=by.company, number_key=key, of=of)

    def show_publicly(
        self, work: Work, *, number: str, code: str
    ) -> tuple[Certificate, Certificate | None] | None:
        """Find a certificate by number and code, with what replaced it.

        A wrong code and an unknown number give the same answer: nothing.
        """
        rows = CertificateRows(work.transaction)
        # On paper the code stands in groups.
        wanted = "".join(code.split()).upper().encode()
        for found in rows.numbered(self._sender.number_key(number)):
            if hmac.compare_digest(found.access_code.encode(), wanted):
                return found, _successor(rows, found)
        return None

    def show_sealed(
        self, work: Work, *, agreement: str, number: str
    ) -> tuple[Certificate, Certificate | None] | None:
        """Find the certificate of an authentic document, with what replaced it.

        No code is asked: whoever holds the sealed document has read it.
        """
        rows = CertificateRows(work.transaction)
        for found in rows.numbered(self._sender.number_key(number)):
            if found.agreement == agreement:
                return found, _successor(rows, found)
        return None


def _successor(rows: CertificateRows, found: Certificate) -> Certificate | None:
    return rows.find(found.replaced_by_id) if found.replaced_by_id else None
