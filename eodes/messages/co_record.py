"""CO_RECORD: answers CO_QUERY with the certificate and its state, or with nothing found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eodes.domain.certificate import Certificate, CertificateState
from eodes.domain.message import MessageType
from eodes.messages.spec import message


class QueryOutcome(StrEnum):
    """Whether the register knows the number."""

    FOUND = "FOUND"
    NOT_FOUND = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """What the register holds; the header's causation names the query."""

    outcome: QueryOutcome
    state: CertificateState | None = None
    certificate: Certificate | None = None


SPEC = message(MessageType.CO_RECORD, CertificateRecord, direction="issuing to importing side")
