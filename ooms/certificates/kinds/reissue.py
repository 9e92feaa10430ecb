"""REISSUE: a certified true copy of a certificate that was lost, stolen or damaged.

Number, date and validity stay, and so does what the partner registered: no message is for copies,
so only the paper is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import User
from ooms.applications.model import Application
from ooms.certificates.kinds import about
from ooms.certificates.kinds.kind import KIND, findings, refuse_by_hand, require_none
from ooms.certificates.model import Certificate, Copy, Finding, Numbered, Officer, use_of
from ooms.certificates.repository import CertificateRows
from ooms.certificates.workshop import Workshop
from ooms.db import Work
from ooms.errors import Flaw, NotSendableError


@dataclass(frozen=True, slots=True)
class Reissue:
    """Makes certified true copies."""

    shop: Workshop

    def lint(self, work: Work, application: Application, *, by: User) -> tuple[Finding, ...]:
        """Judge whether a copy may be made, and whether the form has words for one."""
        old = about.find(work, application)
        flaws = self._flaws(work, application, old)
        if flaws or old is None:
            return findings(flaws)
        try:
            self._copied(work, old, by=by)
        except NotSendableError as error:
            return findings(error.flaws)
        return ()

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None
    ) -> Certificate:
        """Make the next copy, and note who made it, when and why.

        Raises:
            KindError: no copy may be made.
            ConflictError: the certificate is replaced, cancelled, or about to be.
            NotSendableError: the form knows no copy, or it is too late for one.

        """
        refuse_by_hand(by_hand)
        require_none(self._flaws(work, application, about.find(work, application)))
        old = self.shop.lock_standing(work, application.content.about_certificate or "")
        rows, why = CertificateRows(work.transaction), about.why(application)
        copy = Copy(
            certificate_id=old.id,
            ordinal=len(rows.copies(old.id)) + 1,
            application_id=application.id,
            document=self._copied(work, old, by=by),
            why=why,
            made_at=work.now,
            made_by=by.login,
        )
        rows.add_copy(copy)
        what = "certificate.reissued"
        self.shop.record(work, old, what=what, by=by, reason_code=why.code)
        return old

    def _copied(self, work: Work, old: Certificate, *, by: User) -> dict[str, object]:
        return self.shop.sender.certified_copy(
            old.document, officer=Officer(by.login, by.name), on=work.today
        )

    def _flaws(
        self, work: Work, application: Application, old: Certificate | None
    ) -> tuple[Flaw, ...]:
        content = application.content
        flaws = about.unknown_kind(self.shop, content) or about.flaws_of(old, application)
        if flaws or old is None:
            return flaws
        procedure = self.shop.applications.clocks.procedure
        rule = procedure.kind_rule(content.kind, agreement=content.agreement)
        used = use_of(
            old.document, CertificateRows(work.transaction).notes(old.id), units=self.shop.units
        )
        if rule and rule.only_unused and used:
            detail = f"{old.number} was used abroad; under {old.agreement} it is not copied then"
            return (Flaw("/about_certificate", detail, code=KIND),)
        return ()
