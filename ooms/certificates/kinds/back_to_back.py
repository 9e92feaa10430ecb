"""BACK_TO_BACK: on first certificates of other parties, never beyond what these hold."""

from __future__ import annotations

from dataclasses import dataclass

from ooms.access.model import User
from ooms.applications.model import Application
from ooms.certificates.kinds.about import unknown_kind
from ooms.certificates.kinds.kind import findings, lint_paper, refuse_by_hand, require_none
from ooms.certificates.model import Certificate, Finding, Numbered
from ooms.certificates.workshop import Workshop
from ooms.db import Work
from ooms.errors import Flaw


@dataclass(frozen=True, slots=True)
class BackToBackKind:
    """Issues certificates that rest on first ones.

    An application takes nothing: only the issue does, so a withdrawn one has nothing to give back.
    """

    shop: Workshop

    def lint(self, work: Work, application: Application, *, by: User) -> tuple[Finding, ...]:
        """Judge the first certificates, then the certificate as its partner would."""
        flaws = self._flaws(work, application)
        return findings(flaws) or lint_paper(self.shop, work, application, by=by)

    def issue(
        self, work: Work, application: Application, *, by: User, by_hand: Numbered | None
    ) -> Certificate:
        """Issue it and take its quantities.

        Raises:
            KindError: the first certificates do not carry it.
            OverdrawnError: somebody took what was left meanwhile.

        """
        refuse_by_hand(by_hand)
        require_none(self._flaws(work, application))
        return self.shop.issue(work, application, by=by)

    def _flaws(self, work: Work, application: Application) -> tuple[Flaw, ...]:
        content = application.content
        unknown = unknown_kind(self.shop, content)
        return unknown or self.shop.first_certificates.flaws(work, content)
