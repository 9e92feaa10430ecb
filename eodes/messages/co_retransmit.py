"""CO_RETRANSMIT: asks for messages again; they come as the same bytes under the same ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from eodes.domain.message import CertificateId, MessageId, MessageType
from eodes.domain.record import Count, Whole
from eodes.messages.spec import message


@dataclass(frozen=True, slots=True)
class ChannelRange:
    """Places in the channel, both ends included."""

    from_seq: Annotated[int, Whole(1)]
    to_seq: Annotated[int, Whole(1)]


@dataclass(frozen=True, slots=True)
class CertificateRetransmission:
    """What is missing: messages by id, a stretch of the channel, or all about a certificate."""

    message_ids: Annotated[tuple[MessageId, ...], Count(0, 1000)] = ()
    channel: ChannelRange | None = None
    certificate: CertificateId | None = None


SPEC = message(MessageType.CO_RETRANSMIT, CertificateRetransmission, direction="either side")
