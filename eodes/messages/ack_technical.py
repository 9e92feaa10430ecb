"""ACK_TECHNICAL: signature, schema and rules stand; registration may still wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from eodes.domain.message import Digest, MessageType
from eodes.domain.record import Text
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class AcknowledgementTechnical:
    """The document was accepted; `held` says that it waits for one that must come before it."""

    digest: Digest
    accepted_at: datetime
    held: bool = False
    note: Annotated[str, Text(512)] | None = None


SPEC = message(
    MessageType.ACK_TECHNICAL,
    AcknowledgementTechnical,
    direction="receiver to sender",
    needs_handler=False,
)
