"""When the next attempt is due: growing pauses, spread by the message's own id."""

from __future__ import annotations

from datetime import datetime, timedelta

from eodes.domain.partner import Timers

_GROWTH = 2
_SPREAD = 0.25  # a quarter either way, so that a recovering partner is not met by a wave


def next_attempt(timers: Timers, *, attempts: int, now: datetime, message_id: str) -> datetime:
    """Return when the attempt after `attempts` failed ones is due."""
    pause = min(timers.first_repeat * _GROWTH ** min(attempts - 1, 32), timers.longest_pause)
    # The last digits of an id are random: they spread attempts without a source of chance here.
    place = int(message_id[-4:], 16) / 0xFFFF
    return now + timedelta(seconds=pause * (1 - _SPREAD + 2 * _SPREAD * place))


def is_exhausted(timers: Timers, *, attempts: int) -> bool:
    """Tell whether the partner's number of repeats is used up."""
    return attempts > timers.repeats
