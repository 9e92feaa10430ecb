"""A letter of compliance: the period that it is about, and what an office sees of a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_MONTHS_A_YEAR = 12


class Every(StrEnum):
    """How often companies are written to."""

    MONTH = "month"
    QUARTER = "quarter"
    NEVER = "never"

    @property
    def months(self) -> int:
        """Tell how many months a period has; 0 where nobody is written to."""
        return _MONTHS[self]


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.NEVER: 0}


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter that is over: from its first day until before the next one's."""

    name: str
    first: date
    until: date
    #: Until when the period after it runs: what ends before then is told in time.
    next_until: date


def last_period(every: Every, *, on: date) -> Period | None:
    """Return the last period that is over on a day; None where nobody is written to."""
    months = every.months
    if not months:
        return None
    until = date(on.year, on.month - (on.month - 1) % months, 1)
    first = _later(until, -months)
    name = f"{first:%Y-%m}"
    if every is Every.QUARTER:
        name = f"{first.year}-Q{(first.month - 1) // months + 1}"
    return Period(name, first, until, _later(until, months))


def _later(day: date, months: int) -> date:
    years, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return date(years, month + 1, 1)


@dataclass(frozen=True, slots=True)
class Stale:
    """An origin finding that no longer stands as it was made."""

    product: str
    agreement: str
    judged_on: date


@dataclass(frozen=True, slots=True)
class Ending:
    """A supplier's declaration that ended, or ends within the next period."""

    supplier: str
    goods: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Ungiven:
    """A notice of error that was drafted and not given."""

    number: str
    drafted_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What the office sees of a company in a period."""

    certificates: tuple[str, ...]
    stale: tuple[Stale, ...]
    ending: tuple[Ending, ...]
    ungiven: tuple[Ungiven, ...]

    @property
    def is_faultless(self) -> bool:
        """Tell whether no error is likely."""
        return not (self.stale or self.ending or self.ungiven)


@dataclass(frozen=True, slots=True)
class CompanyLetter:
    """A letter as it was written: once for a company and a period, and never changed."""

    id: str
    exporter_id: str
    period: str
    first: date
    until: date
    sha256: str
    sealed_at: datetime
