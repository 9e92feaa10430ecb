"""CO_CANCEL_REPLY: the importing side says whether a certificate could be cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from eodes.domain.message import CertificateId, MessageType
from eodes.domain.record import Text
from eodes.messages.spec import Note, message


class CancellationOutcome(StrEnum):
    """What became of the request."""

    CANCELLED = "CANCELLED"
    REFUSED_UTILISED = "REFUSED_UTILISED"
    REFUSED_UNKNOWN = "REFUSED_UNKNOWN"
    REFUSED_STATE = "REFUSED_STATE"


@dataclass(frozen=True, slots=True)
class CertificateCancellationReply:
    """The outcome, and the declaration that had used the certificate before."""

    certificate: CertificateId
    outcome: CancellationOutcome
    declaration_number: Annotated[str, Text(35)] | None = None
    note: Note | None = None


SPEC = message(
    MessageType.CO_CANCEL_REPLY,
    CertificateCancellationReply,
    direction="importing to issuing side",
)
