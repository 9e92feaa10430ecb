"""On-site checks on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from ooms.access.schemas import Body, Reason, ReasonCode
from ooms.site_checks.model import SiteCheck
from ooms.site_checks.service import Plan


class PlanIn(Body):
    """Why, for what and when somebody goes and looks."""

    ground: ReasonCode
    scope: Reason
    visit_on: date

    def value(self) -> Plan:
        """Return the plan."""
        return Plan(self.ground, self.scope, self.visit_on)


class PostponementIn(Body):
    """The day that the applicant wishes, and why."""

    to: date
    reason: Reason


class PostponementDecisionIn(Body):
    """Whether the later day is granted."""

    granted: bool


class ReportIn(Body):
    """What the visitors found."""

    outcome: Literal["CONFORM", "NOT_CONFORM", "VISIT_REFUSED"]
    text: Reason


class PostponementOut(PostponementIn):
    """What the applicant wishes, and until when the office answers."""

    decide_by: date


class ReportOut(Body):
    """What was found, and who says so."""

    outcome: str
    text: str
    by: str
    at: datetime


class SiteCheckOut(Body):
    """An on-site check as it stands."""

    id: str
    application_id: str
    ground: str
    scope: str
    notified_on: date
    visit_on: date
    due_on: date | None
    state: str
    postponement: PostponementOut | None
    report: ReportOut | None

    @classmethod
    def of(cls, check: SiteCheck) -> Self:
        """Show a check."""
        return cls.model_validate(check, from_attributes=True)


class ProposalOut(Body):
    """A ground that the lists give for a visit; `exempt` says why none is needed after all."""

    ground: str
    because: str
    exempt: str


class SiteChecksOut(Body):
    """Every on-site check of an application, the oldest first, and what the lists propose."""

    items: tuple[SiteCheckOut, ...]
    proposed: tuple[ProposalOut, ...] = ()
