"""Messages that Korea's key signs but its gateway would never send."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eodes.domain import record
from eodes.domain.message import Header
from eodes.exchange.prepare import Prepared
from eodes.wire import envelope, signer
from tests.world import World


def resealed(world: World, prepared: Prepared, **changes: Any) -> bytes:
    """Another message of Korea's, made by its own key and not by its outbox."""
    node = world.nodes["KR-KCS"]
    message = world.outgoing(prepared.message_id)
    header = replace(record.read(Header, message.header), **changes)
    return signer.seal(envelope.compose(header, message.payload), signer=node.signer)
