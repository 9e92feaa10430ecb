"""CO_CORRECT: a whole new certificate that takes the place of one sent before."""

from __future__ import annotations

from dataclasses import dataclass

from eodes.domain.certificate import Certificate
from eodes.domain.message import CertificateId, MessageType
from eodes.messages.spec import Reason, ReasonCode, message


@dataclass(frozen=True, slots=True)
class CertificateCorrection:
    """The new certificate, the one it supersedes, and why."""

    certificate: Certificate
    superseded: CertificateId
    reason_code: ReasonCode
    reason: Reason


SPEC = message(MessageType.CO_CORRECT, CertificateCorrection, direction="issuing to importing side")
