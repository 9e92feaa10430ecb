"""What each message type does when it takes effect; one line each, alphabetical."""

from collections.abc import Callable, Mapping
from typing import Any

from eodes.domain.message import MessageType
from eodes.exchange.effects import (
    arrivals,
    capability,
    co_annul,
    co_cancel,
    co_cancel_reply,
    co_query,
    co_retransmit,
    co_use,
    export_link,
    news_only,
    reconciliation,
    service_notice,
    signals,
    transit_evidence,
    verification,
)
from eodes.exchange.effects.case import Case

#: Bodies differ from type to type; the catalogue guarantees that each gets its own.
Effect = Callable[[Case[Any]], None]

EFFECTS: Mapping[MessageType, Effect] = {
    MessageType.ACK_BUSINESS: signals.settle,
    MessageType.ACK_TECHNICAL: signals.settle,
    MessageType.ACK_TRANSPORT: signals.settle,
    MessageType.CAPABILITY: capability.settle,
    MessageType.CO_ANNUL: co_annul.settle,
    MessageType.CO_CANCEL: co_cancel.settle,
    MessageType.CO_CANCEL_REPLY: co_cancel_reply.settle,
    MessageType.CO_CORRECT: arrivals.settle,
    MessageType.CO_ISSUE: arrivals.settle,
    MessageType.CO_QUERY: co_query.settle,
    MessageType.CO_RECORD: news_only.settle,
    MessageType.CO_RETRANSMIT: co_retransmit.settle,
    MessageType.CO_USE: co_use.settle,
    MessageType.ERROR: signals.settle,
    MessageType.EXPORT_LINK: export_link.settle,
    MessageType.RECON_DIFF: reconciliation.settle_difference,
    MessageType.RECON_DIGEST: reconciliation.settle_digest,
    MessageType.SERVICE_NOTICE: service_notice.settle,
    MessageType.TRANSIT_EVIDENCE: transit_evidence.settle,
    MessageType.VERIF_ACK: verification.settle,
    MessageType.VERIF_DETERMINE: verification.settle,
    MessageType.VERIF_EXTEND: verification.settle,
    MessageType.VERIF_REQUEST: verification.settle,
    MessageType.VERIF_RESULT: verification.settle,
    MessageType.VISIT_ANSWER: verification.settle,
    MessageType.VISIT_COMMENTS: verification.settle,
    MessageType.VISIT_FINAL: verification.settle,
    MessageType.VISIT_FINDINGS: verification.settle,
    MessageType.VISIT_PROPOSAL: verification.settle,
}
