"""A clock that runs for one application: begun, stopped, gone on, changed for another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ooms.errors import ConflictError
from ooms.kernel.workdays import Calendar, Pause
from ooms.procedures.model import ClockKind, Procedure


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One clock of one application; no day is due while it stands still.

    `gaps` are the years whose public holidays the calendar does not know: unknown holidays can
    only make the period longer.
    """

    kind: ClockKind
    started_on: date
    due_on: date | None
    country: str
    source: str
    verified: bool
    pauses: tuple[Pause, ...] = ()
    gaps: tuple[int, ...] = ()

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still."""
        return any(one.until is None for one in self.pauses)

    def is_overdue(self, on: date) -> bool:
        """Tell whether the period has ended before a day."""
        return self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of an administration, counted in the calendar of its country."""

    procedure: Procedure
    calendar: Calendar
    country: str

    def due(self, kind: ClockKind, start: date) -> date:
        """Give the last day of a period that nothing stops."""
        due = self.procedure.clocks[kind].due(start, calendar=self.calendar)
        assert due is not None  # only an open pause leaves no day
        return due

    def begin(self, kind: ClockKind, on: date) -> RunningClock:
        """Let a clock run from a day."""
        return self._counted(kind, on, pauses=())

    def stop(self, clock: RunningClock, on: date, *, reason: str) -> RunningClock:
        """Let a clock stand still from the day after this one.

        Raises:
            ConflictError: it stands still already.

        """
        if clock.is_paused:
            raise ConflictError(what="clock", current="paused", wanted="paused")
        pauses = (*clock.pauses, Pause(on, None, reason))
        return self._counted(clock.kind, clock.started_on, pauses=pauses)

    def go_on(self, clock: RunningClock, on: date) -> RunningClock:
        """Let a clock run again: the day after this one is the first that counts."""
        pauses = tuple(
            one if one.until is not None else replace(one, until=on) for one in clock.pauses
        )
        return self._counted(clock.kind, clock.started_on, pauses=pauses)

    def change(self, clock: RunningClock, kind: ClockKind) -> RunningClock:
        """Put another clock in the place of this one, from the same start."""
        return self._counted(kind, clock.started_on, pauses=clock.pauses)

    def _counted(self, kind: ClockKind, start: date, *, pauses: tuple[Pause, ...]) -> RunningClock:
        written = self.procedure.clocks[kind]
        due = written.due(start, calendar=self.calendar, pauses=pauses)
        return RunningClock(
            kind=kind,
            started_on=start,
            due_on=due,
            country=self.country,
            source=written.source,
            verified=written.verified,
            pauses=pauses,
            gaps=self.calendar.gaps(start, due) if due else (),
        )
