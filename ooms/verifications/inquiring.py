"""Ask our own exporters and producers about goods that a partner asks about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, MissingError, PeriodEndedError, UnfitError
from ooms.verifications.answer import (
    ANSWER_MOVES,
    INQUIRY_MOVES,
    AnswerState,
    Inquiry,
    InquiryRole,
    InquiryState,
)
from ooms.verifications.keeping import SYSTEM
from ooms.verifications.model import advance
from ooms.verifications.parts import Paper, Question
from ooms.verifications.registering import AnswerKeeping
from ooms.verifications.repository import AnswerRows
from ooms.verifications.terms import StepKind

GROUP = 200


@dataclass(frozen=True, slots=True)
class InquiryPlan:
    """Whom to ask, as what, about what, and when the investigation begins."""

    company_id: str
    role: InquiryRole
    certificate_number: str
    items: tuple[int, ...]
    words: str
    questions: tuple[Question, ...]
    starts_on: date


@dataclass(frozen=True, slots=True)
class CompanyAnswer:
    """What a company answers: words, answers by question, papers by digest and class."""

    words: str
    answers: tuple[Question, ...] = ()
    papers: tuple[Paper, ...] = ()


class Inquiring:
    """The inquiries at our companies."""

    def __init__(self, kept: AnswerKeeping) -> None:
        """Ask about what partners ask that is kept there."""
        self._kept = kept
        self._rules = kept.keeping.rules

    def ask(self, work: Work, answer_id: str, *, plan: InquiryPlan, by: User) -> Inquiry:
        """Give notice to a company and ask for its papers.

        A producer whose name is masked on the certificate is asked all the same: it is known here.

        Raises:
            ConflictError: nobody investigates now.
            UnfitError: the company is not behind the certificate, or the notice is too short.

        """
        answer = self._kept.get(work, answer_id)
        self._require_behind(work, answer.asked.agreement, plan)
        earliest = self._rules.last_day(StepKind.INQUIRY_NOTICE, work.today)
        if plan.starts_on < earliest:
            source = self._rules.steps.terms[StepKind.INQUIRY_NOTICE].source
            words = f"may be {earliest} at the earliest ({source})"
            raise UnfitError(Flaw("/starts_on", words, code="RUL-PERIOD"))
        if answer.state is not AnswerState.EXPORTER_INQUIRY:
            state = advance(answer.state, AnswerState.EXPORTER_INQUIRY, moves=ANSWER_MOVES)
            self._kept.change(
                work, answer, replace(answer, state=state), what="company_asked", who=by.login
            )
        inquiry = Inquiry(
            id=work.new_id(),
            received_id=answer.id,
            company_id=plan.company_id,
            role=plan.role,
            state=InquiryState.NOTICED,
            version=1,
            certificate_number=plan.certificate_number,
            items=plan.items,
            words=plan.words,
            questions=plan.questions,
            noticed_on=work.today,
            starts_on=plan.starts_on,
            clock=self._rules.step(StepKind.EXPORTER_PAPERS, work.today),
        )
        AnswerRows(work.transaction).add_inquiry(inquiry)
        _record(work, inquiry, what="noticed", who=by.login)
        return inquiry

    def prolong(self, work: Work, inquiry_id: str, *, asked_on: date, by: User) -> Inquiry:
        """Give a company more time, once, if it asked for it early enough.

        Raises:
            ConflictError: it has more time already, or answered.
            PeriodEndedError: it asked too late.

        """
        inquiry = self.get(work, inquiry_id, by=by)
        state = advance(inquiry.state, InquiryState.PROLONGED, moves=INQUIRY_MOVES)
        last = self._rules.last_day(StepKind.EXPORTER_PAPERS_ASK_MORE, inquiry.noticed_on)
        if asked_on > last:
            raise PeriodEndedError(what="request for more time", ended_on=str(last))
        assert inquiry.clock.due_on is not None  # nothing stops it
        until = self._rules.last_day(StepKind.EXPORTER_PAPERS_MORE, inquiry.clock.due_on)
        longer = replace(inquiry, state=state, clock=inquiry.clock.prolonged(until))
        return self._changed(work, inquiry, longer, what="prolonged", who=by.login)

    def answer(self, work: Work, inquiry_id: str, *, said: CompanyAnswer, by: User) -> Inquiry:
        """Answer an inquiry; what comes late is taken all the same.

        Raises:
            MissingError: there is no such inquiry of the caller's company.
            ConflictError: it was answered.
            UnfitError: an answer is to no question.

        """
        inquiry = self.get(work, inquiry_id, by=by)
        asked = {one.id for one in inquiry.questions}
        strange = [one.id for one in said.answers if one.id not in asked]
        if strange:
            raise UnfitError(Flaw("/answers", f"{strange[0]} was not asked", code="REF-CODE"))
        answered = replace(
            inquiry,
            state=advance(inquiry.state, InquiryState.ANSWERED, moves=INQUIRY_MOVES),
            answered_on=work.today,
            answer=said.words,
            answers=said.answers,
            papers=said.papers,
        )
        return self._changed(work, inquiry, answered, what="answered", who=by.login)

    def get(self, work: Work, inquiry_id: str, *, by: User) -> Inquiry:
        """Return an inquiry that the caller may see.

        Raises:
            MissingError: there is none.

        """
        found = AnswerRows(work.transaction).inquiry(inquiry_id)
        if found is None:
            raise MissingError(what="inquiry", id=inquiry_id)
        by.require_sight(found.company_id, what="inquiry", id=inquiry_id)
        return found

    def page(
        self, work: Work, window: Window, *, received_id: str | None = None, by: User
    ) -> tuple[Inquiry, ...]:
        """Return the inquiries that the caller may see, of one case or all, the newest first."""
        rows = AnswerRows(work.transaction)
        return rows.inquiry_page(window, company=by.company, received_id=received_id)

    def turn(self, work: Work) -> int:
        """Let inquiries lapse whose last day has passed; returns how many."""
        open_ones = AnswerRows(work.transaction).lapsing(most=GROUP)
        over = [one for one in open_ones if one.clock.is_over(work.today)]
        for one in over:
            state = advance(one.state, InquiryState.LAPSED, moves=INQUIRY_MOVES)
            self._changed(work, one, replace(one, state=state), what="lapsed", who=SYSTEM)
        return len(over)

    def _changed(
        self, work: Work, since: Inquiry, changed: Inquiry, *, what: str, who: str
    ) -> Inquiry:
        changed = replace(changed, version=since.version + 1)
        if not AnswerRows(work.transaction).change_inquiry(changed, since=since):
            raise ConflictError(what="inquiry", current="changed meanwhile", wanted=changed.state)
        _record(work, changed, what=what, who=who)
        return changed

    def _require_behind(self, work: Work, agreement: str, plan: InquiryPlan) -> None:
        behind = self._kept.issued.companies(
            work, agreement=agreement, number=plan.certificate_number
        )
        is_exporter = bool(behind) and behind is not None and behind[0] == plan.company_id
        if behind is None or (plan.role is InquiryRole.EXPORTER and not is_exporter):
            words = f"is not the exporter of {plan.certificate_number}"
            raise UnfitError(Flaw("/company_id", words, code="REF-CODE"))


def _record(work: Work, inquiry: Inquiry, *, what: str, who: str) -> None:
    record(
        work,
        who=who,
        what=f"inquiry.{what}",
        subject=f"inquiry/{inquiry.id}",
        facts={"company": inquiry.company_id, "due_on": str(inquiry.clock.due_on)},
    )
