"""VERIF_EXTEND: the issuing side asks for more time; the same message decides on it.

Without a decision it asks and goes to the importing side; with one it answers and goes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Doc
from eodes.domain.verification import Round
from eodes.messages.spec import Reason, message


class ExtensionReason(StrEnum):
    """Why more time is needed; the first three are those of Korea's Rules 37(2)."""

    FORCE_MAJEURE = "FORCE_MAJEURE"
    APPEAL_PENDING = "APPEAL_PENDING"
    ADMINISTRATION = "ADMINISTRATION"  # a cause on the part of either side's administration
    INVESTIGATION = "INVESTIGATION"  # our own: the work takes longer than thought


class ExtensionDecision(StrEnum):
    """What the importing side says to it."""

    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class VerificationExtension:
    """The day that is asked for, or the day that holds now, and why."""

    case_id: MessageId
    until: Annotated[date, Doc("Asked for; granted; or, if refused, still holding.")]
    reason_code: ExtensionReason
    reason: Reason
    round: Round = 1
    decision: (
        Annotated[ExtensionDecision, Doc("Only from the importing side, in answer.")] | None
    ) = None


SPEC = message(MessageType.VERIF_EXTEND, VerificationExtension, direction="either side")
