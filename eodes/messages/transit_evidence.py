"""TRANSIT_EVIDENCE: proof that goods passed a non-party unchanged under customs control."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.certificate import Country, Locode, Name
from eodes.domain.message import CertificateId, Digest, MessageType
from eodes.domain.partner import TransitProof
from eodes.domain.record import Text
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class TransitEvidence:
    """One paper of the transit, named by its number and, where sent beside, by its digest."""

    certificate: CertificateId
    kind: TransitProof
    number: Annotated[str, Text(35)]
    country: Country
    issued_on: date
    from_date: date
    to_date: date
    issuer: Name
    port: Locode | None = None
    document_sha256: Digest | None = None


SPEC = message(
    MessageType.TRANSIT_EVIDENCE,
    TransitEvidence,
    direction="transit or issuing side to importing side",
)
