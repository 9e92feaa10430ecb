"""CO_RETRANSMIT: the partner lost something and asks for it again (ATIGA OCP rule 29(3))."""

from __future__ import annotations

from eodes.domain.message import SIGNALS
from eodes.exchange.effects.case import Case
from eodes.messages.co_retransmit import CertificateRetransmission
from eodes.store.records import CertificateKey, OutgoingMessage

MAX_AT_ONCE = 1000


def settle(case: Case[CertificateRetransmission]) -> None:
    """Have the original bytes sent again; what was never for this partner is passed over."""
    wanted = _asked_for(case)
    again = [one for one in wanted if one.partner == case.message.partner and one.sealed]
    for message in again[:MAX_AT_ONCE]:
        case.unit.outbox.resend(message.message_id, now=case.now)
    case.tell("retransmission.asked", {"asked": len(wanted), "sent_again": len(again)})


def _asked_for(case: Case[CertificateRetransmission]) -> tuple[OutgoingMessage, ...]:
    body, outbox = case.body, case.unit.outbox
    if body.message_ids:
        found = (outbox.find(message_id) for message_id in body.message_ids)
        return tuple(one for one in found if one is not None)
    if body.certificate is not None:
        about = outbox.carrying(CertificateKey.named(body.certificate))
        return tuple(one for one in about if one.type not in SIGNALS)
    if body.channel is None:
        return ()
    first = body.channel.from_seq
    last = min(body.channel.to_seq, first + MAX_AT_ONCE - 1)
    return outbox.in_channel(case.message.partner, first=first, last=last)
