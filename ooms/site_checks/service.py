"""Schedule on-site checks with notice, let them be postponed, and take their reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ooms.access.model import User
from ooms.applications.model import Application, advance
from ooms.applications.model import State as Applied
from ooms.applications.service import Applications
from ooms.applications.waiving import goods_of
from ooms.approvals.service import Approvals
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.listings.service import Listings
from ooms.officers.model import OfficeKind
from ooms.officers.service import Officers
from ooms.procedures.model import ClockKind
from ooms.site_checks.model import Outcome, Postponement, Report, SiteCheck, State
from ooms.site_checks.repository import SiteCheckRows

#: The ground that the lists give, as the procedures name it.
_LISTED = "LISTED"


@dataclass(frozen=True, slots=True)
class Plan:
    """Why, for what and when somebody goes and looks."""

    ground: str
    scope: str
    visit_on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """A ground that the lists give for a visit, and why none is needed after all, if so."""

    ground: str
    because: str
    exempt: str


class SiteChecks:
    """The desk of on-site checks."""

    def __init__(
        self,
        applications: Applications,
        officers: Officers,
        *,
        listings: Listings,
        approvals: Approvals,
    ) -> None:
        """Check the applicants of that desk, and those that the lists name before others."""
        self._applications = applications
        self._officers = officers
        self._listings = listings
        self._approvals = approvals

    def schedule(self, work: Work, application_id: str, *, plan: Plan, by: User) -> SiteCheck:
        """Schedule a visit, and give the office the longer period.

        1. The ground stands in the procedure, and notice is given in time, unless the ground
           allows a surprise.
        2. Where a chamber asks, customs has its own period, and the visit lies within it.
        3. The application waits for the report under the longer clock.

        Raises:
            NotAllowedError: another officer has the application.
            ConflictError: it is not under review.
            UnfitError: the ground is unknown, or the visit too early or too late.

        """
        current = self._applications.held(work, application_id, by=by)
        state = advance(current.state, Applied.ON_SITE_CHECK)
        clocks = self._applications.clocks
        self._require_notice(work, plan)  # 1
        due_on = None
        if self._is_chambers(work, current):  # 2
            due_on = clocks.due(ClockKind.ON_SITE_FOR_CHAMBER, work.today)
            if plan.visit_on > due_on:
                raise _period(f"customs has until {due_on} for a visit that a chamber asks for")
        clock = current.clock and clocks.change(current.clock, ClockKind.ISSUE_ON_SITE)  # 3
        changed = self._applications.change(
            work, current, replace(current, state=state, clock=clock)
        )
        check = SiteCheck(
            id=work.new_id(),
            application_id=current.id,
            ground=plan.ground,
            scope=plan.scope,
            asked_by=by.id,
            notified_on=work.today,
            visit_on=plan.visit_on,
            due_on=due_on,
        )
        SiteCheckRows(work.transaction).add(check)
        self._applications.note(
            work, changed, what="application.site_check", by=by, reason_code=plan.ground
        )
        return check

    def ask_postponement(
        self, work: Work, application_id: str, *, to: date, reason: str, by: User
    ) -> SiteCheck:
        """Ask for a later day, by the applicant; the office's clock runs on.

        Raises:
            ConflictError: no visit is scheduled.
            UnfitError: the day wished for is not later.

        """
        current = self._open(work, application_id, state=State.SCHEDULED, by=by)
        if to <= current.visit_on:
            raise UnfitError(Flaw("/to", f"the visit is on {current.visit_on} already"))
        decide_by = self._applications.clocks.due(ClockKind.POSTPONEMENT, work.today)
        asked = replace(
            current,
            state=State.POSTPONEMENT_ASKED,
            postponement=Postponement(to, reason, decide_by),
        )
        return self._change(work, current, asked, what="postponement_asked", by=by)

    def decide_postponement(
        self, work: Work, application_id: str, *, granted: bool, by: User
    ) -> SiteCheck:
        """Grant or deny the later day; denied, the visit stays where it was.

        Raises:
            NotAllowedError: another officer has the application.
            ConflictError: nobody asked.

        """
        self._applications.held(work, application_id, by=by)
        current = self._open(work, application_id, state=State.POSTPONEMENT_ASKED, by=by)
        assert current.postponement is not None  # asked for in this state
        visit_on = current.postponement.to if granted else current.visit_on
        decided = replace(current, state=State.SCHEDULED, visit_on=visit_on)
        what = "postponement_granted" if granted else "postponement_denied"
        return self._change(work, current, decided, what=what, by=by)

    def report(
        self, work: Work, application_id: str, *, outcome: Outcome, text: str, by: User
    ) -> SiteCheck:
        """Report what was found; the application goes back to its officer.

        Where a chamber asked, whoever of customs was there reports.

        Raises:
            NotAllowedError: another officer has the application.
            ConflictError: no visit is scheduled.
            UnfitError: the day of the visit has not come.

        """
        current = self._open(work, application_id, state=State.SCHEDULED, by=by)
        if current.due_on is None:
            self._applications.held(work, application_id, by=by)
        if work.today < current.visit_on:
            raise UnfitError(Flaw("", f"the visit is on {current.visit_on} only"))
        application = self._applications.get(work, application_id, by=by)
        back = replace(application, state=advance(application.state, Applied.UNDER_REVIEW))
        self._applications.change(work, application, back)
        done = replace(current, state=State.DONE, report=Report(outcome, text, by.id, work.now))
        return self._change(work, current, done, what="site_check_reported", by=by)

    def of(self, work: Work, application_id: str, *, by: User) -> tuple[SiteCheck, ...]:
        """Return the checks of an application that the caller may see."""
        application = self._applications.get(work, application_id, by=by)
        return SiteCheckRows(work.transaction).of(application.id)

    def proposed(self, work: Work, application_id: str, *, by: User) -> tuple[Proposal, ...]:
        """Return the ground that the lists give for a visit of the applicant, entry by entry."""
        application = self._applications.get(work, application_id, by=by)
        exempt = self._approvals.benefit(
            work,
            "ON_SITE",
            exporter_id=application.exporter_id,
            goods=goods_of(application.content),
        )
        listed = self._listings.listed(work, application.exporter_id)
        return tuple(Proposal(_LISTED, f"{one.ground}: {one.detail}", exempt) for one in listed)

    def _require_notice(self, work: Work, plan: Plan) -> None:
        procedure = self._applications.clocks.procedure
        ground = procedure.ground(plan.ground)
        ahead = 0 if ground.surprise else procedure.clocks[ClockKind.ON_SITE_NOTICE].length
        earliest = work.today + timedelta(days=ahead)
        if plan.visit_on < earliest:
            raise _period(f"with the notice that is due, the visit is on {earliest} or later")

    def _is_chambers(self, work: Work, application: Application) -> bool:
        kinds = {one.code: one.kind for one in self._officers.places(work)}
        return kinds.get(application.office or "") is OfficeKind.CHAMBER

    def _open(self, work: Work, application_id: str, *, state: State, by: User) -> SiteCheck:
        application = self._applications.get(work, application_id, by=by)
        checks = SiteCheckRows(work.transaction).of(application.id)
        if not checks:
            raise MissingError(what="on-site check of application", id=application_id)
        waits = application.state is Applied.ON_SITE_CHECK
        if not waits or checks[-1].state is not state:
            raise ConflictError(what="on-site check", current=checks[-1].state, wanted="changed")
        return checks[-1]

    def _change(
        self, work: Work, since: SiteCheck, changed: SiteCheck, *, what: str, by: User
    ) -> SiteCheck:
        if not SiteCheckRows(work.transaction).change(changed, since=since):
            raise ConflictError(what="on-site check", current="changed meanwhile", wanted=what)
        application = self._applications.get(work, since.application_id, by=by)
        self._applications.note(
            work, application, what=f"application.{what}", by=by, reason_code=since.ground
        )
        return changed


def _period(detail: str) -> UnfitError:
    return UnfitError(Flaw("/visit_on", detail, code="RUL-PERIOD"))
