"""CO_CANCEL_REPLY: what the partner made of our cancellation."""

from __future__ import annotations

from eodes.domain.lifecycle import EXCHANGE, Exchange
from eodes.exchange.effects.case import Case, name_of
from eodes.exchange.progress import prove_registered
from eodes.messages.co_cancel_reply import CancellationOutcome, CertificateCancellationReply
from eodes.store.records import CertificateKey

#: What can only be said of a certificate that is registered.
_PROVES = frozenset({CancellationOutcome.CANCELLED, CancellationOutcome.REFUSED_UTILISED})


def settle(case: Case[CertificateCancellationReply]) -> None:
    """Move the exchange to where the partner says it stands, and tell the office."""
    body = case.body
    key = CertificateKey.named(body.certificate)
    row = case.unit.exchanges.find(key, partner=case.message.partner)
    if row is None:
        return
    if body.outcome in _PROVES:
        row = prove_registered(case.unit, row, because=case.message.message_id, now=case.now)
    wanted = {
        CancellationOutcome.CANCELLED: Exchange.CANCELLED,
        CancellationOutcome.REFUSED_UTILISED: Exchange.USED,
    }.get(body.outcome, Exchange.REGISTERED)
    if row.state is Exchange.CANCEL_PENDING or wanted is Exchange.CANCELLED:
        if wanted is Exchange.USED and row.state is Exchange.CANCEL_PENDING:
            wanted = _state_by_use(case, key) or wanted
        if wanted in EXCHANGE.moves[row.state]:
            case.unit.exchanges.move(
                row, wanted, now=case.now, because=case.message.message_id, detail=body.note
            )
    case.tell(
        "cancellation.answered",
        {
            **name_of(key),
            "outcome": body.outcome.value,
            "declaration_number": body.declaration_number,
            "note": body.note,
        },
    )


def _state_by_use(case: Case[CertificateCancellationReply], key: CertificateKey) -> Exchange | None:
    """Prefer what the use feedback said, if any came: partly used is not used up."""
    rows = case.unit.exchanges.use_of(key, direction="IN", partner=case.message.partner)
    if any(row.outcome == "PARTLY" for row in rows):
        return Exchange.USED_PARTLY
    return None
