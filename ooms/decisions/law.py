"""An administration's periods around a claim, and what its law says of paper and security.

Interpreted meaning, once for all periods: the day from which a period runs is not counted;
periods of months end as `ooms.kernel.period.last_day_of` says; where the law says so, a last day
on which offices are closed moves on to the next working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ooms.errors import Flaw, UnfitError, WrongFileError
from ooms.kernel.period import last_day_of
from ooms.kernel.workdays import Calendar, Pause, due_day

_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a period counts."""

    MONTHS = "MONTHS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    WORKING_DAYS = "WORKING_DAYS"


class ClockKind(StrEnum):
    """The periods around a claim."""

    COMPLETION = "COMPLETION"
    LATE_CLAIM = "LATE_CLAIM"
    RECLASSIFIED_CLAIM = "RECLASSIFIED_CLAIM"
    REFUND_DECISION = "REFUND_DECISION"
    OBJECTION = "OBJECTION"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    OBJECTION_COMPLETION = "OBJECTION_COMPLETION"
    PRIOR_NOTICE = "PRIOR_NOTICE"


class LawError(WrongFileError):
    """A file of periods or grounds is wrong; names the file and what is missing."""

    code = "SYS-LAW"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period: how long, in what, and where that stands.

    Where the office sets the period itself, `least` and `length` are its bounds.
    """

    length: int
    unit: Unit
    source: str
    verified: bool
    least: int | None = None

    def last_day(
        self,
        start: date,
        *,
        calendar: Calendar,
        length: int | None = None,
        pauses: tuple[Pause, ...] = (),
    ) -> date:
        """Give the last day of the period that runs from a day; days of pauses do not count."""
        wanted = self.length if length is None else length
        if self.unit is Unit.MONTHS:
            return last_day_of(start, wanted)
        working = calendar if self.unit is Unit.WORKING_DAYS else None
        last = due_day(start, wanted, calendar=working, pauses=pauses)
        assert last is not None  # only an open pause leaves no day
        return last

    def chosen(self, days: int | None) -> int:
        """Take a length within the bounds; the longest when none is asked for.

        Raises:
            UnfitError: the length lies outside.

        """
        if days is None:
            return self.length
        least = self.length if self.least is None else self.least
        if not least <= days <= self.length:
            detail = f"the period lasts from {least} to {self.length} days ({self.source})"
            raise UnfitError(Flaw("/days", detail, code="RUL-PERIOD"))
        return days


@dataclass(frozen=True, slots=True)
class Cited:
    """Where it stands; verified means that the primary text was read."""

    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """Whether a late claim needs the paper where the data were exchanged, and when all the same."""

    waived_when_exchanged: bool
    source: str
    verified: bool
    asked_when: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PriorNoticeTerms:
    """On which grounds an importer is told before preference is taken away, and when not.

    A notice may be sent on any other ground as well; once sent, its period is kept.
    """

    source: str
    verified: bool
    grounds: frozenset[str]
    excepted: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, with the rule that it comes from."""

    on: date
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Law:
    """What an administration's law, and agreements before it, say around a claim."""

    country: str
    name: str
    clocks: Mapping[ClockKind, Clock]
    agreements: Mapping[str, Mapping[ClockKind, Clock]]
    suspension: Cited
    security: Cited
    paper: Paper
    prior_notice: PriorNoticeTerms
    defects: Mapping[str, str]
    calendar: Calendar
    moves_on: bool = False

    def clock(self, kind: ClockKind, *, agreement: str = "") -> Clock:
        """Return a period: the agreement's own, else the country's."""
        own = self.agreements.get(agreement, {})
        return own.get(kind) or self.clocks[kind]

    def due(  # the facts of one period, each by its name
        self,
        kind: ClockKind,
        start: date,
        *,
        agreement: str = "",
        length: int | None = None,
        pauses: tuple[Pause, ...] = (),
    ) -> Due:
        """Give the last day of a period that runs from a day."""
        clock = self.clock(kind, agreement=agreement)
        last = clock.last_day(start, calendar=self.calendar, length=length, pauses=pauses)
        return Due(self._open_day(last), clock.source, clock.verified)

    def _open_day(self, day: date) -> date:
        while self.moves_on and not self.calendar.is_working(day):
            day += _DAY
        return day
