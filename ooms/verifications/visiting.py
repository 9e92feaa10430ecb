"""Visit whoever made the goods: propose, hear, hold, draft, take comments, decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.verifications.determining import Determining
from ooms.verifications.keeping import Keeping
from ooms.verifications.model import Determination, ItemFinding, State, Verification, advance
from ooms.verifications.parts import Spoken
from ooms.verifications.terms import Anchor, TermKind
from ooms.verifications.visit import VISIT_MOVES, Visit, VisitState

_OVER = frozenset({VisitState.FINAL, VisitState.REFUSED, VisitState.NO_ANSWER})
#: A visit follows what a partner answered, or did not.
_AFTER = frozenset({State.RESULT_RECEIVED, State.NO_REPLY})


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a visit goes, when, and what it covers."""

    from_date: date
    to_date: date
    person: str
    role: str
    address: str
    coverage: str
    officials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisitReply:
    """What the partner says to a proposal: yes, no, or on other days."""

    state: VisitState
    answered_on: date
    reason: str = ""
    from_date: date | None = None


class Visiting:
    """The visits of verifications that we ask for."""

    def __init__(self, keeping: Keeping, determining: Determining) -> None:
        """Work on the verifications that are kept there; decide as that desk does."""
        self._keeping = keeping
        self._determining = determining

    def propose(self, work: Work, case_id: str, *, plan: Plan, by: User) -> Verification:
        """Propose a visit, early enough ahead of it.

        Raises:
            ConflictError: the partner has the turn, or another visit is not over.
            UnfitError: the notice is too short.

        """
        case = self._keeping.get(work, case_id)
        last = case.visits[-1] if case.visits else None
        if case.state not in _AFTER or (last is not None and last.state not in _OVER):
            current = last.state if last else case.state
            raise ConflictError(what="visit", current=current, wanted=VisitState.PROPOSED)
        self._require_notice(case, plan, on=work.today)
        agreement = case.subject.agreement
        visit = Visit(
            number=len(case.visits) + 1,
            state=VisitState.PROPOSED,
            proposed_on=work.today,
            from_date=plan.from_date,
            to_date=plan.to_date,
            person=plan.person,
            role=plan.role,
            address=plan.address,
            coverage=plan.coverage,
            officials=plan.officials,
            clock=self._keeping.rules.begin(agreement, TermKind.VISIT_CONSENT, work.today),
            latest=self._latest(case, proposed_on=work.today, proposed_day=plan.from_date),
        )
        changed = replace(case, visits=(*case.visits, visit))
        if case.by_message:
            sent = self._keeping.voice.propose_visit(
                case, visit=visit, by=self._keeping.speaker(by), within=work.transaction
            )
            changed = changed.having_said(Spoken("VISIT_PROPOSAL", sent, work.today))
        return self._keeping.change(work, case, changed, what="visit_proposed", who=by.login)

    def hear(self, work: Work, case_id: str, *, reply: VisitReply, who: str) -> Verification:
        """Take what the partner says to a proposal; a visit is postponed once.

        Raises:
            ConflictError: no visit stands where this could follow.
            UnfitError: it would be postponed for too long.

        """
        case, visit = self._visit(work, case_id)
        state = advance(visit.state, reply.state, moves=VISIT_MOVES)
        if reply.state is VisitState.POSTPONED:
            self._require_soon(case, visit, reply)
        answered = replace(
            visit,
            state=state,
            answered_on=reply.answered_on,
            reason=reply.reason,
            postponed_to=reply.from_date if reply.state is VisitState.POSTPONED else None,
        )
        return self._kept(work, case, answered, what="visit_answered", who=who)

    def hold(
        self, work: Work, case_id: str, *, days: tuple[date, date], facts: str, by: User
    ) -> Verification:
        """Note that the visit was held, and what it showed.

        Raises:
            ConflictError: nobody consented.
            UnfitError: its days are in no order.

        """
        case, visit = self._visit(work, case_id)
        from_date, to_date = days
        if not visit.proposed_on <= from_date <= to_date <= work.today:
            words = "comes after the proposal and before its end, and none of it is still to come"
            raise UnfitError(Flaw("/from_date", words, code="RUL-PERIOD"))
        whole = self._keeping.rules.begin(case.subject.agreement, TermKind.VISIT_WHOLE, from_date)
        held = replace(
            visit,
            state=advance(visit.state, VisitState.HELD, moves=VISIT_MOVES),
            held_from=from_date,
            held_to=to_date,
            facts=facts,
            final_by=whole.due_on,
        )
        return self._kept(work, case, held, what="visit_held", who=by.login)

    def draft(
        self, work: Work, case_id: str, *, findings: tuple[ItemFinding, ...], by: User
    ) -> Verification:
        """Tell what the visit showed and what is drafted on it, and wait for comments.

        Raises:
            ConflictError: no visit was held.
            NoTermError: the agreement names no period for comments.

        """
        case, visit = self._visit(work, case_id)
        state = advance(visit.state, VisitState.DRAFT_DETERMINATION, moves=VISIT_MOVES)
        clock = self._keeping.rules.begin(
            case.subject.agreement, TermKind.VISIT_COMMENTS, work.today
        )
        judged = self._determining.judged(case, findings)
        made = Determination(judged, by.login, work.today, comments_by=clock)
        drafted = replace(visit, state=state, comments_by=clock, drafted_by=by.login)
        changed = replace(case, preliminary=made, visits=(*case.visits[:-1], drafted))
        if case.by_message:
            sent = self._keeping.voice.tell_findings(
                changed,
                visit=drafted,
                draft=made,
                by=self._keeping.speaker(by),
                within=work.transaction,
            )
            changed = changed.having_said(Spoken("VISIT_FINDINGS", sent, work.today))
        return self._keeping.change(work, case, changed, what="visit_drafted", who=by.login)

    def comment(
        self, work: Work, case_id: str, *, words: str, commented_on: date, who: str
    ) -> Verification:
        """Keep what who was visited says to the draft.

        Raises:
            ConflictError: nothing was drafted.

        """
        case, visit = self._visit(work, case_id)
        state = advance(visit.state, VisitState.COMMENTS, moves=VISIT_MOVES)
        said = replace(visit, state=state, comments=words, commented_on=commented_on)
        return self._kept(work, case, said, what="visit_commented", who=who)

    def finish(
        self, work: Work, case_id: str, *, findings: tuple[ItemFinding, ...], by: User
    ) -> Verification:
        """Determine after the comments, or after the period for them; it ends the case.

        Raises:
            ConflictError: the period for comments still runs.
            PeriodEndedError: the whole visit had to be over earlier.
            UnfitError: an item lacks its finding or ground.

        """
        case, visit = self._visit(work, case_id)
        state = advance(visit.state, VisitState.FINAL, moves=VISIT_MOVES)
        waits = visit.comments_by is not None and not visit.comments_by.is_over(work.today)
        if visit.state is VisitState.DRAFT_DETERMINATION and waits:
            raise ConflictError(what="draft", current="open for comments", wanted=state)
        if visit.final_by is not None and work.today > visit.final_by:
            raise PeriodEndedError(what="period of the visit", ended_on=str(visit.final_by))
        final = replace(visit, state=state)
        ready = replace(case, visits=(*case.visits[:-1], final))
        speaker = self._keeping.speaker(by)
        return self._determining.conclude(
            work,
            ready,
            findings=findings,
            by=by,
            send=lambda changed, made: Spoken(
                "VISIT_FINAL",
                self._keeping.voice.finish_visit(
                    changed, visit=final, made=made, by=speaker, within=work.transaction
                ),
                work.today,
            ),
        )

    def _visit(self, work: Work, case_id: str) -> tuple[Verification, Visit]:
        case = self._keeping.get(work, case_id)
        if not case.visits or not case.is_open:
            raise ConflictError(what="visit", current="not proposed", wanted="changed")
        return case, case.visits[-1]

    def _kept(
        self, work: Work, case: Verification, visit: Visit, *, what: str, who: str
    ) -> Verification:
        changed = replace(case, visits=(*case.visits[:-1], visit))
        return self._keeping.change(
            work, case, changed, what=what, who=who, reason_code=visit.state.value
        )

    def _require_notice(self, case: Verification, plan: Plan, *, on: date) -> None:
        if plan.to_date < plan.from_date:
            raise UnfitError(Flaw("/to_date", "lies before the first day", code="RUL-PERIOD"))
        terms = self._keeping.rules.terms(case.subject.agreement)
        notice = terms.terms.get(TermKind.VISIT_NOTICE)
        if notice is None:
            return
        latest = notice.latest_notice(plan.from_date, calendar=self._keeping.rules.calendar)
        if on > latest:
            words = f"had to be proposed by {latest} ({notice.source})"
            raise UnfitError(Flaw("/from_date", words, code="RUL-PERIOD"))

    def _latest(self, case: Verification, *, proposed_on: date, proposed_day: date) -> date | None:
        term = self._keeping.rules.terms(case.subject.agreement).terms.get(TermKind.VISIT_LATEST)
        if term is None or term.anchor is Anchor.CONSENT:
            return None
        event = proposed_day if term.anchor is Anchor.PROPOSED_DAY else proposed_on
        return term.due(event, calendar=self._keeping.rules.calendar)

    def _require_soon(self, case: Verification, visit: Visit, reply: VisitReply) -> None:
        if reply.from_date is None:
            raise UnfitError(Flaw("/from_date", "name the day instead", code="RUL-PERIOD"))
        if visit.latest is not None and reply.from_date > visit.latest:
            words = f"may be {visit.latest} at the latest under {case.subject.agreement}"
            raise UnfitError(Flaw("/from_date", words, code="RUL-PERIOD"))
