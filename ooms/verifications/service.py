"""Ask partners to verify: from the selection of a claim to the request that goes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.verifications.importer import ImporterInquiry
from ooms.verifications.keeping import Keeping, SameEyesError
from ooms.verifications.model import Draft, Reason, State, Subject, Verification
from ooms.verifications.parts import Doubt, Letter, Question, Spoken, TellingKind
from ooms.verifications.repository import VerificationRows
from ooms.verifications.suspension import Goods
from ooms.verifications.terms import Anchor, RunningTerm, StepKind, TermKind


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked: the letter, the doubts, the questions."""

    letter: str
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...] = ()


class Verifications:
    """The desk of verifications that we ask for, up to the request."""

    def __init__(self, keeping: Keeping) -> None:
        """Work on the verifications that are kept there."""
        self.keeping = keeping
        self._rules = keeping.rules

    def select(
        self, work: Work, subject: Subject, *, reason: Reason, because: str, by: User
    ) -> Verification:
        """Select a claim to be looked into.

        Raises:
            NoTermError: no period of the agreement is written down.
            UnfitError: the partner is no party of it.

        """
        terms = self._rules.terms(subject.agreement)
        country = subject.partner[:2]
        if country not in terms.parties:
            words = f"{country} is no party of {subject.agreement} that is asked"
            raise UnfitError(Flaw("/partner", words, code="REF-CODE"))
        key = work.new_id()
        case = Verification(
            id=key,
            number=f"{self._rules.country}-V{work.today:%y}-{key[-12:].upper()}",
            subject=subject,
            reason=reason,
            state=State.SELECTED,
            version=0,
            selected_by=by.login,
            selected_at=work.now,
            because=because,
        )
        VerificationRows(work.transaction).add(case, goods=goods_of(subject))
        return self.keeping.change(
            work, case, case, what="selected", who=by.login, reason_code=reason.value
        )

    def inquire(self, work: Work, case_id: str, *, words: str, by: User) -> Verification:
        """Ask the importer first, or after a look of his own that did not do.

        Raises:
            ConflictError: it is past that, or he may still look himself.

        """
        case = self.keeping.get(work, case_id)
        if case.state is State.SELF_CHECK and _may_still_answer(case, work.today):
            until = case.self_check and case.self_check.clock.due_on
            raise ConflictError(
                what="self-check",
                current=f"open until {until}",
                wanted=State.IMPORTER_INQUIRY,
            )
        clock = self._rules.step(StepKind.IMPORTER_PAPERS, work.today)
        changed = replace(
            case,
            state=self.keeping.move(case, State.IMPORTER_INQUIRY),
            inquiry=ImporterInquiry(work.today, words, clock),
        )
        return self.keeping.change(work, case, changed, what="importer_asked", who=by.login)

    def prolong_inquiry(
        self, work: Work, case_id: str, *, asked_on: date, by: User
    ) -> Verification:
        """Give the importer more time, once, if he asked for it early enough.

        Raises:
            ConflictError: he has more time already, or nobody asks him.
            PeriodEndedError: he asked too late.

        """
        case = self.keeping.get(work, case_id)
        inquiry = case.inquiry
        if case.state is not State.IMPORTER_INQUIRY or inquiry is None or inquiry.is_prolonged:
            raise ConflictError(what="inquiry", current=case.state, wanted="prolonged")
        last = self._rules.last_day(StepKind.IMPORTER_PAPERS_ASK_MORE, inquiry.asked_on)
        if asked_on > last:
            raise PeriodEndedError(what="request for more time", ended_on=str(last))
        assert inquiry.clock.due_on is not None  # nothing stops it
        until = self._rules.last_day(StepKind.IMPORTER_PAPERS_MORE, inquiry.clock.due_on)
        longer = replace(inquiry, clock=inquiry.clock.prolonged(until), is_prolonged=True)
        changed = replace(case, inquiry=longer)
        return self.keeping.change(work, case, changed, what="importer_given_time", who=by.login)

    def draft(self, work: Work, case_id: str, *, words: Words, by: User) -> Verification:
        """Draft what the partner is asked, at first or again after a result.

        Raises:
            ConflictError: it is sent already, or the importer has to be asked first.

        """
        case = self.keeping.get(work, case_id)
        first = self._rules.steps.importer_first
        if case.state is State.SELECTED and first and case.reason is not Reason.RANDOM:
            raise ConflictError(
                what="importer", current=f"not asked yet ({first})", wanted=State.DRAFT
            )
        is_again = case.state is State.DRAFT
        further = case.round + 1 if case.state is State.RESULT_RECEIVED else case.round
        changed = replace(
            case,
            state=case.state if is_again else self.keeping.move(case, State.DRAFT),
            round=further,
            draft=Draft(words.letter, words.doubts, words.questions, drafted_by=by.login),
        )
        return self.keeping.change(work, case, changed, what="drafted", who=by.login)

    def approve(
        self, work: Work, case_id: str, *, words: Words | None, changes: str, by: User
    ) -> Verification:
        """Approve a draft, with other words if need be; never one's own.

        Raises:
            SameEyesError: the caller drafted it.
            ConflictError: there is no draft.

        """
        case = self.keeping.get(work, case_id)
        state = self.keeping.move(case, State.HQ_APPROVED)
        draft = case.draft
        assert draft is not None  # the state says so
        if draft.drafted_by == by.login:
            raise SameEyesError(Flaw("", "who drafted a request does not approve it"))
        if words is not None:
            draft = replace(
                draft,
                letter=words.letter,
                doubts=words.doubts,
                questions=words.questions,
                changed=changes or "letter or questions were changed",
            )
        approved = replace(draft, approved_by=by.login, approved_at=work.now)
        changed = replace(case, state=state, draft=approved)
        return self.keeping.change(
            work, case, changed, what="approved", who=by.login, facts={"changed": draft.changed}
        )

    def send(self, work: Work, case_id: str, *, by: User) -> Verification:
        """Let the request go: by message, or say that its letter was posted.

        1. Let the period run; where it counts from the receipt, for now from today.
        2. Hand the message over in the same transaction; a letter must be sealed and posted.
        3. Note that the importer is to be told.

        Raises:
            ConflictError: it is not approved, or its letter is not posted.
            NotSendableError: the partner could not take the message.

        """
        case = self.keeping.get(work, case_id)
        wanted = State.REQUESTED if case.round == 1 else State.MORE_INFO
        state = self.keeping.move(case, wanted)
        by_message = self.keeping.voice.takes_messages(case.subject.partner)
        posted = None if by_message else _posted(case, kind=f"REQUEST-{case.round}")
        asked_on = posted.posted_on if posted and posted.posted_on else work.today
        words = f"{case.subject.partner} was asked on {asked_on} to verify the origin."
        changed = replace(
            case,
            state=state,
            asked_on=asked_on,
            by_message=by_message,
            received_on=None,
            clock=self._reply_clock(case, asked_on),  # 1
            reminded_on=(),
            tellings=(  # 3
                *case.tellings,
                self.keeping.telling(TellingKind.REQUEST, words, since=asked_on),
            ),
        )
        if by_message:  # 2
            speaker = self.keeping.speaker(by)
            sent = self.keeping.voice.ask(changed, by=speaker, within=work.transaction)
            changed = changed.having_said(Spoken("VERIF_REQUEST", sent, work.today))
        return self.keeping.change(work, case, changed, what="requested", who=by.login)

    def _reply_clock(self, case: Verification, asked_on: date) -> RunningTerm:
        agreement = case.subject.agreement
        further = case.round > 1 and self._rules.has(agreement, TermKind.MORE_INFO)
        kind = TermKind.MORE_INFO if further else TermKind.REPLY
        anchor = self._rules.terms(agreement).term(kind).anchor
        return self._rules.begin(
            agreement, kind, asked_on, is_provisional=anchor is not Anchor.REQUEST
        )


def _may_still_answer(case: Verification, today: date) -> bool:
    check = case.self_check
    return check is not None and check.answered_on is None and not check.clock.is_over(today)


def goods_of(subject: Subject) -> tuple[Goods, ...]:
    """Return the goods in doubt, of the exporter and of the producer if he is another."""
    senders = [one for one in (subject.exporter, subject.producer) if one]
    items = [item for one in subject.certificates for item in one.items]
    return tuple(
        Goods(subject.importer, sender, item.hs6, item.description)
        for sender in senders
        for item in items
    )


def _posted(case: Verification, *, kind: str) -> Letter:
    for letter in case.letters:
        if letter.kind == kind and letter.posted_on is not None:
            return letter
    raise ConflictError(what="letter", current="not posted", wanted=State.REQUESTED)
