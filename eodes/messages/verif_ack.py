"""VERIF_ACK: the issuing side has the request, and until when it takes its reply to be due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from eodes.domain.message import MessageId, MessageType
from eodes.domain.record import Doc
from eodes.domain.verification import CaseNumber, Officer, Round
from eodes.messages.spec import Note, message


@dataclass(frozen=True, slots=True)
class VerificationReceipt:
    """The day of receipt, from which some agreements count, and who works on the case."""

    case_id: MessageId
    received_on: date
    due_on: date
    officer: Officer
    round: Round = 1
    case_number: Annotated[CaseNumber, Doc("Of the issuing side.")] | None = None
    note: Note | None = None


SPEC = message(MessageType.VERIF_ACK, VerificationReceipt, direction="issuing to importing side")
