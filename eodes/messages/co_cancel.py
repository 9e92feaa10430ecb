"""CO_CANCEL: the issuing side takes a certificate back, if it was not used yet."""

from __future__ import annotations

from dataclasses import dataclass

from eodes.domain.message import CertificateId, MessageType
from eodes.messages.spec import Reason, ReasonCode, message


@dataclass(frozen=True, slots=True)
class CertificateCancellation:
    """The certificate to be cancelled, and why; asks for CO_CANCEL_REPLY."""

    certificate: CertificateId
    reason_code: ReasonCode
    reason: Reason


SPEC = message(
    MessageType.CO_CANCEL,
    CertificateCancellation,
    direction="issuing to importing side",
    reply=MessageType.CO_CANCEL_REPLY,
)
