"""Register what partners ask us to verify, and hear what they say to it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from ooms.access.model import User
from ooms.audit.service import record
from ooms.db import Work
from ooms.errors import ConflictError, Flaw, MissingError, UnfitError
from ooms.verifications.answer import (
    ANSWER_MOVES,
    Answer,
    AnswerState,
    Asked,
    PartnerDecision,
)
from ooms.verifications.keeping import Keeping
from ooms.verifications.model import advance
from ooms.verifications.parts import Spoken
from ooms.verifications.repository import AnswerRows
from ooms.verifications.terms import Anchor, RunningTerm, TermKind
from ooms.verifications.voice import Speaker

#: Who acknowledges a request as it comes in, before an officer has it.
DESK = "Verification desk"


class Issued(Protocol):
    """What this desk needs to know of the certificates that this office issued."""

    def companies(self, work: Work, *, agreement: str, number: str) -> tuple[str, ...] | None:
        """Return the companies behind a certificate, its exporter first; None if it is not ours."""
        ...


@dataclass(frozen=True, slots=True)
class AnswerKeeping:
    """What partners ask us, the certificates it is about, and the voice to partners."""

    keeping: Keeping
    issued: Issued

    def get(self, work: Work, answer_id: str) -> Answer:
        """Return what a partner asks.

        Raises:
            MissingError: there is no such thing.

        """
        found = AnswerRows(work.transaction).find(answer_id)
        if found is None:
            raise MissingError(what="partner's verification", id=answer_id)
        return found

    def change(  # noqa: PLR0913  # the facts of one change, each by its name
        self,
        work: Work,
        since: Answer,
        changed: Answer,
        *,
        what: str,
        who: str,
        facts: dict[str, str] | None = None,
    ) -> Answer:
        """Write a change and record it; both or neither.

        Raises:
            ConflictError: somebody else changed it meanwhile.

        """
        changed = replace(changed, version=since.version + 1)
        if not AnswerRows(work.transaction).change(changed, since=since):
            raise ConflictError(
                what="partner's verification",
                current="changed meanwhile",
                wanted=changed.state,
            )
        about = {"partner": changed.asked.partner, "case": changed.asked.case_number}
        record(
            work,
            who=who,
            what=f"received_verification.{what}",
            subject=f"received-verification/{changed.id}",
            facts=about | (facts or {}),
        )
        return changed

    def by_message(self, answer: Answer) -> bool:
        """Tell whether what goes to the partner about it goes by message."""
        is_agreed = self.keeping.voice.takes_messages(answer.asked.partner)
        return answer.asked.by_message and is_agreed


class Registering:
    """What comes in from partners who ask."""

    def __init__(self, kept: AnswerKeeping) -> None:
        """Work on what partners ask that is kept there."""
        self.kept = kept
        self._keeping = kept.keeping
        self._rules = kept.keeping.rules

    def register(self, work: Work, asked: Asked, *, who: str) -> Answer:
        """Register what a partner asks, at first or in a further round.

        1. Let the period run from the request or its receipt, and set our own day before it.
        2. Find the companies behind the certificates.
        3. Acknowledge it at once where the partner takes messages.

        Raises:
            ConflictError: the case is registered with that round already, or still owed.
            UnfitError: the days are in no order.

        """
        if not asked.asked_on <= asked.received_on <= work.today:
            words = "comes after the request and is not still to come"
            raise UnfitError(Flaw("/received_on", words, code="RUL-PERIOD"))
        rows = AnswerRows(work.transaction)
        known = rows.named(partner=asked.partner, case_id=asked.case_id)
        if known is not None:
            return self._further(work, known, asked, who=who)
        clock = self._clock(asked)  # 1
        answer = Answer(
            id=work.new_id(),
            asked=asked,
            state=AnswerState.RECEIVED,
            version=0,
            registered_at=work.now,
            clock=clock,
            internal_due_on=clock.internal(),
            companies=self._companies(work, asked),  # 2
        )
        rows.add(answer)
        said = self._acknowledged(work, answer)  # 3
        return self.kept.change(work, answer, said, what="registered", who=who)

    def take(self, work: Work, answer_id: str, *, by: User) -> Answer:
        """Take a case on.

        Raises:
            ConflictError: somebody has it.

        """
        answer = self.kept.get(work, answer_id)
        state = advance(answer.state, AnswerState.ASSIGNED, moves=ANSWER_MOVES)
        changed = replace(answer, state=state, officer_id=by.id)
        internal = {"internal_due_on": str(answer.internal_due_on)}
        return self.kept.change(work, answer, changed, what="taken", who=by.login, facts=internal)

    def hear_extension(
        self, work: Work, answer_id: str, *, granted: bool, until: date, who: str
    ) -> Answer:
        """Take the partner's word on more time.

        Raises:
            ConflictError: we did not ask.

        """
        answer = self.kept.get(work, answer_id)
        ask = next((one for one in answer.extensions if one.granted is None), None)
        if ask is None:
            raise ConflictError(what="extension", current="not asked for", wanted="decided")
        decided = replace(ask, granted=granted)
        clock = answer.clock.prolonged(until) if granted else answer.clock
        changed = replace(
            answer,
            clock=clock,
            internal_due_on=clock.internal() if granted else answer.internal_due_on,
            extensions=tuple(decided if one is ask else one for one in answer.extensions),
        )
        word = {"granted": str(granted).lower()}
        return self.kept.change(
            work, answer, changed, what="extension_decided", who=who, facts=word
        )

    def determined(
        self, work: Work, answer_id: str, *, decisions: tuple[PartnerDecision, ...], who: str
    ) -> Answer:
        """Take what the partner decided in the end; a revision takes an earlier one's place."""
        answer = self.kept.get(work, answer_id)
        changed = replace(
            answer, state=AnswerState.CLOSED, decisions=(*answer.decisions, *decisions)
        )
        return self.kept.change(
            work,
            answer,
            changed,
            what="determined",
            who=who,
            facts={"outcomes": " ".join(sorted({one.outcome for one in decisions}))},
        )

    def _further(self, work: Work, known: Answer, asked: Asked, *, who: str) -> Answer:
        if asked.round <= known.asked.round:
            raise ConflictError(
                what="partner's verification",
                current=f"registered with round {known.asked.round}",
                wanted=f"registered with round {asked.round}",
            )
        state = advance(known.state, AnswerState.ASSIGNED, moves=ANSWER_MOVES)
        clock = self._clock(asked)
        changed = replace(
            known,
            asked=asked,
            rounds=(*known.rounds, known.asked),
            state=state,
            clock=clock,
            internal_due_on=clock.internal(),
            result=None,
        )
        said = self._acknowledged(work, changed)
        return self.kept.change(work, known, said, what="asked_again", who=who)

    def _clock(self, asked: Asked) -> RunningTerm:
        further = asked.round > 1 and self._rules.has(asked.agreement, TermKind.MORE_INFO)
        kind = TermKind.MORE_INFO if further else TermKind.REPLY
        anchor = self._rules.terms(asked.agreement).term(kind).anchor
        event = asked.asked_on if anchor is Anchor.REQUEST else asked.received_on
        return self._rules.begin(asked.agreement, kind, event)

    def _companies(self, work: Work, asked: Asked) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for one in asked.certificates:
            behind = self.kept.issued.companies(work, agreement=asked.agreement, number=one.number)
            found |= dict.fromkeys(behind or ())
        return tuple(found)

    def _acknowledged(self, work: Work, answer: Answer) -> Answer:
        if not self.kept.by_message(answer):
            return answer
        by = Speaker(self._keeping.office, DESK, DESK)
        sent = self._keeping.voice.acknowledge(answer, by=by, within=work.transaction)
        return answer.having_said(Spoken("VERIF_ACK", sent, work.today))
