"""CO_QUERY: asks for a certificate by what stands on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.certificate import AgreementCode, CertificateNumber
from eodes.domain.message import MessageType
from eodes.domain.record import Doc, Text
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class CertificateQuery:
    """The number as read, and what else is known of the certificate."""

    number_raw: CertificateNumber
    issued_on: date | None = None
    access_code: Annotated[str, Text(20), Doc("As printed; told only to the issuer.")] | None = None
    agreement: AgreementCode | None = None


SPEC = message(
    MessageType.CO_QUERY,
    CertificateQuery,
    direction="importing to issuing side",
    reply=MessageType.CO_RECORD,
)
