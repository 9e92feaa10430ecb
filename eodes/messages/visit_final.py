"""VISIT_FINAL: the determination after a visit and the comments on it; it ends the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count
from eodes.domain.verification import ItemDecision, Officer, VisitNumber
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class VisitFinal:
    """One decision an item, with facts and basis (KVFTA 3.21(7); KCFTA 3.23(3)(g))."""

    case_id: MessageId
    determined_on: date
    officer: Officer
    decisions: Annotated[tuple[ItemDecision, ...], Count(1, 1000)]
    visit_no: VisitNumber = 1


SPEC = message(MessageType.VISIT_FINAL, VisitFinal, direction="importing to issuing side")
