"""ACK_BUSINESS: what the message says is registered and in force on the receiving side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from eodes.domain.message import Digest, MessageType
from eodes.domain.record import Text
from eodes.messages.spec import RefusalCode, message


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that did not hinder registration but should be mended."""

    code: RefusalCode
    text: Annotated[str, Text(2048)]


@dataclass(frozen=True, slots=True)
class AcknowledgementBusiness:
    """When the message took effect, and the state of the certificate in the register."""

    digest: Digest
    registered_at: datetime
    state: Annotated[str, Text(30, 1, "[A-Z][A-Z_]*")] | None = None
    warnings: tuple[Warned, ...] = ()


SPEC = message(
    MessageType.ACK_BUSINESS,
    AcknowledgementBusiness,
    direction="receiver to sender",
    needs_handler=False,
)
