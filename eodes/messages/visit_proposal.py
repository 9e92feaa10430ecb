"""VISIT_PROPOSAL: the importing side wants to see the premises where goods were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import FreeText, Name
from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count, Doc, Text
from eodes.domain.verification import (
    CaseDocument,
    Officer,
    ReplyClock,
    VerifiedCertificate,
    VisitNumber,
)
from eodes.messages.spec import message


class VisitedRole(StrEnum):
    """What the visited person is to the goods."""

    PRODUCER = "PRODUCER"
    EXPORTER = "EXPORTER"


@dataclass(frozen=True, slots=True)
class Premises:
    """Whose premises are to be visited, and where they are."""

    person: Name
    role: VisitedRole
    address: Annotated[str, Text(512)]


@dataclass(frozen=True, slots=True)
class VisitProposal:
    """Place, days, coverage and officials, as KVFTA 3.21(4)(b) lists them, and the reply day."""

    case_id: MessageId
    proposed_on: date
    from_date: date
    to_date: date
    premises: Premises
    coverage: FreeText
    certificates: Annotated[tuple[VerifiedCertificate, ...], Count(1, 100)]
    officials: Annotated[tuple[Officer, ...], Count(1, 20), Doc("Who will come.")]
    clock: ReplyClock
    visit_no: VisitNumber = 1
    documents: Annotated[tuple[CaseDocument, ...], Count(0, 50)] = ()


SPEC = message(
    MessageType.VISIT_PROPOSAL,
    VisitProposal,
    direction="importing to issuing side",
    reply=MessageType.VISIT_ANSWER,
)
