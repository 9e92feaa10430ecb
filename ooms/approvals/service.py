"""Find approvals: for their holders, for officers, for whoever asks by number, for other desks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.approvals.model import LIVE, Approval, Level, Request, RequestState
from ooms.approvals.repository import ApprovalRows, RequestRows
from ooms.approvals.scheme import NoSchemeError, Scheme
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, MissingError
from ooms.exporters.repository import ExporterRows


def approval_on(  # noqa: PLR0913  # the facts of one question, each by its name
    work: Work,
    *,
    exporter_id: str,
    agreement: str,
    hs6: str,
    on: date,
    site_id: str | None = None,
) -> Approval | None:
    """Find the approval that covers a company's goods under an agreement on a day.

    The company's own approval comes before that of an item.  An approval of one site is found
    only by naming the site.
    """
    found = [
        one
        for one in ApprovalRows(work.transaction).of(exporter_id)
        if one.holds(on) and one.scope.covers(agreement, hs6, site_id=site_id)
    ]
    return min(found, key=lambda one: one.scope.level is not Level.COMPANY, default=None)


@dataclass(frozen=True, slots=True)
class Shown:
    """What anybody may know of an approval."""

    approval: Approval
    holder: str
    holds: bool
    on: date


class Approvals:
    """The desk of approved exporters."""

    def __init__(self, scheme: Scheme | None, *, country: str, office: str) -> None:
        """Approve by the scheme of a country, if it has one, in the name of an office."""
        self._scheme = scheme
        self.country = country
        self.office = office

    @property
    def has_scheme(self) -> bool:
        """Tell whether this administration approves exporters at all."""
        return self._scheme is not None

    @property
    def scheme(self) -> Scheme:
        """The scheme of this administration.

        Raises:
            NoSchemeError: it has none.

        """
        if self._scheme is None:
            raise NoSchemeError(country=self.country)
        return self._scheme

    def benefit(
        self, work: Work, name: str, *, exporter_id: str, goods: Iterable[tuple[str, str]]
    ) -> str:
        """Say what an approval takes the place of; an empty text unless all goods are covered.

        `goods` are pairs of an agreement and a tariff code.
        """
        if self._scheme is None:
            return ""
        found = [
            approval_on(work, exporter_id=exporter_id, agreement=agreement, hs6=hs, on=work.today)
            for agreement, hs in goods
        ]
        numbers = {one.number for one in found if one is not None}
        if None in found or not numbers:
            return ""
        rule = self._scheme.benefits[name]
        return f"{rule.words}: approved exporter {', '.join(sorted(numbers))} ({rule.source})"

    def get(self, work: Work, approval_id: str, *, by: User) -> Approval:
        """Return an approval that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = ApprovalRows(work.transaction).find(approval_id)
        if found is None:
            raise MissingError(what="approval", id=approval_id)
        by.require_sight(found.exporter_id, what="approval", id=approval_id)
        return found

    def live(self, work: Work, approval_id: str, *, wanted: str, by: User) -> Approval:
        """Return an approval that has not ended; `wanted` is what is about to be done to it.

        Raises:
            MissingError: there is none that the caller may see.
            ConflictError: it has ended.

        """
        found = self.get(work, approval_id, by=by)
        if found.state not in LIVE:
            raise ConflictError(what="approval", current=found.state, wanted=wanted)
        return found

    def page(
        self, work: Work, window: Window, *, of: str | None = None, by: User
    ) -> tuple[Approval, ...]:
        """Return the approvals that the caller may see, of one company if asked."""
        return ApprovalRows(work.transaction).page(window, company=by.looks_at(of))

    def request(self, work: Work, request_id: str, *, by: User) -> Request:
        """Return an application for approval that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = RequestRows(work.transaction).find(request_id)
        if found is None:
            raise MissingError(what="application for approval", id=request_id)
        by.require_sight(found.exporter_id, what="application for approval", id=request_id)
        return found

    def requests(
        self, work: Work, window: Window, *, state: RequestState | None, by: User
    ) -> tuple[Request, ...]:
        """Return the applications for approval that the caller may see."""
        return RequestRows(work.transaction).page(window, company=by.company, state=state)

    def show_publicly(self, work: Work, number: str, *, on: date) -> Shown:
        """Return what anybody may know of the approval of a number, on a day.

        Raises:
            MissingError: no approval has this number.

        """
        found = ApprovalRows(work.transaction).numbered(number)
        if found is None:
            raise MissingError(what="approved exporter", id=number)
        holder = ExporterRows(work.transaction).find(found.exporter_id)
        return Shown(found, holder.name if holder else "", found.holds(on), on)

    def change(self, work: Work, since: Approval, changed: Approval) -> Approval:
        """Write a changed approval.

        Raises:
            ConflictError: somebody else changed it since it was read.

        """
        changed = replace(changed, version=since.version + 1)
        if not ApprovalRows(work.transaction).change(changed, since=since):
            raise ConflictError(what="approval", current="changed meanwhile", wanted=changed.state)
        return changed

    def act(  # noqa: PLR0913  # the facts of one act, each by its name
        self,
        work: Work,
        since: Approval,
        changed: Approval,
        *,
        what: str,
        by: User,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> Approval:
        """Write a changed approval and record the act.

        Raises:
            ConflictError: somebody else changed it since it was read.

        """
        kept = self.change(work, since, changed)
        self.note(work, kept, what=what, who=by.login, reason_code=reason_code, facts=facts)
        return kept

    def note(  # noqa: PLR0913  # the facts of one entry, each by its name
        self,
        work: Work,
        approval: Approval,
        *,
        what: str,
        who: str,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> None:
        """Record an act on an approval."""
        record(
            work,
            who=who,
            what=f"approval.{what}",
            subject=f"approval/{approval.id}",
            reason_code=reason_code,
            facts={"number": approval.number} | (facts or {}),
        )
