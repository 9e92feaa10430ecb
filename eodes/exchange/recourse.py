"""What follows an attempt that brought no answer: again, with the same bytes, or a person."""

from __future__ import annotations

from datetime import datetime

from eodes.domain import retry
from eodes.domain.lifecycle import Outgoing
from eodes.domain.partner import Timers
from eodes.store.records import Outcome, OutgoingMessage

#: The code of a message that was given up after the partner's number of repeats.
GIVEN_UP = "SYS-UNREACHABLE"


def again(  # noqa: PLR0913  # the facts of one failed attempt, each by its name
    message: OutgoingMessage,
    timers: Timers,
    *,
    outcome: str,
    detail: str,
    now: datetime,
    not_before: datetime | None = None,
) -> Outcome:
    """Plan the next attempt with the same bytes, or give up when the repeats are used up."""
    attempts = message.attempts - message.attempts_before
    if retry.is_exhausted(timers, attempts=attempts):
        return Outcome(
            message.message_id,
            message.attempts,
            Outgoing.FAILED,
            outcome,
            f"{detail}; given up after {attempts} attempts",
            code=GIVEN_UP,
        )
    due = retry.next_attempt(timers, attempts=attempts, now=now, message_id=message.message_id)
    if not_before is not None:
        due = max(due, not_before)
    return Outcome(
        message.message_id, message.attempts, Outgoing.SEALED, outcome, detail, due_at=due
    )
