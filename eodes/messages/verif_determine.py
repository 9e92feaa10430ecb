"""VERIF_DETERMINE: what the importing side decides in the end, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Count, Doc
from eodes.domain.verification import ItemDecision, Officer
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class VerificationDetermination:
    """One decision an item with facts and basis; a revision takes an earlier one's place."""

    case_id: MessageId
    determined_on: date
    officer: Officer
    decisions: Annotated[tuple[ItemDecision, ...], Count(1, 1000)]
    is_revision: Annotated[bool, Doc("True after an objection or a court.")] = False


SPEC = message(
    MessageType.VERIF_DETERMINE,
    VerificationDetermination,
    direction="importing to issuing side",
)
