"""CO_CANCEL: taken back while unused; a used certificate stays and the reply says by what."""

from __future__ import annotations

from eodes.domain.lifecycle import Registered
from eodes.domain.partner import CancellationRule
from eodes.exchange.effects.case import Case, name_of
from eodes.messages.co_cancel import CertificateCancellation
from eodes.messages.co_cancel_reply import CancellationOutcome, CertificateCancellationReply
from eodes.store.records import CertificateKey, ReceivedCertificate


def settle(case: Case[CertificateCancellation]) -> None:
    """Cancel the certificate if nothing was used of it, and reply in the same transaction.

    1. Hold the register's row, so that no claim uses the certificate meanwhile.
    2. Decide: cancelled, used, unknown, or in a state that is not cancelled.
    3. Reply and tell the office.
    """
    key = CertificateKey.named(case.body.certificate)
    entry = case.unit.register.lock(key)  # 1
    outcome = _decide(entry, case)  # 2
    if outcome is CancellationOutcome.CANCELLED and entry is not None:
        case.unit.register.move(entry, Registered.CANCELLED, now=case.now)
        case.tell("certificate.cancelled", {**name_of(key), "reason": case.body.reason})
    case.answer(  # 3
        CertificateCancellationReply(
            certificate=case.body.certificate,
            outcome=outcome,
            declaration_number=entry.used_by_declaration if entry else None,
            note=_NOTES[outcome],
        )
    )


def _decide(
    entry: ReceivedCertificate | None, case: Case[CertificateCancellation]
) -> CancellationOutcome:
    own = case.own
    if entry is None or entry.partner != case.message.partner:
        return CancellationOutcome.REFUSED_UNKNOWN
    if entry.used_by_declaration is not None:
        return CancellationOutcome.REFUSED_UTILISED
    if own.lineage.cancellation is CancellationRule.NONE:
        return CancellationOutcome.REFUSED_STATE
    if entry.state is Registered.CANCELLED:
        return CancellationOutcome.CANCELLED
    if entry.state not in (Registered.AVAILABLE, Registered.HELD):
        return CancellationOutcome.REFUSED_STATE
    return CancellationOutcome.CANCELLED


_NOTES = {
    CancellationOutcome.CANCELLED: "cancelled; it can no longer be used",
    CancellationOutcome.REFUSED_UTILISED: "already utilised by the declaration named",
    CancellationOutcome.REFUSED_UNKNOWN: "no certificate of yours is registered under this number",
    CancellationOutcome.REFUSED_STATE: "the certificate is superseded, annulled or not cancellable",
}
