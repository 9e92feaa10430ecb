"""CO_USE: what importing customs decided on a claim, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import FreeText, Measure, UnitCode
from eodes.domain.message import CertificateId, MessageType
from eodes.domain.record import Count, Text, Whole
from eodes.messages.spec import ReasonCode, message


class UseOutcome(StrEnum):
    """What was decided on an item."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    DENIED = "DENIED"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class UsedQuantity:
    """How much of the item was drawn down."""

    value: Measure
    unit: UnitCode


@dataclass(frozen=True, slots=True)
class UseDecision:
    """The decision on one item, with the classification that customs applied."""

    item_no: Annotated[int, Whole(1, 99_999)]
    outcome: UseOutcome
    quantity: UsedQuantity | None = None
    declaration_line: Annotated[str, Text(35)] | None = None
    hs_applied: Annotated[str, Text(12, 6, "[0-9]{6,12}")] | None = None
    reason_code: ReasonCode | None = None
    text: FreeText | None = None
    legal_basis: Annotated[str, Text(256)] | None = None


@dataclass(frozen=True, slots=True)
class CertificateUse:
    """The declaration, the day and office of the decision, and one decision an item."""

    certificate: CertificateId
    declaration_number: Annotated[str, Text(35)]
    decided_on: date
    office: Annotated[str, Text(70)]
    decisions: Annotated[tuple[UseDecision, ...], Count(1)]


SPEC = message(MessageType.CO_USE, CertificateUse, direction="importing to issuing side")
