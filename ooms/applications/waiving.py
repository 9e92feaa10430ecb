"""Applications whose review is waived: approved by rule as they are handed in, with the reason.

Every check before the issue still runs; what no rule decides still waits for an officer, who may
take the application up and review it after all.
"""

from __future__ import annotations

from dataclasses import replace

from ooms.applications.model import Application, Content, Decision, Kind, State, advance
from ooms.db import Work
from ooms.listings.waivers import Waivers

REVIEW_WAIVED = "REVIEW_WAIVED"


class Waiving:
    """Asks the lists whether an application needs its review."""

    def __init__(self, waivers: Waivers) -> None:
        """Waive by the lists of that desk."""
        self._waivers = waivers

    def judged(self, work: Work, application: Application) -> Application:
        """Return a submitted application, approved by rule where its review is waived.

        Only new certificates are issued so: a correction or a replacement is always reviewed.
        """
        content = application.content
        if content.kind is not Kind.NEW:
            return application
        waiver = self._waivers.grant(
            work,
            application.id,
            exporter_id=application.exporter_id,
            goods=goods_of(content),
        )
        if waiver is None:
            return application
        reason = f"review waived ({waiver.ground}): {waiver.detail}"
        return replace(
            application,
            state=advance(advance(application.state, State.UNDER_REVIEW), State.APPROVED),
            decision=Decision(REVIEW_WAIVED, reason, work.now),
        )

    def issued(self, work: Work, application: Application) -> None:
        """Tell the lists that a certificate was issued without review."""
        decision = application.decision
        if decision is not None and decision.reason_code == REVIEW_WAIVED:
            self._waivers.mark_issued(work, application.id)


def goods_of(content: Content) -> tuple[tuple[str, str], ...]:
    """Return what an application is about: pairs of its agreement and a tariff code."""
    return tuple((content.agreement, line.hs) for line in content.lines)
