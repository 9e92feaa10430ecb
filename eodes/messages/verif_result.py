"""VERIF_RESULT: what the issuing side's investigation found, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import Name
from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count
from eodes.domain.verification import (
    CaseDocument,
    ItemFinding,
    LegalBasis,
    Officer,
    QuestionAnswer,
    Round,
)
from eodes.messages.spec import message


class InvestigationMethod(StrEnum):
    """How was looked into it."""

    DOCUMENTS = "DOCUMENTS"
    ON_SITE = "ON_SITE"


@dataclass(frozen=True, slots=True)
class Investigation:
    """Who investigated whom, how, and in which time (Korea: Decree 13(2))."""

    officer: Officer
    method: InvestigationMethod
    person: Name
    from_date: date
    to_date: date
    legal_basis: LegalBasis


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """When the request came, who investigated whom, and a finding an item with its papers."""

    case_id: MessageId
    received_on: date
    concluded_on: date
    investigations: Annotated[tuple[Investigation, ...], Count(1, 20)]
    findings: Annotated[tuple[ItemFinding, ...], Count(1, 1000)]
    round: Round = 1
    answers: Annotated[tuple[QuestionAnswer, ...], Count(0, 100)] = ()
    documents: Annotated[tuple[CaseDocument, ...], Count(0, 50)] = ()


SPEC = message(MessageType.VERIF_RESULT, VerificationResult, direction="issuing to importing side")
