"""Wait for the partner: receipt, more time, stop and go, the result, and the end of the period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.access.model import User
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, PeriodEndedError, UnfitError
from ooms.verifications.keeping import SYSTEM, Keeping
from ooms.verifications.model import WAITING, ExtensionAsk, Reply, State, Verification
from ooms.verifications.parts import Spoken, TellingKind
from ooms.verifications.repository import VerificationRows
from ooms.verifications.terms import Anchor, RunningTerm, StepKind, TermKind
from ooms.verifications.visit import VisitState

GROUP = 200


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day on which the partner has the request, his own number, and the proof of it."""

    received_on: date
    proof: str
    round: int = 1
    partner_number: str = ""


class Waiting:
    """What happens while a partner has the turn."""

    def __init__(self, keeping: Keeping) -> None:
        """Work on the verifications that are kept there."""
        self._keeping = keeping

    def receive(self, work: Work, case_id: str, *, receipt: Receipt, who: str) -> Verification:
        """Note that the partner has the request; a period from the receipt is counted from it.

        Raises:
            ConflictError: nothing was asked.
            UnfitError: the day lies before the request, or is still to come.

        """
        case = self._keeping.get(work, case_id)
        if case.asked_on is None or case.clock is None or not case.is_open:
            raise ConflictError(what="verification", current=case.state, wanted=State.ACKED)
        if receipt.round != case.round:
            return case  # a receipt of an earlier round changes nothing any more
        if not case.asked_on <= receipt.received_on <= work.today:
            words = f"lies between the request on {case.asked_on} and today, {work.today}"
            raise UnfitError(Flaw("/received_on", words, code="RUL-PERIOD"))
        changed = replace(
            case,
            state=State.ACKED if case.state is State.REQUESTED else case.state,
            received_on=receipt.received_on,
            partner_number=receipt.partner_number or case.partner_number,
            clock=self._proven(case, receipt.received_on),
        )
        return self._keeping.change(
            work, case, changed, what="receipt_known", who=who, facts={"proof": receipt.proof}
        )

    def progress(self, work: Work, case_id: str, *, words: str, by: User) -> Verification:
        """Note that the partner has begun, as it told.

        Raises:
            ConflictError: nobody waits for it.

        """
        case = self._keeping.get(work, case_id)
        changed = replace(case, state=self._keeping.move(case, State.IN_PROGRESS))
        return self._keeping.change(
            work, case, changed, what="in_progress", who=by.login, facts={"words": words}
        )

    def ask_extension(
        self, work: Work, case_id: str, *, ask: ExtensionAsk, who: str
    ) -> Verification:
        """Note that the partner asks for more time; after the last day it is noted as late.

        Raises:
            ConflictError: nobody waits for it, or an earlier request is undecided.

        """
        case = self._keeping.get(work, case_id)
        is_undecided = any(one.granted is None for one in case.extensions)
        may_ask = case.state in WAITING | {State.NO_REPLY} and case.clock is not None
        if is_undecided or not may_ask:
            raise ConflictError(what="verification", current=case.state, wanted=State.EXTENDED)
        assert case.clock is not None
        asked = replace(ask, is_late=case.clock.is_over(ask.asked_on))
        changed = replace(case, extensions=(*case.extensions, asked))
        return self._keeping.change(
            work,
            case,
            changed,
            what="extension_asked",
            who=who,
            reason_code=ask.reason_code,
            facts={"until": str(ask.until), "late": str(asked.is_late).lower()},
        )

    def decide_extension(
        self, work: Work, case_id: str, *, granted: bool, by: User
    ) -> Verification:
        """Say yes or no to more time, and tell the partner and the importer.

        Raises:
            ConflictError: nobody asked.
            PeriodEndedError: it was asked for after the period had ended.
            UnfitError: the agreement allows no such day or reason.

        """
        case = self._keeping.get(work, case_id)
        ask = next((one for one in case.extensions if one.granted is None), None)
        if ask is None or case.clock is None:
            raise ConflictError(what="extension", current="not asked for", wanted="decided")
        if granted:
            self._require_allowed(case, ask)
        decided = replace(ask, granted=granted, decided_by=by.login, decided_on=work.today)
        until = ask.until if granted else case.clock.due_on
        answer = f"granted until {until}" if granted else "refused"
        words = f"{case.subject.partner} asked for more time, which was {answer}."
        changed = replace(
            case,
            state=self._after_extension(case, granted=granted),
            clock=case.clock.prolonged(ask.until) if granted else case.clock,
            extensions=tuple(decided if one is ask else one for one in case.extensions),
            tellings=(
                *case.tellings,
                self._keeping.telling(TellingKind.EXTENSION, words, since=work.today),
            ),
        )
        if case.by_message:
            sent = self._keeping.voice.decide_extension(
                changed, ask=decided, within=work.transaction
            )
            changed = changed.having_said(Spoken("VERIF_EXTEND", sent, work.today))
        return self._keeping.change(
            work, case, changed, what="extension_decided", who=by.login, facts={"answer": answer}
        )

    def stop(self, work: Work, case_id: str, *, reason: str, by: User) -> Verification:
        """Let the period stand still.

        Raises:
            ConflictError: no period runs.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, State.STOPPED)
        assert case.clock is not None  # a partner has the turn
        clock = case.clock.stopped(work.today, reason=reason)
        changed = replace(case, state=state, stopped_in=case.state, clock=clock)
        return self._keeping.change(
            work, case, changed, what="stopped", who=by.login, facts={"reason": reason}
        )

    def resume(self, work: Work, case_id: str, *, by: User) -> Verification:
        """Let the period run again.

        Raises:
            ConflictError: it does not stand still.

        """
        case = self._keeping.get(work, case_id)
        if case.state is not State.STOPPED or case.stopped_in is None or case.clock is None:
            raise ConflictError(what="period", current="running", wanted="running")
        clock = case.clock.resumed(work.today, calendar=self._keeping.rules.calendar)
        changed = replace(
            case, state=self._keeping.move(case, case.stopped_in), stopped_in=None, clock=clock
        )
        return self._keeping.change(work, case, changed, what="resumed", who=by.login)

    def take_result(self, work: Work, case_id: str, *, reply: Reply, who: str) -> Verification:
        """Take the partner's result, in time or late.

        Raises:
            ConflictError: nobody waits for it.

        """
        case = self._keeping.get(work, case_id)
        state = self._keeping.move(case, State.RESULT_RECEIVED)
        is_late = case.clock is not None and case.clock.is_over(reply.received_on)
        words = f"{case.subject.partner} replied on {reply.received_on}."
        changed = replace(
            case,
            state=state,
            stopped_in=None,
            replies=(*case.replies, replace(reply, is_late=is_late)),
            tellings=(
                *case.tellings,
                self._keeping.telling(TellingKind.REPLY, words, since=reply.received_on),
            ),
        )
        late = {"late": str(is_late).lower()}
        return self._keeping.change(
            work, case, changed, what="result_received", who=who, facts=late
        )

    def tell(
        self, work: Work, case_id: str, *, kind: TellingKind, channel: str, by: User
    ) -> Verification:
        """Note that the importer was told; from the notice of a decision he may object.

        Raises:
            ConflictError: there is nothing of the kind left to tell.

        """
        case = self._keeping.get(work, case_id)
        due = next((one for one in case.tellings if one.kind is kind and not one.told_on), None)
        if due is None:
            raise ConflictError(what="notice", current="told", wanted="told")
        told = replace(due, told_on=work.today, told_by=by.login, channel=channel)
        changed = replace(
            case, tellings=tuple(told if one is due else one for one in case.tellings)
        )
        if kind is TellingKind.DECISION:
            until = self._keeping.rules.last_day(StepKind.OBJECTION, work.today)
            changed = replace(changed, objection_until=until)
        return self._keeping.change(
            work, case, changed, what="importer_told", who=by.login, reason_code=kind.value
        )

    def turn(self, work: Work, *, after: str) -> tuple[int, str]:
        """Look at a group of verifications: remind, and end periods; returns how many changed.

        The last day itself is still the partner's: it is the day after that ends his period.
        """
        group = VerificationRows(work.transaction).group(
            [*WAITING, State.RESULT_RECEIVED, State.NO_REPLY], after=after, most=GROUP
        )
        changed = sum(self._turned(work, one) for one in group)
        return changed, group[-1].id if len(group) == GROUP else ""

    def _turned(self, work: Work, case: Verification) -> bool:
        changed = self._unanswered_visit(self._reminded(case, work.today), work.today)
        what = "reminded"
        clock = case.clock
        if case.state in WAITING and clock is not None and clock.is_over(work.today):
            changed = replace(changed, state=self._keeping.move(case, State.NO_REPLY))
            what = "no_reply"
        if changed == case:
            return False
        self._keeping.change(work, case, changed, what=what, who=SYSTEM)
        return True

    def _reminded(self, case: Verification, on: date) -> Verification:
        if case.state not in WAITING or case.clock is None:
            return case
        due = [day for day in case.clock.reminders() if day <= on and day not in case.reminded_on]
        return replace(case, reminded_on=(*case.reminded_on, *due)) if due else case

    def _unanswered_visit(self, case: Verification, on: date) -> Verification:
        if not case.visits:
            return case
        last = case.visits[-1]
        if last.state is not VisitState.PROPOSED or not last.clock.is_over(on):
            return case
        silent = replace(last, state=VisitState.NO_ANSWER)
        return replace(case, visits=(*case.visits[:-1], silent))

    def _proven(self, case: Verification, received_on: date) -> RunningTerm:
        clock = case.clock
        assert clock is not None
        if clock.anchor not in (Anchor.RECEIPT, Anchor.DAY_AFTER_RECEIPT):
            return clock
        if not clock.is_provisional or clock.prolonged_to:
            return replace(clock, is_provisional=False)
        further = case.round > 1 and self._keeping.rules.has(
            case.subject.agreement, TermKind.MORE_INFO
        )
        kind = TermKind.MORE_INFO if further else TermKind.REPLY
        counted = self._keeping.rules.begin(case.subject.agreement, kind, received_on)
        due = counted.term.due(
            received_on, calendar=self._keeping.rules.calendar, pauses=clock.pauses
        )
        return replace(counted, due_on=due, pauses=clock.pauses)

    def _after_extension(self, case: Verification, *, granted: bool) -> State:
        if case.state is State.NO_REPLY:
            return case.state
        wanted = State.EXTENDED if granted else State.IN_PROGRESS
        return case.state if case.state is wanted else self._keeping.move(case, wanted)

    def _require_allowed(self, case: Verification, ask: ExtensionAsk) -> None:
        clock = case.clock
        assert clock is not None
        if ask.is_late or case.state is State.NO_REPLY:
            ended = clock.due_on or ask.asked_on
            raise PeriodEndedError(what="request for more time", ended_on=str(ended))
        terms = self._keeping.rules.terms(case.subject.agreement)
        latest = terms.latest_reply(clock)
        if latest is None or ask.until > latest:
            words = f"may be {latest} at the latest" if latest else "no extension is written down"
            raise UnfitError(Flaw("/until", words, code="RUL-PERIOD"))
        more = terms.terms.get(TermKind.EXTENSION)
        reasons = more.reasons if more else ()
        if reasons and ask.reason_code not in reasons:
            words = f"{', '.join(reasons)} only ({more.source if more else ''})"
            raise UnfitError(Flaw("/reason_code", words, code="REF-CODE"))
