"""VERIF_REQUEST: the importing side asks whether certificates are authentic and goods originate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count, Doc
from eodes.domain.verification import (
    CaseDocument,
    CaseNumber,
    Doubt,
    LegalBasis,
    Officer,
    Question,
    ReplyClock,
    Round,
    VerifiedCertificate,
)
from eodes.messages.spec import Note, message


@dataclass(frozen=True, slots=True)
class VerificationRequest:
    """The case, the certificates, why and what is asked, and until when; `round` asks again."""

    case_id: MessageId
    case_number: CaseNumber
    asked_on: date
    certificates: Annotated[tuple[VerifiedCertificate, ...], Count(1, 100)]
    doubts: Annotated[tuple[Doubt, ...], Count(1, 20)]
    clock: ReplyClock
    officer: Officer
    legal_basis: LegalBasis
    round: Round = 1
    questions: Annotated[tuple[Question, ...], Count(0, 100)] = ()
    documents: Annotated[tuple[CaseDocument, ...], Count(0, 50)] = ()
    secrecy: Annotated[Note, Doc("The asking side's written promise of secrecy.")] | None = None


SPEC = message(
    MessageType.VERIF_REQUEST,
    VerificationRequest,
    direction="importing to issuing side",
    reply=MessageType.VERIF_ACK,
)
