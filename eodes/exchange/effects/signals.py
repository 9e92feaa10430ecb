"""Signals that came as messages of their own: late answers settle what they answer."""

from __future__ import annotations

import structlog

from eodes.exchange.effects.case import Case
from eodes.exchange.judge import Judged
from eodes.exchange.settle import not_an_answer, receipt_of, settle_signal
from eodes.messages import CATALOGUE

log = structlog.get_logger(__name__)


def settle(case: Case[object]) -> None:
    """Settle the message that the signal answers; an answer to nothing of ours is only noted."""
    header = case.header
    answered = case.unit.outbox.find(header.causation_id or "")
    signal = Judged(
        header=header,
        body=case.body,
        spec=CATALOGUE[header.type],
        authority=case.message.partner,
        key_sha256=case.message.key_sha256,
        document_digest=case.message.document_digest,
        dialect="",
    )
    wrong = not_an_answer(signal, answered) if answered else None
    if answered is None or wrong:
        log.warning(
            "answer.settle.unmatched",
            message_id=header.message_id,
            partner=case.message.partner,
            causation_id=header.causation_id,
            code=wrong.code if wrong else "ENV-CAUSATION",
        )
        case.tell("answer.unmatched", {"causation_id": header.causation_id})
        return
    settle_signal(
        case.unit,
        answered,
        signal,
        receipt=receipt_of(answered, signal, document=case.message.document, now=case.now),
        timers=case.partner.profile.timers,
        is_late=True,
    )
