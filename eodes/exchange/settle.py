"""Settle: match a signed answer to the message it answers, and draw the consequences.

Named cases: the answer to our call; a late answer that came as a message of its own; the same
answer twice; an answer to something we never sent; an answer about other bytes than ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from eodes.domain import lifecycle, record
from eodes.domain.lifecycle import EXCHANGE, OUTGOING, Exchange, Outgoing
from eodes.domain.message import MessageType
from eodes.domain.verdict import Refusal
from eodes.exchange.judge import Judge, Judged, Refused
from eodes.exchange.ports import Clock
from eodes.exchange.recourse import again
from eodes.messages.ack_technical import AcknowledgementTechnical
from eodes.messages.error import Error
from eodes.store.records import ExchangeRow, Outcome, OutgoingMessage, Receipt
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
#: Refusals by what the partner could not do: read the document, or accept what it says.
_TECHNICAL = ("ENV-", "SIG-", "SCH-", "AUT-", "SYS-")


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
        """
        now = self.clock.now()
        judged = [
            (message, self._read(message, came, trust=trust, now=now)) for message, came in attempts
        ]
        with self.store.begin() as unit:
            unit.outbox.record([came for _, came in judged if isinstance(came, Outcome)], now=now)
            for message, came in judged:
                if isinstance(came, Outcome):
                    self._after_no_answer(unit, message, came, now=now)
                else:
                    signal, document = came
                    settle_signal(unit, message, signal, document=document, now=now)

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
        self, unit: Unit, message: OutgoingMessage, outcome: Outcome, *, now: datetime
    ) -> None:
        """Show on the certificate what no answer means: sent, or nobody knows."""
        row = unit.exchanges.by_message(message.message_id)
        if row is None:
            return
        wanted = Exchange.UNKNOWN if outcome.state is Outgoing.FAILED else Exchange.SENT
        if wanted in EXCHANGE.moves[row.state]:
            unit.exchanges.move(
                row,
                wanted,
                now=now,
                because=outcome.outcome,
                code=outcome.code,
                detail=outcome.detail,
            )
        if outcome.state is Outgoing.FAILED:
            tell_exchange(
                unit,
                row,
                Exchange.UNKNOWN,
                message_id=message.message_id,
                now=now,
                facts={"detail": outcome.detail},
            )


def settle_signal(
    unit: Unit, message: OutgoingMessage, signal: Judged, *, document: bytes, now: datetime
) -> None:
    """Apply one judged signal to the message that it answers.

    1. Keep its bytes; the same answer again is kept once.
    2. Move the message, unless it is final already.
    3. Move the exchange of a certificate that it carried, and tell the office.
    """
    kind = signal.header.type
    unit.outbox.keep_receipts(  # 1
        [
            Receipt(
                receipt_id=signal.header.message_id,
                partner=message.partner,
                message_id=message.message_id,
                type=kind,
                document=document,
                received_at=now,
                body=record.write(signal.body),
            )
        ]
    )
    refusal = signal.body.refusals[0] if isinstance(signal.body, Error) else None
    if refusal is not None and refusal.retryable:
        wanted, due = Outgoing.SEALED, now
    else:
        wanted, due = _OUTGOING_AFTER[kind], None
    if not OUTGOING.is_final(message.state) and message.state is not wanted:  # 2
        current = Outgoing.SENDING if message.state is Outgoing.SEALED else message.state
        lifecycle.advance(OUTGOING, current, wanted)
    unit.outbox.record(
        [
            Outcome(
                message.message_id,
                message.attempts,
                wanted,
                kind.value,
                refusal.text if refusal else "",
                due_at=due,
                code=refusal.code if refusal else None,
            )
        ],
        now=now,
    )
    _settle_exchange(unit, message, signal, now=now)  # 3


def _settle_exchange(
    unit: Unit, message: OutgoingMessage, signal: Judged, *, now: datetime
) -> None:
    row = unit.exchanges.by_message(message.message_id)
    if row is None:
        return
    wanted, code, detail = _exchange_after(signal)
    if row.state is wanted or wanted not in EXCHANGE.moves[row.state]:
        return
    unit.exchanges.move(
        row, wanted, now=now, because=signal.header.message_id, code=code, detail=detail
    )
    facts: dict[str, object] = {"code": code, "detail": detail}
    tell_exchange(unit, row, wanted, message_id=signal.header.message_id, now=now, facts=facts)


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


def tell_exchange(  # noqa: PLR0913  # the facts of one piece of news, each by its name
    unit: Unit,
    row: ExchangeRow,
    state: Exchange,
    *,
    message_id: str,
    now: datetime,
    facts: dict[str, object],
) -> None:
    """Tell the office how far a certificate of ours has come."""
    unit.newsstand.add(
        f"exchange.{state.value.lower()}",
        partner=row.partner,
        message_id=message_id,
        facts={
            "issuing_country": row.key.issuing_country,
            "agreement": row.key.agreement,
            "number_key": row.key.number_key,
            "number_raw": row.number_raw,
            "state": state.value,
            **{name: value for name, value in facts.items() if value is not None},
        },
        now=now,
    )


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
