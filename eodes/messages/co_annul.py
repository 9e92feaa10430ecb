"""CO_ANNUL: a certificate is void from a day on, found so by verification or by its issuer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eodes.domain.message import CertificateId, MessageType
from eodes.messages.spec import Reason, message


class AnnulmentReason(StrEnum):
    """What showed that the certificate cannot stand."""

    VERIFICATION = "VERIFICATION"
    ERROR_NOTICE = "ERROR_NOTICE"
    FORGED = "FORGED"


@dataclass(frozen=True, slots=True)
class CertificateAnnulment:
    """The certificate, why it is annulled, and from which day."""

    certificate: CertificateId
    reason_code: AnnulmentReason
    reason: Reason
    effective_on: date


SPEC = message(MessageType.CO_ANNUL, CertificateAnnulment, direction="issuing to importing side")
