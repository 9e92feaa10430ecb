"""VISIT_COMMENTS: what who was visited says to the draft, handed on by the issuing side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.certificate import FreeText, Name
from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count, Doc
from eodes.domain.verification import CaseDocument, VisitNumber
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class VisitComments:
    """Who comments, on which day, with which words and papers."""

    case_id: MessageId
    commented_on: Annotated[date, Doc("When the issuing side had them.")]
    person: Name
    text: FreeText
    visit_no: VisitNumber = 1
    documents: Annotated[tuple[CaseDocument, ...], Count(0, 50)] = ()


SPEC = message(MessageType.VISIT_COMMENTS, VisitComments, direction="issuing to importing side")
