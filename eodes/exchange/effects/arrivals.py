"""CO_ISSUE and CO_CORRECT: registered when they were recorded; here the office is told."""

from __future__ import annotations

from eodes.exchange.effects.case import Case, name_of
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_issue import CertificateIssue
from eodes.store.records import CertificateKey


def settle(case: Case[CertificateIssue | CertificateCorrection]) -> None:
    """Tell the office that a certificate arrived, and what it replaced.

    A second message with the same certificate brought nothing: it was told with the first.
    """
    certificate = case.body.certificate
    key = CertificateKey.of(certificate)
    superseded = (
        case.body.superseded.number_key if isinstance(case.body, CertificateCorrection) else None
    )
    entry = case.unit.register.find([key]).get(key)
    if entry is None or entry.message_id != case.message.message_id:
        return
    case.tell(
        "certificate.received",
        {
            **name_of(key),
            "number_raw": certificate.number_raw,
            "state": entry.state.value,
            "supersedes_key": superseded,
        },
    )
