"""Working days and periods: when a window closes and when a certificate ceases to be valid.

Two rules of counting, each said once:

* A period "from" a day that makes things valid has that day as its first day: one year from
  20 November 2026 ends with 19 November 2027. Interpreted meaning: Decree 6(2) sets "one year from
  the date of issue" beside "one year from the day after the date of issue" (Viet Nam), which says
  something only when the date of issue counts. A 29 February that has no counterpart in the last
  year: the period ends with the last day of that February.
* "No later than one year from" a day ends with the anniversary itself.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

_MONTHS_A_YEAR = 12
_ONE_DAY = timedelta(days=1)


class PeriodUnit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    MONTHS = "MONTHS"
    YEARS = "YEARS"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in the unit it is counted in."""

    length: int
    unit: PeriodUnit


@dataclass(frozen=True, slots=True)
class Calendar:
    """A country's days off; years outside `complete_years` are known by their weekends only."""

    country: str
    weekend: frozenset[int]  # ISO weekday numbers, Monday is 1
    holidays: frozenset[date]
    complete_years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day, as far as this calendar knows."""
        return day.isoweekday() not in self.weekend and day not in self.holidays

    def gaps(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years between two days whose public holidays are not known."""
        years = range(start.year, end.year + 1)
        return tuple(year for year in years if year not in self.complete_years)


def weekends_only(country: str) -> Calendar:
    """Return a calendar that knows Saturdays and Sundays and admits to knowing no more."""
    return Calendar(country, frozenset({6, 7}), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class WindowEnd:
    """The last day of a window, and the years whose holidays were not known when counting.

    Unknown holidays can only make a window of working days longer, never shorter.
    """

    day: date
    gaps: tuple[int, ...] = ()


def add_days(start: date, days: int, calendar: Calendar) -> date:
    """Return the working day that is `days` working days after `start`, `start` not counted."""
    day = start
    while days > 0:
        day += _ONE_DAY
        if calendar.is_working(day):
            days -= 1
    return day


def add_months(start: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that lacks it."""
    year, month = divmod(start.year * _MONTHS_A_YEAR + start.month - 1 + months, _MONTHS_A_YEAR)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def window_end(
    anchor: date, period: Period, calendar: Calendar, *, first_day_counts: bool
) -> WindowEnd:
    """Return the last day of a window that opens on `anchor`.

    `first_day_counts`: the anchor itself is day one when it is a working day ("including the day
    of shipment"); otherwise day one is the next (working) day.
    """
    if period.unit is PeriodUnit.CALENDAR_DAYS:
        days = period.length - 1 if first_day_counts else period.length
        return WindowEnd(anchor + timedelta(days=days))
    if period.unit is not PeriodUnit.WORKING_DAYS:
        return WindowEnd(no_later_than(anchor, period))
    counted = 1 if first_day_counts and calendar.is_working(anchor) else 0
    end = add_days(anchor, max(0, period.length - counted), calendar)
    return WindowEnd(end, calendar.gaps(anchor, end))


def no_later_than(anchor: date, period: Period) -> date:
    """Return the last day of "no later than a period from `anchor`": the anniversary itself.

    Raises:
        ValueError: the period is in working days, which need a calendar (`window_end`).

    """
    match period.unit:
        case PeriodUnit.YEARS:
            return add_months(anchor, period.length * _MONTHS_A_YEAR)
        case PeriodUnit.MONTHS:
            return add_months(anchor, period.length)
        case PeriodUnit.CALENDAR_DAYS:
            return anchor + timedelta(days=period.length)
        case PeriodUnit.WORKING_DAYS:
            raise ValueError("working days need a calendar")


def validity_end(base: date, period: Period, *, day_after: bool) -> date:
    """Return the last day of validity; the first is `base`, or the day after it."""
    first = base + _ONE_DAY if day_after else base
    end = no_later_than(first, period)
    # Where the month has no such day the period ends with its last day, not one before it.
    clipped = end.day != first.day and period.unit is not PeriodUnit.CALENDAR_DAYS
    return end if clipped else end - _ONE_DAY
