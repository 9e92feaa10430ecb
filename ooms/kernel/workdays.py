"""Working days of one country: its weekend and its holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY_AND_SUNDAY = frozenset({5, 6})  # date.weekday() counts from Monday = 0
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days an authority works; holidays come from its published list."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY

    def is_workday(self, day: date) -> bool:
        """Tell whether the authority works on a day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def add(self, day: date, workdays: int) -> date:
        """Give the n-th working day after a day; the day itself is not counted."""
        step = _DAY if workdays >= 0 else -_DAY
        left = abs(workdays)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count_after(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`."""
        span = (end - start).days
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, span + 1))
