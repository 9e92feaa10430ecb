"""CORRECTION and REPLACEMENT: another certificate, under a new number, in the place of one."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import User
from ooms.applications.model import Application, Kind
from ooms.certificates.kinds import about
from ooms.certificates.kinds.kind import findings, lint_paper, refuse_by_hand, require_none
from ooms.certificates.model import Certificate, Finding, Numbered, Superseded
from ooms.certificates.workshop import Workshop
from ooms.db import Work
from ooms.errors import Flaw


@dataclass(frozen=True, slots=True)
class Superseding:
    """Issues what takes the place of a certificate; `kind` is what the form shall call it."""

    shop: Workshop
    kind: Kind

    def lint(self, work: Work, application: Application, *, by: User) -> tuple[Finding, ...]:
        """Judge what is asked for, then the certificate as its partner would."""
        old = about.find(work, application)
        flaws = self._flaws(work, application, old)
        if flaws or old is None:
            return findings(flaws)
        supersedes = Superseded(old.document, old.position, self.kind)
        return lint_paper(self.shop, work, application, by=by, supersedes=supersedes)

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None
    ) -> Certificate:
        """Issue it under the lock of the old certificate: that is replaced once and by one.

        Raises:
            KindError: the law, or the old certificate, does not allow it.
            ConflictError: the old certificate is replaced, cancelled, or about to be.

        """
        refuse_by_hand(by_hand)
        require_none(self._flaws(work, application, about.find(work, application)))
        content = application.content
        old = self.shop.lock_standing(work, content.about_certificate or "")
        return self.shop.supersede(
            work,
            old,
            application=application,
            content=content,
            wanted=self.kind,
            why=about.why(application),
            by=by,
        )

    def _flaws(
        self, work: Work, application: Application, old: Certificate | None
    ) -> tuple[Flaw, ...]:
        content, shop = application.content, self.shop
        flaws = about.unknown_kind(shop, content) or about.only_on_paper(shop, content)
        flaws = flaws or about.flaws_of(old, application)
        if flaws or old is None or not content.first_certificates:
            return flaws
        return shop.first_certificates.flaws(work, content, beyond=old.id)
