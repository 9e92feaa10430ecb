"""Answer partners who ask us to verify: investigate, draft, filter, approve, reply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.db import Window, Work
from ooms.errors import ConflictError, Flaw, UnfitError
from ooms.verifications.answer import (
    ANSWER_MOVES,
    OWED,
    Answer,
    AnswerState,
    OwnExtension,
    Result,
    SiteVisit,
)
from ooms.verifications.keeping import SameEyesError
from ooms.verifications.model import advance
from ooms.verifications.parts import Letter, Spoken
from ooms.verifications.registering import AnswerKeeping
from ooms.verifications.releasing import release, sorted_by_consent
from ooms.verifications.repository import AnswerRows
from ooms.verifications.terms import StepKind


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A visit of ours to a company: when."""

    company_id: str
    from_date: date
    to_date: date


@dataclass(frozen=True, slots=True)
class VisitWord:
    """What we say to a visit that the partner proposes."""

    answer: str
    reason: str = ""
    from_date: date | None = None
    to_date: date | None = None


class Answering:
    """The desk that answers partners."""

    def __init__(self, kept: AnswerKeeping) -> None:
        """Work on what partners ask that is kept there."""
        self.kept = kept
        self._keeping = kept.keeping
        self._rules = kept.keeping.rules

    def visit(self, work: Work, answer_id: str, *, plan: SitePlan, by: User) -> Answer:
        """Tell a company that somebody comes to see, early enough ahead of it.

        Raises:
            ConflictError: nobody investigates now.
            UnfitError: the notice is too short.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.VISIT, moves=ANSWER_MOVES)
        earliest = self._rules.last_day(StepKind.EXPORTER_VISIT_NOTICE, work.today)
        if plan.from_date < earliest or plan.to_date < plan.from_date:
            source = self._rules.steps.terms[StepKind.EXPORTER_VISIT_NOTICE].source
            words = f"may be {earliest} at the earliest ({source})"
            raise UnfitError(Flaw("/from_date", words, code="RUL-PERIOD"))
        visit = SiteVisit(plan.company_id, work.today, plan.from_date, plan.to_date)
        changed = replace(answer, state=state, visits=(*answer.visits, visit))
        return self.kept.change(work, answer, changed, what="visit_noticed", who=by.login)

    def note_visit(self, work: Work, answer_id: str, *, facts: str, by: User) -> Answer:
        """Note what our visit showed.

        Raises:
            ConflictError: there was none.

        """
        answer = self.kept.get(work, answer_id)
        if answer.state is not AnswerState.VISIT or answer.visits[-1].from_date > work.today:
            raise ConflictError(what="visit", current="not begun", wanted="noted")
        noted = replace(answer.visits[-1], facts=facts)
        changed = replace(answer, visits=(*answer.visits[:-1], noted))
        return self.kept.change(work, answer, changed, what="visit_noted", who=by.login)

    def ask_extension(
        self, work: Work, answer_id: str, *, until: date, why: tuple[str, str], by: User
    ) -> Answer:
        """Ask the partner for more time, with a reason.

        Raises:
            ConflictError: the reply has gone, or an earlier request is undecided.
            UnfitError: it names no later day.

        """
        answer = self.kept.get(work, answer_id)
        is_undecided = any(one.granted is None for one in answer.extensions)
        if answer.state not in OWED or is_undecided:
            raise ConflictError(what="extension", current=answer.state, wanted="asked for")
        if answer.clock.due_on is not None and until <= answer.clock.due_on:
            words = f"has to come after {answer.clock.due_on}"
            raise UnfitError(Flaw("/until", words, code="RUL-PERIOD"))
        code, words = why
        ask = OwnExtension(work.today, until, code, words)
        changed = replace(answer, extensions=(*answer.extensions, ask))
        if self.kept.by_message(answer):
            sent = self._keeping.voice.ask_extension(changed, ask=ask, within=work.transaction)
            changed = changed.having_said(Spoken("VERIF_EXTEND", sent, work.today))
        return self.kept.change(
            work, answer, changed, what="extension_asked", who=by.login, facts={"until": str(until)}
        )

    def draft(self, work: Work, answer_id: str, *, result: Result, by: User) -> Answer:
        """Draft the result: a finding for each item that is asked about.

        Raises:
            ConflictError: it is too early, or the reply has gone.
            UnfitError: a certificate is not asked about, or lacks its finding.

        """
        answer = self.kept.get(work, answer_id)
        is_again = answer.state is AnswerState.RESULT_DRAFTED
        state = (
            answer.state
            if is_again
            else advance(answer.state, AnswerState.RESULT_DRAFTED, moves=ANSWER_MOVES)
        )
        asked = {one.number for one in answer.asked.certificates}
        if {one.certificate_number for one in result.findings} != asked:
            words = "each certificate that is asked about has a finding, and no other has"
            raise UnfitError(Flaw("/findings", words, code="RUL-FINDING"))
        drafted = replace(result, drafted_by=by.login, drafted_on=work.today)
        changed = replace(answer, state=state, result=drafted)
        return self.kept.change(work, answer, changed, what="result_drafted", who=by.login)

    def filter(self, work: Work, answer_id: str, *, papers: tuple[str, ...], by: User) -> Answer:
        """Sort the papers that are to go along: those under consent leave, the rest is withheld.

        Raises:
            ConflictError: no result is drafted.
            UnfitError: no company handed in such a paper.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.CONSENT_FILTERED, moves=ANSWER_MOVES)
        assert answer.result is not None  # the state says so
        inquiries = AnswerRows(work.transaction).inquiries_of(answer.id)
        leaving, withheld = sorted_by_consent(work, answer, inquiries=inquiries, wanted=papers)
        result = replace(answer.result, leaving=leaving, withheld=withheld)
        changed = replace(answer, state=state, result=result)
        counted = {"leaving": str(len(leaving)), "withheld": str(len(withheld))}
        return self.kept.change(
            work, answer, changed, what="consent_filtered", who=by.login, facts=counted
        )

    def approve(self, work: Work, answer_id: str, *, by: User) -> Answer:
        """Approve a result that somebody else drafted.

        Raises:
            ConflictError: the consents were not looked at.
            SameEyesError: the caller drafted it.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.HQ_APPROVED, moves=ANSWER_MOVES)
        assert answer.result is not None  # the state says so
        if answer.result.drafted_by == by.login:
            raise SameEyesError(Flaw("", "who drafted a result does not approve it"))
        result = replace(answer.result, approved_by=by.login, approved_on=work.today)
        changed = replace(answer, state=state, result=result)
        return self.kept.change(work, answer, changed, what="approved", who=by.login)

    def send_back(self, work: Work, answer_id: str, *, reason: str, by: User) -> Answer:
        """Send a draft back to be written anew.

        Raises:
            ConflictError: nothing waits for approval.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.RESULT_DRAFTED, moves=ANSWER_MOVES)
        changed = replace(answer, state=state)
        return self.kept.change(
            work, answer, changed, what="sent_back", who=by.login, facts={"reason": reason}
        )

    def reply(self, work: Work, answer_id: str, *, by: User) -> Answer:
        """Let the reply go, with what the companies consent to at this moment.

        1. Look at the consents again: one that was taken back meanwhile withholds its paper.
        2. Record what is released, to whom, under which consent.
        3. Hand the message over in the same transaction; a letter must be sealed and posted.

        Raises:
            ConflictError: it is not approved, or its letter is not posted.
            NotSendableError: the partner could not take the message.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.REPLIED, moves=ANSWER_MOVES)
        assert answer.result is not None  # the state says so
        result = release(work, answer, result=answer.result, who=by.login)  # 1, 2
        by_message = self.kept.by_message(answer)
        posted = None if by_message else _posted(answer)
        changed = replace(
            answer,
            state=state,
            result=result,
            replied_on=posted.posted_on if posted else work.today,
        )
        if by_message:  # 3
            speaker = self._keeping.speaker(by)
            sent = self._keeping.voice.reply(changed, by=speaker, within=work.transaction)
            changed = changed.having_said(Spoken("VERIF_RESULT", sent, work.today))
        late = {"late": str(answer.clock.is_over(work.today)).lower()}
        return self.kept.change(work, answer, changed, what="replied", who=by.login, facts=late)

    def acknowledge(
        self, work: Work, answer_id: str, *, received_on: date, proof: str, who: str
    ) -> Answer:
        """Note that the partner has the reply.

        Raises:
            ConflictError: no reply has gone.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.ACKED, moves=ANSWER_MOVES)
        changed = replace(answer, state=state, acked_on=received_on)
        return self.kept.change(
            work, answer, changed, what="acknowledged", who=who, facts={"proof": proof}
        )

    def answer_visit(self, work: Work, answer_id: str, *, said: VisitWord, by: User) -> Answer:
        """Consent to a visit that the partner proposes, refuse it, or postpone it.

        Raises:
            ConflictError: none waits for an answer.

        """
        answer = self.kept.get(work, answer_id)
        if not answer.joint_visits or answer.joint_visits[-1].answer not in ("", "CONSENTED"):
            raise ConflictError(what="visit", current="not proposed", wanted=said.answer)
        last = answer.joint_visits[-1]
        visit = replace(
            last,
            answer=said.answer,
            answered_on=work.today,
            reason=said.reason,
            from_date=said.from_date or last.from_date,
            to_date=said.to_date or last.to_date,
        )
        changed = replace(answer, joint_visits=(*answer.joint_visits[:-1], visit))
        if self.kept.by_message(answer):
            speaker = self._keeping.speaker(by)
            sent = self._keeping.voice.answer_visit(
                changed, visit=visit, by=speaker, within=work.transaction
            )
            changed = changed.having_said(Spoken("VISIT_ANSWER", sent, work.today))
        return self.kept.change(work, answer, changed, what="visit_answered", who=by.login)

    def comment_visit(self, work: Work, answer_id: str, *, words: str, by: User) -> Answer:
        """Hand on what who was visited says to the partner's draft.

        Raises:
            ConflictError: nothing was drafted, or it was commented on.

        """
        answer = self.kept.get(work, answer_id)
        last = answer.joint_visits[-1] if answer.joint_visits else None
        if last is None or not last.findings or last.comments:
            raise ConflictError(what="draft", current="not open for comments", wanted="commented")
        visit = replace(last, comments=words, commented_on=work.today)
        changed = replace(answer, joint_visits=(*answer.joint_visits[:-1], visit))
        if self.kept.by_message(answer):
            sent = self._keeping.voice.comment(changed, visit=visit, within=work.transaction)
            changed = changed.having_said(Spoken("VISIT_COMMENTS", sent, work.today))
        return self.kept.change(work, answer, changed, what="visit_commented", who=by.login)

    def get(self, work: Work, answer_id: str) -> Answer:
        """Return what a partner asks.

        Raises:
            MissingError: there is no such thing.

        """
        return self.kept.get(work, answer_id)

    def page(self, work: Work, window: Window, *, state: AnswerState | None) -> tuple[Answer, ...]:
        """Return what partners ask, the newest first."""
        return AnswerRows(work.transaction).page(window, state=state)


def _posted(answer: Answer) -> Letter:
    for letter in answer.letters:
        if letter.kind == f"RESULT-{answer.asked.round}" and letter.posted_on is not None:
            return letter
    raise ConflictError(what="letter", current="not posted", wanted=AnswerState.REPLIED)
