"""CANCELLATION: a certificate is taken back while it is unused."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import User
from ooms.applications.model import Application
from ooms.certificates.kinds import about
from ooms.certificates.kinds.kind import findings, refuse_by_hand, require_none
from ooms.certificates.model import Certificate, Finding, Numbered
from ooms.certificates.workshop import Workshop
from ooms.db import Work
from ooms.errors import Flaw


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Takes certificates back; where a partner has one, its word decides."""

    shop: Workshop

    def lint(self, work: Work, application: Application, *, by: User) -> tuple[Finding, ...]:
        """Judge whether the certificate may be taken back."""
        del by
        return findings(self._flaws(work, application))

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None
    ) -> Certificate:
        """Take it back, under its lock.

        Raises:
            KindError: there is nothing to take back.
            ConflictError: it is replaced, cancelled, or about to be.

        """
        refuse_by_hand(by_hand)
        require_none(self._flaws(work, application))
        old = self.shop.lock_standing(work, application.content.about_certificate or "")
        return self.shop.take_back(work, old, why=about.why(application), by=by)

    def _flaws(self, work: Work, application: Application) -> tuple[Flaw, ...]:
        unknown = about.unknown_kind(self.shop, application.content)
        return unknown or about.flaws_of(about.find(work, application), application)
