"""VISIT_FINDINGS: what a visit showed, and the determination that is drafted on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.certificate import FreeText
from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count, Doc
from eodes.domain.verification import (
    CaseDocument,
    ItemDecision,
    Officer,
    ReplyClock,
    VisitNumber,
)
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class VisitFindings:
    """The days held, who took part, what was found, and until when to comment on the draft."""

    case_id: MessageId
    from_date: date
    to_date: date
    participants: Annotated[tuple[Officer, ...], Count(1, 40), Doc("Of both sides.")]
    facts: FreeText
    decisions: Annotated[tuple[ItemDecision, ...], Count(1, 1000), Doc("As drafted.")]
    clock: Annotated[ReplyClock, Doc("Of the comments.")]
    visit_no: VisitNumber = 1
    documents: Annotated[tuple[CaseDocument, ...], Count(0, 50)] = ()


SPEC = message(MessageType.VISIT_FINDINGS, VisitFindings, direction="importing to issuing side")
