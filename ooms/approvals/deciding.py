"""Judge applications for approval: ask for completion, go and look, approve, refuse, return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.approvals.applying import Applying
from ooms.approvals.model import (
    LIVE,
    Approval,
    Completion,
    Decision,
    Level,
    Request,
    RequestState,
    State,
    Visit,
    advance,
    advance_request,
)
from ooms.approvals.repository import ApprovalRows
from ooms.approvals.scheme import SpanKind, find
from ooms.approvals.service import Approvals
from ooms.approvals.terms import Days, common_end, last_day
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, UnfitError

_REPLACED = "COMPANY_APPROVED"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an application is decided, and for how long when it is approved."""

    wanted: RequestState
    reason_code: str
    reason: str
    years: int | None = None


@dataclass(frozen=True, slots=True)
class VisitReport:
    """What a visit found; earlier than announced only at the company's own request."""

    outcome: str
    text: str
    at_request: bool = False


class Deciding:
    """What officers do with applications for approval."""

    def __init__(self, approvals: Approvals, applying: Applying) -> None:
        """Decide what was applied for at that desk."""
        self.desk = approvals
        self._applying = applying

    def ask_completion(self, work: Work, request_id: str, *, text: str, by: User) -> Request:
        """Ask the company to complete its papers; again when it did not, once.

        Raises:
            ConflictError: the company still has time, or it was asked as often as may be.

        """
        current = self.desk.request(work, request_id, by=by)
        state = advance_request(current.state, RequestState.COMPLETION)
        scheme = self.desk.scheme
        asked = len(current.completions)
        is_running = current.state is RequestState.COMPLETION and not self._is_late(work, current)
        if is_running or asked >= scheme.completion.rounds:
            raise ConflictError(what="completion", current=f"asked {asked} times", wanted="asked")
        span = scheme.span(SpanKind.COMPLETION_AGAIN if asked else SpanKind.COMPLETION)
        one = Completion(text, work.today, span.after(work.today))
        changed = replace(current, state=state, completions=(*current.completions, one))
        return self._applying.change(work, current, changed, what="completion_asked", by=by)

    def announce_visit(self, work: Work, request_id: str, *, visit: Visit, by: User) -> Request:
        """Announce a visit with its notice; the decision's clock runs on.

        Raises:
            UnfitError: the day is too early.

        """
        current = self.desk.request(work, request_id, by=by)
        state = advance_request(current.state, RequestState.ON_SITE)
        self._require_notice(work, visit.visit_on)
        announced = replace(visit, notified_on=work.today)
        changed = replace(current, state=state, visit=announced)
        return self._applying.change(work, current, changed, what="visit_announced", by=by)

    def move_visit(self, work: Work, request_id: str, *, granted: bool, by: User) -> Request:
        """Grant or deny the later day that the company asked for.

        Raises:
            ConflictError: nobody asked.

        """
        current = self.desk.request(work, request_id, by=by)
        visit = current.visit
        asked = visit.postponement if visit else None
        if visit is None or asked is None or asked.granted is not None:
            raise ConflictError(what="visit", current=current.state, wanted="moved")
        decided = replace(asked, granted=granted)
        day = asked.to if granted else visit.visit_on
        changed = replace(current, visit=replace(visit, visit_on=day, postponement=decided))
        return self._applying.change(work, current, changed, what="visit_moved", by=by)

    def report_visit(
        self, work: Work, request_id: str, *, report: VisitReport, by: User
    ) -> Request:
        """Report what a visit found; before its day only at the company's own request.

        Raises:
            UnfitError: the day has not come.

        """
        current = self.desk.request(work, request_id, by=by)
        visit = current.visit
        if current.state is not RequestState.ON_SITE or visit is None:
            raise ConflictError(what="visit", current=current.state, wanted="reported")
        if work.today < visit.visit_on and not report.at_request:
            raise UnfitError(Flaw("", f"the visit is on {visit.visit_on} only", code="RUL-SPAN"))
        state = advance_request(current.state, RequestState.APPLIED)
        changed = replace(
            current, state=state, visit=replace(visit, outcome=report.outcome, report=report.text)
        )
        facts = {"outcome": report.outcome}
        return self._applying.change(
            work, current, changed, what="visit_reported", by=by, facts=facts
        )

    def decide(self, work: Work, request_id: str, *, verdict: Verdict, by: User) -> Request:
        """Approve, refuse or return an application.

        1. The reason stands in the scheme; a lapsed completion may be returned, not refused.
        2. Approved, a first one gets its number, a renewal its next term.
        3. A company's approval takes the place of its items'.

        Raises:
            ConflictError: it is not the office's turn.
            UnfitError: the reason or the term is not the scheme's, or a paper lacks.

        """
        current = self.desk.request(work, request_id, by=by)
        state = advance_request(current.state, verdict.wanted)
        if current.state is RequestState.COMPLETION and not self._is_late(work, current):
            raise ConflictError(what="completion", current="under way", wanted=state)
        self._require_reason(current, verdict)  # 1
        granted: tuple[Approval, ...] = ()
        if state is RequestState.APPROVED:
            self._require_papers(current)
            granted = self._grant(work, current, verdict, by=by)  # 2
            self._replace_items(work, granted, by=by)  # 3
        changed = replace(
            current,
            state=state,
            decision=Decision(verdict.reason_code, verdict.reason, by.id, work.now),
            granted=tuple(one.id for one in granted),
        )
        return self._applying.change(
            work, current, changed, what=state.lower(), by=by, reason_code=verdict.reason_code
        )

    def _grant(
        self, work: Work, request: Request, verdict: Verdict, *, by: User
    ) -> tuple[Approval, ...]:
        level = request.scope.level
        rows = ApprovalRows(work.transaction)
        if request.renews:
            chosen = [self.desk.get(work, one, by=by) for one in request.renews]
            start = common_end(chosen)
            term = Days(start, self._last_day(start, verdict, level=level))
            return tuple(self._extend(work, one, request, term=term, by=by) for one in chosen)
        serial = rows.next_serial(level=level, year=work.today.year)
        approval = Approval(
            id=work.new_id(),
            number=self.desk.scheme.number.pattern.format(
                office=self.desk.office,
                level=level.value[0],
                yy=f"{work.today:%y}",
                serial=serial,
            ),
            exporter_id=request.exporter_id,
            scope=request.scope,
            managers=request.managers,
            approved_on=work.today,
            term_from=work.today,
            valid_until=self._last_day(work.today, verdict, level=level),
            shorter_because=verdict.reason if verdict.years is not None else "",
        )
        rows.add(approval)
        self.desk.note(work, approval, what="given", who=by.login)
        return (approval,)

    def _extend(
        self, work: Work, current: Approval, request: Request, *, term: Days, by: User
    ) -> Approval:
        if current.state not in LIVE:
            raise ConflictError(what="approval", current=current.state, wanted="renewed")
        extended = replace(
            current,
            managers=request.managers,
            term_from=term.first,
            valid_until=term.last,
            reminded_on=None,
        )
        changed = self.desk.change(work, current, extended)
        facts = {"valid_until": term.last.isoformat(), "kind": request.kind.value}
        self.desk.note(work, changed, what="renewed", who=by.login, facts=facts)
        return changed

    def _replace_items(self, work: Work, granted: tuple[Approval, ...], *, by: User) -> None:
        for new in granted:
            if new.scope.level is not Level.COMPANY or new.term_from != new.approved_on:
                continue
            for old in ApprovalRows(work.transaction).of(new.exporter_id):
                same = new.scope.site_id in (None, old.scope.site_id)
                if same and old.scope.level is Level.ITEM and old.state in LIVE:
                    self._lapse(work, old, because=new.number, by=by)

    def _lapse(self, work: Work, old: Approval, *, because: str, by: User) -> None:
        ended = replace(
            old,
            state=advance(old.state, State.LAPSED),
            ended_on=work.today,
            ended=Decision(_REPLACED, because, by.id, work.now),
        )
        self.desk.change(work, old, ended)
        self.desk.note(work, ended, what="lapsed", who=by.login, reason_code=_REPLACED)

    def _last_day(self, start: date, verdict: Verdict, *, level: Level) -> date:
        return last_day(
            self.desk.scheme, start, level=level, years=verdict.years, because=verdict.reason
        )

    def _require_reason(self, request: Request, verdict: Verdict) -> None:
        scheme = self.desk.scheme
        known = {
            RequestState.REFUSED: scheme.refusals,
            RequestState.RETURNED: scheme.returns,
        }.get(verdict.wanted)
        if known is not None:
            level = request.scope.level
            find(known, verdict.reason_code, level=level, pointer="/reason_code")

    def _require_papers(self, request: Request) -> None:
        given = frozenset(one.code for one in request.papers)
        missing = self.desk.scheme.missing_papers(request.scope.level, request.kind, given=given)
        if missing:
            detail = f"ask for completion first: {', '.join(missing)}"
            raise UnfitError(*(Flaw(f"/papers/{one}", detail) for one in missing))

    def _require_notice(self, work: Work, visit_on: date) -> None:
        span = self.desk.scheme.span(SpanKind.ON_SITE_NOTICE)
        earliest = span.after(work.today)
        if visit_on < earliest:
            detail = f"with the notice that is due, the visit is on {earliest} or later"
            raise UnfitError(Flaw("/visit_on", detail, code="RUL-SPAN"))

    def _is_late(self, work: Work, request: Request) -> bool:
        return bool(request.completions) and request.completions[-1].due_on < work.today
