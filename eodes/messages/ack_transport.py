"""ACK_TRANSPORT: the document arrived whole; nothing is said about what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eodes.domain.message import Digest, MessageType
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class AcknowledgementTransport:
    """The digest of the document that arrived; the header names the message."""

    digest: Digest
    received_at: datetime


SPEC = message(
    MessageType.ACK_TRANSPORT,
    AcknowledgementTransport,
    direction="receiver to sender",
    needs_handler=False,
)
