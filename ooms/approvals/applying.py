"""Apply for approval and for renewal, complete what lacks, and take an application back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ooms.access.model import User
from ooms.approvals.model import (
    LIVE,
    OPEN,
    Approval,
    Level,
    Manager,
    Paper,
    Postponement,
    Request,
    RequestKind,
    RequestState,
    Scope,
    advance_request,
    decide_by,
)
from ooms.approvals.repository import ApprovalRows, RequestRows
from ooms.approvals.scheme import SpanKind, UnknownSchemeCodeError
from ooms.approvals.service import Approvals
from ooms.approvals.terms import common_end, renewal_window
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.exporters.service import Exporters


class Applying:
    """What a company does to be approved."""

    def __init__(self, approvals: Approvals, exporters: Exporters) -> None:
        """Apply at that desk, for companies and their sites."""
        self.desk = approvals
        self._exporters = exporters

    def apply(
        self,
        work: Work,
        scope: Scope,
        *,
        managers: tuple[Manager, ...],
        papers: tuple[Paper, ...],
        by: User,
    ) -> Request:
        """Apply for the approval of the caller's company, or of one item.

        1. The scope is whole, its site is the company's, and the managers are qualified.
        2. Nothing in force or under way covers the same.
        3. A second agreement for the same good within the year is judged simply.

        Raises:
            NoSchemeError: this administration approves no exporters.
            UnfitError: the scope, the site or a manager is not what the scheme asks for.
            ConflictError: the company has such an approval, or has applied for it.

        """
        company = _company_of(by)
        self._require_scope(work, company, scope, by=by)  # 1
        self._require_managers(managers, on=work.today)
        held = [one for one in ApprovalRows(work.transaction).of(company) if one.holds(work.today)]
        waiting = RequestRows(work.transaction).open_of(company)
        taken = [*(one.scope for one in held), *(one.scope for one in waiting)]
        if scope in taken:  # 2
            raise ConflictError(what="approval", current="held or applied for", wanted="applied")
        kind = RequestKind.FIRST
        if self._is_second_agreement(held, scope, on=work.today):  # 3
            kind = RequestKind.SECOND_AGREEMENT
        return self._hand_in(
            work, Request("", company, kind, scope, managers, papers, work.today, work.today), by=by
        )

    def renew(
        self,
        work: Work,
        approval_ids: tuple[str, ...],
        *,
        managers: tuple[Manager, ...],
        papers: tuple[Paper, ...],
        by: User,
    ) -> Request:
        """Apply for renewal: of one approval, or of several items to one common end.

        1. The window of the earliest end is open.
        2. After clean self-inspections a pledge takes the place of the file.

        Raises:
            UnfitError: the window is closed, or the approvals cannot be renewed together.
            ConflictError: one has ended, or its renewal is applied for.

        """
        scheme = self.desk.scheme
        chosen = [self.desk.get(work, one, by=by) for one in approval_ids]
        self._require_managers(managers, on=work.today)
        if len(chosen) > 1 and any(one.scope.level is not Level.ITEM for one in chosen):
            raise UnfitError(Flaw("/approval_ids", "only items are renewed together"))
        self._require_renewable(work, chosen)
        window = renewal_window(scheme, common_end(chosen))  # 1
        if not window.contains(work.today):
            detail = f"renewal is applied for from {window.first} to {window.last}"
            raise UnfitError(Flaw("/approval_ids", detail, code="RUL-SPAN"))
        rounds = len(scheme.inspections)
        is_light = all(one.is_clean(rounds) for one in chosen)  # 2
        kind = RequestKind.LIGHT_RENEWAL if is_light else RequestKind.RENEWAL
        request = Request(
            id="",
            exporter_id=chosen[0].exporter_id,
            kind=kind,
            scope=chosen[0].scope,
            managers=managers,
            papers=papers,
            submitted_on=work.today,
            decide_by=work.today,
            renews=tuple(dict.fromkeys(approval_ids)),
        )
        return self._hand_in(work, request, by=by)

    def complete(
        self, work: Work, request_id: str, *, answer: str, papers: tuple[Paper, ...], by: User
    ) -> Request:
        """Answer a request for completion; the office's clock goes on.

        Raises:
            ConflictError: nothing is asked.
            PeriodEndedError: the period for it has ended.

        """
        current = self.desk.request(work, request_id, by=by)
        state = advance_request(current.state, RequestState.APPLIED)
        if current.state is not RequestState.COMPLETION:
            raise ConflictError(what="completion", current=current.state, wanted="answered")
        asked = current.completions[-1]
        if asked.due_on < work.today:
            raise PeriodEndedError(what="completion", ended_on=asked.due_on.isoformat())
        answered = replace(asked, answered_on=work.today, answer=answer)
        given = {one.code: one for one in (*current.papers, *papers)}
        changed = replace(
            current,
            state=state,
            papers=tuple(given.values()),
            completions=(*current.completions[:-1], answered),
        )
        return self.change(work, current, changed, what="completed", by=by)

    def extend(self, work: Work, request_id: str, *, days: int, reason: str, by: User) -> Request:
        """Ask for longer to complete, once for each request, within what the scheme grants.

        Raises:
            ConflictError: nothing is asked, or it was extended already.
            UnfitError: the days are more than the scheme grants.

        """
        current = self.desk.request(work, request_id, by=by)
        asked = current.completions[-1] if current.completions else None
        open_now = current.state is RequestState.COMPLETION and asked is not None
        if asked is None or not open_now or asked.extended_because or asked.due_on < work.today:
            raise ConflictError(what="completion", current=current.state, wanted="extended")
        span = self.desk.scheme.span(SpanKind.COMPLETION_EXTENSION)
        if not 0 < days <= span.length:
            detail = f"at most {span.length} days ({span.source})"
            raise UnfitError(Flaw("/days", detail, code="RUL-SPAN"))
        due_on = date.fromordinal(asked.due_on.toordinal() + days)
        longer = replace(asked, due_on=due_on, extended_because=reason)
        changed = replace(current, completions=(*current.completions[:-1], longer))
        return self.change(work, current, changed, what="extended", by=by)

    def ask_postponement(
        self, work: Work, request_id: str, *, to: date, reason: str, by: User
    ) -> Request:
        """Ask for a later visit, within the days after the notice that the scheme gives.

        Raises:
            ConflictError: no visit is announced, or a later day was asked for.
            UnfitError: the day wished for is not later, or the days for asking are over.

        """
        current = self.desk.request(work, request_id, by=by)
        visit = current.visit
        if current.state is not RequestState.ON_SITE or visit is None or visit.postponement:
            raise ConflictError(what="visit", current=current.state, wanted="postponed")
        last = self.desk.scheme.span(SpanKind.POSTPONEMENT_REQUEST).after(visit.notified_on)
        if work.today > last or to <= visit.visit_on:
            detail = f"ask by {last} for a day after {visit.visit_on}"
            raise UnfitError(Flaw("/to", detail, code="RUL-SPAN"))
        asked = replace(visit, postponement=Postponement(to, reason, work.today))
        changed = replace(current, visit=asked)
        return self.change(work, current, changed, what="postponement_asked", by=by)

    def withdraw(self, work: Work, request_id: str, *, reason: str, by: User) -> Request:
        """Take an application back, before it is decided.

        Raises:
            ConflictError: it is decided.

        """
        current = self.desk.request(work, request_id, by=by)
        state = advance_request(current.state, RequestState.WITHDRAWN)
        facts = {"reason": reason}
        return self.change(
            work, current, replace(current, state=state), what="withdrawn", by=by, facts=facts
        )

    def change(  # noqa: PLR0913  # the facts of one change, each by its name
        self,
        work: Work,
        since: Request,
        changed: Request,
        *,
        what: str,
        by: User,
        reason_code: str = "",
        facts: dict[str, str] | None = None,
    ) -> Request:
        """Write a changed application with its clock, and record it.

        Raises:
            ConflictError: somebody else changed it since it was read.

        """
        changed = replace(changed, version=since.version + 1, decide_by=self._due(changed))
        if not RequestRows(work.transaction).change(changed, since=since):
            raise ConflictError(
                what="application for approval", current="changed meanwhile", wanted=what
            )
        _record(work, changed, what=what, by=by, reason_code=reason_code, facts=facts)
        return changed

    def _hand_in(self, work: Work, request: Request, *, by: User) -> Request:
        kept = replace(request, id=work.new_id(), decide_by=self._due(request))
        RequestRows(work.transaction).add(kept)
        _record(work, kept, what="applied", by=by, facts={"kind": kept.kind.value})
        return kept

    def _due(self, request: Request) -> date:
        span = self.desk.scheme.span(SpanKind.DECISION)
        return decide_by(request.submitted_on, span.length, request.completions)

    def _require_scope(self, work: Work, company: str, scope: Scope, *, by: User) -> None:
        self.desk.scheme  # noqa: B018  # refuses where there is none
        is_whole = (scope.agreement is None) == (scope.hs6 is None)
        if not is_whole or (scope.level is Level.ITEM) != (scope.agreement is not None):
            detail = "an item is an agreement and six digits; a company is approved without them"
            raise UnfitError(Flaw("/level", detail))
        sites = self._exporters.sites(work, company, by=by)
        here = {one.id for one in sites if one.closed_at is None}
        if scope.site_id is not None and scope.site_id not in here:
            raise UnfitError(Flaw("/site_id", "is no open site of the company; see its sites"))

    def _require_managers(self, managers: tuple[Manager, ...], *, on: date) -> None:
        known = {one.code: one for one in self.desk.scheme.qualifications}
        for place, one in enumerate(managers):
            pointer = f"/managers/{place}"
            if one.qualification not in known:
                detail = f"{one.qualification} is no qualification of the scheme"
                raise UnknownSchemeCodeError(Flaw(f"{pointer}/qualification", detail))
            if known[one.qualification].own_staff and not one.own_staff:
                detail = f"{one.qualification} counts for the company's own staff only"
                raise UnfitError(Flaw(f"{pointer}/own_staff", detail))
        if not any(one.holds(on) for one in managers):
            raise UnfitError(Flaw("/managers", "name an origin manager who is in post today"))

    def _is_second_agreement(self, held: list[Approval], scope: Scope, *, on: date) -> bool:
        span = self.desk.scheme.span(SpanKind.SECOND_AGREEMENT)
        return any(
            one.scope.level is Level.ITEM
            and (one.scope.hs6, one.scope.site_id) == (scope.hs6, scope.site_id)
            and on <= span.after(one.approved_on)
            for one in held
        )

    def _require_renewable(self, work: Work, chosen: list[Approval]) -> None:
        waiting = RequestRows(work.transaction).open_of(chosen[0].exporter_id)
        renewing = {approval_id for one in waiting for approval_id in one.renews}
        for one in chosen:
            if one.state not in LIVE or one.exporter_id != chosen[0].exporter_id:
                raise ConflictError(what="approval", current=one.state, wanted="renewed")
            if one.id in renewing:
                raise ConflictError(what="approval", current="being renewed", wanted="renewed")


def is_renewal_open(work: Work, approval: Approval) -> bool:
    """Tell whether a renewal of an approval waits for an answer."""
    waiting = RequestRows(work.transaction).open_of(approval.exporter_id)
    return any(approval.id in one.renews and one.state in OPEN for one in waiting)


def _company_of(by: User) -> str:
    if by.exporter_id is None:
        raise UnfitError(Flaw("", "only a company applies; a broker names it in Acting-For"))
    return by.exporter_id


def _record(  # noqa: PLR0913  # the facts of one entry, each by its name
    work: Work,
    request: Request,
    *,
    what: str,
    by: User,
    reason_code: str = "",
    facts: dict[str, str] | None = None,
) -> None:
    record(
        work,
        who=by.login,
        what=f"approval_request.{what}",
        subject=f"approval-request/{request.id}",
        reason_code=reason_code,
        facts=facts,
    )
