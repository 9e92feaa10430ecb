"""VISIT_ANSWER: consent to a visit, its refusal, or its postponement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count, Doc
from eodes.domain.verification import CaseDocument, Officer, VisitNumber
from eodes.messages.spec import Reason, message


class VisitAnswerKind(StrEnum):
    """What is said to the proposal."""

    CONSENTED = "CONSENTED"
    POSTPONED = "POSTPONED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    """The answer, the day of the visited person's consent, and the days if they are others."""

    case_id: MessageId
    answered_on: date
    answer: VisitAnswerKind
    officer: Officer
    visit_no: VisitNumber = 1
    consented_on: Annotated[date, Doc("By who is visited; with CONSENTED.")] | None = None
    from_date: Annotated[date, Doc("First day instead; with POSTPONED.")] | None = None
    to_date: Annotated[date, Doc("Last day instead; with POSTPONED.")] | None = None
    reason: Annotated[Reason, Doc("With REFUSED and POSTPONED.")] | None = None
    escorts: Annotated[tuple[Officer, ...], Count(0, 20), Doc("Who comes along.")] = ()
    documents: Annotated[tuple[CaseDocument, ...], Count(0, 50)] = ()


SPEC = message(MessageType.VISIT_ANSWER, VisitAnswer, direction="issuing to importing side")
