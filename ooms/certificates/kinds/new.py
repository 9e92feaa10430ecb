"""NEW: a certificate for goods of the exporter, retroactive where the form's clock says so."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import User
from ooms.applications.model import Application
from ooms.certificates.kinds.kind import lint_paper
from ooms.certificates.model import Certificate, Finding, Numbered
from ooms.certificates.workshop import Workshop
from ooms.db import Work


@dataclass(frozen=True, slots=True)
class New:
    """Issues certificates of their own."""

    shop: Workshop

    def lint(self, work: Work, application: Application, *, by: User) -> tuple[Finding, ...]:
        """Judge the certificate as its partner would."""
        return lint_paper(self.shop, work, application, by=by)

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None
    ) -> Certificate:
        """Issue it; a paper that was issued by hand brings its number and its day along."""
        return self.shop.issue(work, application, by=by, by_hand=by_hand)
