"""Counting the days of an office's own clocks, with the days on which a clock stands still.

The days off themselves are the gateway's data, one calendar for each country; the windows of forms
are counted there too.  Here is what only an office needs: a period that stops and goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

_DAY = timedelta(days=1)


class Calendar(Protocol):
    """A country's days off, as the gateway keeps them."""

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day, as far as the calendar knows."""
        ...

    def gaps(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years between two days whose public holidays are not known."""
        ...


@dataclass(frozen=True, slots=True)
class Pause:
    """The days after `since` up to and including `until` on which a clock stands still.

    The day of the request still counts; the first day that counts again follows the answer.
    Without `until` the clock has not gone on yet.
    """

    since: date
    until: date | None
    reason: str

    def covers(self, day: date) -> bool:
        """Tell whether the clock stands still on a day."""
        return self.since < day and (self.until is None or day <= self.until)


def due_day(
    start: date, days: int, *, calendar: Calendar | None = None, pauses: Iterable[Pause] = ()
) -> date | None:
    """Give the last of so many days after `start`, which is not counted itself.

    With a calendar only its working days count; days within a pause never do.  A pause that has
    not ended, and that the count reaches, leaves no day to name: None.
    """
    stops = tuple(pauses)
    day = start
    while days > 0:
        day += _DAY
        covering = [stop for stop in stops if stop.covers(day)]
        if any(stop.until is None for stop in covering):
            return None
        if not covering and (calendar is None or calendar.is_working(day)):
            days -= 1
    return day


def days_before(end: date, days: int, *, calendar: Calendar | None = None) -> date:
    """Give the day that lies so many days before another: the last day for a notice."""
    day = end
    while days > 0:
        day -= _DAY
        if calendar is None or calendar.is_working(day):
            days -= 1
    return day
