"""Periods of days, half-open: the start is in, the end is out."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

MONTHS_IN_YEAR = 12
_DAY = timedelta(days=1)


class PeriodError(ValueError):
    """A period ends before it starts; correct one of its ends."""

    def __init__(self, *, start: date, end: date) -> None:
        self.start = start
        self.end = end
        super().__init__(f"the period from {start} ends on {end}, not after its start")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` until the day before `end`; no end means open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise PeriodError(start=self.start, end=self.end)

    @classmethod
    def parse(cls, start: str, end: str = "") -> Self:
        """Read a period from ISO 8601 dates; an empty end is an open one."""
        return cls(date.fromisoformat(start), date.fromisoformat(end) if end else None)

    def contains(self, day: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether two periods share a day."""
        begins_before_other_ends = other.end is None or self.start < other.end
        ends_after_other_begins = self.end is None or other.start < self.end
        return begins_before_other_ends and ends_after_other_begins


def add_months(day: date, months: int) -> date:
    """Give the same day of a later month, or that month's last day when it is shorter."""
    total = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = divmod(total, MONTHS_IN_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_day_of(start: date, months: int) -> date:
    """Give the last day of a period of months that runs from a day, itself not counted.

    Korea: Civil Act 157 and 160(2), 160(3), working knowledge, not re-read here: the period ends
    the day before the day that corresponds to its first one; a month that lacks such a day ends it
    with its own last day.

    Interpreted meaning: other administrations and the treaties say the anniversary of the start.
    That is the same day but for a start on the last day of its month, where the period ends with
    a month too: a year from 28 February 2027 lasts until 29 February 2028.
    """
    first = start + _DAY
    year, month = divmod(first.year * MONTHS_IN_YEAR + first.month - 1 + months, MONTHS_IN_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    if first.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, first.day) - _DAY
