"""Settle: match a signed answer to the message it answers, and draw the consequences.

Named cases: the answer to our call; a late answer that came as a message of its own; the same
answer twice; an answer to something we never sent; an answer about other bytes than ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from eodes.domain import record
from eodes.domain.lifecycle import EXCHANGE, OUTGOING, Exchange, Outgoing
from eodes.domain.message import SIGNALS, VERIFICATIONS, MessageType
from eodes.domain.partner import Timers
from eodes.domain.verdict import Refusal
from eodes.exchange.judge import Judge, Judged, Refused
from eodes.exchange.ports import Clock
from eodes.exchange.progress import UNPROVEN, prove_registered, tell_exchange
from eodes.exchange.recourse import GIVEN_UP, again
from eodes.messages.ack_business import AcknowledgementBusiness
from eodes.messages.ack_technical import AcknowledgementTechnical
from eodes.messages.error import Error
from eodes.store.records import Facts, Outcome, OutgoingMessage, Receipt
from eodes.store.unit import Store, Unit
from eodes.transport.answer import Answer
from eodes.trust.registry import TrustRegistry

log = structlog.get_logger(__name__)

#: What each signal makes of the message that it answers.
_OUTGOING_AFTER = {
    MessageType.ACK_TRANSPORT: Outgoing.AWAITING,
    MessageType.ACK_TECHNICAL: Outgoing.AWAITING,
    MessageType.ACK_BUSINESS: Outgoing.ACKNOWLEDGED,
    MessageType.ERROR: Outgoing.REFUSED,
}
#: What each signal makes of the exchange of the certificate that the message carried.
_EXCHANGE_AFTER = {
    MessageType.ACK_TRANSPORT: Exchange.RECEIVED,
    MessageType.ACK_TECHNICAL: Exchange.ACCEPTED,
    MessageType.ACK_BUSINESS: Exchange.REGISTERED,
}
#: What an answer to a request makes of the exchange that the request is about.
_REQUEST_AFTER = {
    (MessageType.CO_ANNUL, MessageType.ACK_BUSINESS): Exchange.ANNULLED,
    (MessageType.CO_CANCEL, MessageType.ERROR): Exchange.REGISTERED,
}
#: Refusals by what the partner could not do: read the document, or accept what it says.
_TECHNICAL = ("ENV-", "SIG-", "SCH-", "AUT-", "SYS-")

#: A message with what its call brought: a judged answer with its bytes, or why there is none.
Came = tuple[OutgoingMessage, Outcome | tuple[Judged, bytes]]


@dataclass(frozen=True, slots=True)
class Settling:
    """What settling needs, prebuilt."""

    store: Store
    judge: Judge
    clock: Clock

    def settle_answers(
        self,
        attempts: Sequence[tuple[OutgoingMessage, Answer | Outcome]],
        *,
        trust: TrustRegistry,
    ) -> None:
        """Record what a round of calls brought, in one transaction.

        1. Judge every answer, before any transaction is open.
        2. Keep the answer's bytes as a receipt.
        3. Move the message, and the exchange of the certificate that it carried.

        Where one of them cannot be recorded, each is recorded apart: a bad one holds up no other.
        """
        now = self.clock.now()
        judged = [
            (message, self._read(message, came, trust=trust, now=now)) for message, came in attempts
        ]
        try:
            self.store.repeat(lambda: self._keep(judged, trust=trust, now=now))
        except Exception as error:  # the edge of a round: what follows is the edge of a message
            log.exception("answers.settle.failed", count=len(judged), error=str(error))
        else:
            return
        for one in judged:
            self._keep_apart(one, trust=trust, now=now)

    def _keep_apart(self, one: Came, *, trust: TrustRegistry, now: datetime) -> None:
        try:
            self.store.repeat(lambda: self._keep([one], trust=trust, now=now))
        except Exception:  # the edge of a message: its bytes go again when its lease has run out
            log.exception("answer.settle.failed", message_id=one[0].message_id)

    def _keep(self, judged: Sequence[Came], *, trust: TrustRegistry, now: datetime) -> None:
        with self.store.begin() as unit:
            unit.outbox.record([came for _, came in judged if isinstance(came, Outcome)], now=now)
            for message, came in judged:
                if isinstance(came, Outcome):
                    _after_no_answer(unit, message, came, now=now)
                    continue
                signal, document = came
                receipt = receipt_of(message, signal, document=document, now=now)
                timers = trust.partner(message.partner).profile.timers
                settle_signal(unit, message, signal, receipt=receipt, timers=timers)

    def _read(
        self,
        message: OutgoingMessage,
        came: Answer | Outcome,
        *,
        trust: TrustRegistry,
        now: datetime,
    ) -> Outcome | tuple[Judged, bytes]:
        if isinstance(came, Outcome):
            return came
        signal = self.judge.judge(came.body, trust=trust.keys, at=now)
        wrong = not_an_answer(signal, message)
        if wrong is None:
            assert isinstance(signal, Judged)
            return signal, came.body
        # An answer that does not stand is no evidence: the bytes go again until one does.
        log.warning(
            "answer.judge.refused",
            message_id=message.message_id,
            partner=message.partner,
            code=wrong.code,
            detail=wrong.detail,
        )
        timers = trust.partner(message.partner).profile.timers
        return again(
            message, timers, outcome="BAD_ANSWER", detail=f"{wrong.code} {wrong.detail}", now=now
        )


def _after_no_answer(
    unit: Unit, message: OutgoingMessage, outcome: Outcome, *, now: datetime
) -> None:
    """Show on the certificate what no answer means: sent, or nobody knows."""
    row = unit.exchanges.by_message(message.message_id)
    if row is None or OUTGOING.is_final(message.state):
        return
    wanted = Exchange.UNKNOWN if outcome.state is Outgoing.FAILED else Exchange.SENT
    if wanted not in EXCHANGE.moves[row.state]:
        return
    code, detail = outcome.code, outcome.detail
    moved = unit.exchanges.move(
        row, wanted, now=now, because=outcome.outcome, code=code, detail=detail
    )
    if moved:
        row = replace(row, state=wanted)
        tell_exchange(unit, row, message_id=message.message_id, now=now, code=code, detail=detail)


def receipt_of(
    message: OutgoingMessage, signal: Judged, *, document: bytes, now: datetime
) -> Receipt:
    """Make the receipt that keeps a signed answer."""
    return Receipt(
        receipt_id=signal.header.message_id,
        partner=message.partner,
        message_id=message.message_id,
        type=signal.header.type,
        document=document,
        received_at=now,
        body=record.write(signal.body),
    )


def settle_signal(  # noqa: PLR0913  # the facts of one answer, each by its name
    unit: Unit,
    message: OutgoingMessage,
    signal: Judged,
    *,
    receipt: Receipt,
    timers: Timers,
    is_late: bool = False,
) -> None:
    """Apply one judged signal to the message that it answers.

    1. Keep its bytes; the same answer again is kept once.
    2. Move the message, unless it is final already.  A refusal for the moment is no answer yet:
       the bytes go again after a pause, and not for ever.
    3. Move the exchange that the message is about, and tell the office.
    """
    now = receipt.received_at
    unit.outbox.keep_receipts([receipt])  # 1
    outcome = _outcome(message, signal, timers=timers, now=now)
    unit.outbox.record([replace(outcome, attempt=0) if is_late else outcome], now=now)  # 2
    if outcome.state is Outgoing.SEALED or outcome.code == GIVEN_UP:
        _after_no_answer(unit, message, outcome, now=now)
    else:
        _settle_exchange(unit, message, signal, now=now)  # 3


def _outcome(message: OutgoingMessage, signal: Judged, *, timers: Timers, now: datetime) -> Outcome:
    kind = signal.header.type
    refusal = signal.body.refusals[0] if isinstance(signal.body, Error) else None
    if refusal is not None and refusal.retryable:
        detail = f"{refusal.code} {refusal.text}"
        return again(message, timers, outcome="REFUSED_FOR_NOW", detail=detail, now=now)
    state = _OUTGOING_AFTER[kind]
    if message.type in SIGNALS and kind is MessageType.ACK_TRANSPORT:
        state = Outgoing.ACKNOWLEDGED  # nothing more is ever said to a signal
    return Outcome(
        message.message_id,
        message.attempts,
        state,
        kind.value,
        refusal.text if refusal else "",
        code=refusal.code if refusal else None,
        answer_due_at=now + timedelta(seconds=timers.business_answer),
    )


def _settle_exchange(
    unit: Unit, message: OutgoingMessage, signal: Judged, *, now: datetime
) -> None:
    if message.type in VERIFICATIONS:
        _tell_verification(unit, message, signal, now=now)
        return
    row = unit.exchanges.by_message(message.message_id)
    if row is None:
        _settle_request(unit, message, signal, now=now)
        return
    because = signal.header.message_id
    wanted, code, detail = _exchange_after(signal)
    if wanted is Exchange.REGISTERED:
        prove_registered(unit, row, because=because, now=now)
        return
    if row.state is wanted or row.state not in UNPROVEN or wanted not in EXCHANGE.moves[row.state]:
        return
    unit.exchanges.move(row, wanted, now=now, because=because, code=code, detail=detail)
    row = replace(row, state=wanted)
    refusals = signal.body.refusals if isinstance(signal.body, Error) else ()
    tell_exchange(
        unit,
        row,
        message_id=because,
        now=now,
        code=code,
        detail=detail,
        refusals=[{"code": one.code, "box": one.box or ""} for one in refusals],
    )


def _settle_request(unit: Unit, message: OutgoingMessage, signal: Judged, *, now: datetime) -> None:
    """Settle what a message asked about a certificate that another message carried.

    An annulment is done when it is registered; a cancellation that is refused as a message leaves
    the certificate where it was (the one that is taken is answered by a reply of its own).
    """
    wanted = _REQUEST_AFTER.get((message.type, signal.header.type))
    if wanted is None or message.key is None:
        return
    row = unit.exchanges.find(message.key, partner=message.partner)
    is_asked = row is not None and (
        wanted is not Exchange.REGISTERED or row.state is Exchange.CANCEL_PENDING
    )
    if row is None or not is_asked or wanted not in EXCHANGE.moves[row.state]:
        return
    because = signal.header.message_id
    _, code, detail = _exchange_after(signal)
    unit.exchanges.move(row, wanted, now=now, because=because, code=code, detail=detail)
    row = replace(row, state=wanted)
    tell_exchange(unit, row, message_id=because, now=now, code=code, detail=detail)


def _tell_verification(
    unit: Unit, message: OutgoingMessage, signal: Judged, *, now: datetime
) -> None:
    """Tell the office that the partner has what we said in a case, or why he does not take it."""
    facts: Facts = {
        "case_id": message.header["conversation_id"],
        "type": message.type.value,
        "sent_as": message.message_id,
    }
    match signal.body:
        case Error(refusals=refusals):
            kind = "verification.refused"
            facts["refusals"] = [{"code": one.code, "text": one.text} for one in refusals]
        case AcknowledgementBusiness(registered_at=registered_at):
            kind = "verification.delivered"
            facts["registered_at"] = registered_at.isoformat()
        case _:
            return
    unit.newsstand.add(
        kind, partner=message.partner, message_id=signal.header.message_id, facts=facts, now=now
    )


def _exchange_after(signal: Judged) -> tuple[Exchange, str | None, str | None]:
    body = signal.body
    if isinstance(body, Error):
        first = body.refusals[0]
        technical = first.code.startswith(_TECHNICAL)
        state = Exchange.REJECTED_TECHNICAL if technical else Exchange.REJECTED_BUSINESS
        return state, first.code, first.text
    if isinstance(body, AcknowledgementTechnical) and body.held:
        return Exchange.HELD, None, body.note
    return _EXCHANGE_AFTER[signal.header.type], None, None


def not_an_answer(signal: Judged | Refused, message: OutgoingMessage) -> Refusal | None:
    """Say why a document is no answer to a message of ours, or None if it is one."""
    if isinstance(signal, Refused):
        return signal.first
    header = signal.header
    if not header.is_signal:
        return Refusal("ENV-NO-SIGNAL", f"The partner answered with {header.type}.")
    if header.sender != message.partner:
        return Refusal("AUT-SENDER", f"{header.sender} answered a message to {message.partner}.")
    if header.causation_id != message.message_id:
        return Refusal("ENV-CAUSATION", f"The answer is to message {header.causation_id}.")
    said = getattr(signal.body, "digest", None)
    if said != message.document_digest:
        return Refusal("ENV-DIGEST", "The answer is about other bytes than those that we sent.")
    return None
