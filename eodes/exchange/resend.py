"""Sending a message's bytes again because a person asks for it; also one that was set aside."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from eodes.domain.lifecycle import Outgoing
from eodes.store.unit import Unit

#: The states in which a message without signed bytes still gets them by itself.
_TO_BE_SEALED = frozenset({Outgoing.QUEUED, Outgoing.NUMBERED})


class Resending(StrEnum):
    """What came of asking for a message to be sent again."""

    GOES_AGAIN = "GOES_AGAIN"
    NOT_SENT_YET = "NOT_SENT_YET"
    NEVER_SIGNED = "NEVER_SIGNED"


def resend(unit: Unit, message_id: str, *, now: datetime) -> Resending:
    """Have the same bytes sent again, or tell why there is nothing to send again.

    Raises:
        UnknownMessageError: no message of ours has this id.

    """
    message = unit.outbox.get(message_id)
    if message.sealed is None:
        waits = message.state in _TO_BE_SEALED
        return Resending.NOT_SENT_YET if waits else Resending.NEVER_SIGNED
    unit.outbox.resend(message_id, now=now)
    return Resending.GOES_AGAIN
