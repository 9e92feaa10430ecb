"""An administration's procedure: its clocks, the grounds of its checks, its reason codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ooms.errors import Flaw, UnfitError, WrongFileError
from ooms.kernel.period import MONTHS_IN_YEAR, last_day_of
from ooms.kernel.workdays import Calendar, Pause, due_day
from ooms.procedures.kinds import KindRule, rule_for


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    YEARS = "YEARS"


class ClockKind(StrEnum):
    """The clocks of an application's way."""

    ISSUE = "ISSUE"
    ISSUE_ON_SITE = "ISSUE_ON_SITE"
    COMPLETION = "COMPLETION"
    ON_SITE_FOR_CHAMBER = "ON_SITE_FOR_CHAMBER"
    ON_SITE_NOTICE = "ON_SITE_NOTICE"
    POSTPONEMENT = "POSTPONEMENT"
    LATE_APPLICATION = "LATE_APPLICATION"
    ERROR_NOTICE = "ERROR_NOTICE"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period: how long, in what, and where that stands; its first day follows its start.

    Where the office sets the period itself, `least` and `length` are its bounds.
    """

    kind: ClockKind
    length: int
    unit: Unit
    source: str
    verified: bool
    least: int | None = None

    def due(
        self, start: date, *, calendar: Calendar, pauses: tuple[Pause, ...] = ()
    ) -> date | None:
        """Give the last day of the period; None while it stands still."""
        if self.unit is Unit.YEARS:
            return last_day_of(start, self.length * MONTHS_IN_YEAR)
        working = calendar if self.unit is Unit.WORKING_DAYS else None
        return due_day(start, self.length, calendar=working, pauses=pauses)

    def chosen(self, days: int | None) -> int:
        """Take a length within the bounds; the longest when none is asked for.

        Raises:
            UnfitError: the length lies outside.

        """
        if days is None:
            return self.length
        least = self.length if self.least is None else self.least
        if not least <= days <= self.length:
            detail = f"{self.kind} lasts from {least} to {self.length} days ({self.source})"
            raise UnfitError(Flaw("/days", detail, code="RUL-PERIOD"))
        return days


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which an office may go and look; a surprise needs no notice ahead."""

    code: str
    title: str
    source: str
    verified: bool
    surprise: bool = False


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """Why an application is refused, or what has to be completed."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Training:
    """How much training an officer who issues needs in a year, and in what."""

    hours: int
    subjects: tuple[str, ...]
    source: str
    verified: bool


class UnknownCodeError(UnfitError):
    """A code stands in no list of the procedure; the lists are shown at /procedure."""

    code = "REF-CODE"


class ProcedureError(WrongFileError):
    """A file of a procedure is wrong; names the file and what is missing."""

    code = "SYS-PROCEDURE"


@dataclass(frozen=True, slots=True)
class Procedure:
    """How one administration handles applications."""

    name: str
    clocks: Mapping[ClockKind, Clock]
    grounds: tuple[Ground, ...]
    completion_reasons: tuple[ReasonCode, ...]
    refusal_reasons: tuple[ReasonCode, ...]
    training: Training
    kinds: tuple[KindRule, ...] = ()
    kind_reasons: Mapping[str, tuple[ReasonCode, ...]] = field(default_factory=dict)

    def kind_rule(self, kind: str, *, agreement: str) -> KindRule | None:
        """Return what the law says of a kind under an agreement; None when it knows none."""
        return rule_for(self.kinds, kind=kind, agreement=agreement)

    def require_kind_reason(self, kind: str, code: str, *, pointer: str) -> None:
        """Refuse a code that no application of a kind is made with.

        Raises:
            UnknownCodeError: the list lacks it.

        """
        _require(self.kind_reasons.get(kind, ()), code, pointer=pointer)

    def ground(self, code: str) -> Ground:
        """Find a ground by its code.

        Raises:
            UnknownCodeError: there is none.

        """
        for one in self.grounds:
            if one.code == code:
                return one
        raise UnknownCodeError(Flaw("/ground", f"{code} is no ground; see /procedure"))

    def require_completion_reason(self, code: str, *, pointer: str) -> None:
        """Refuse a code that no completion is asked for with.

        Raises:
            UnknownCodeError: the list lacks it.

        """
        _require(self.completion_reasons, code, pointer=pointer)

    def require_refusal_reason(self, code: str, *, pointer: str) -> None:
        """Refuse a code that nothing is refused with.

        Raises:
            UnknownCodeError: the list lacks it.

        """
        _require(self.refusal_reasons, code, pointer=pointer)


def _require(known: tuple[ReasonCode, ...], code: str, *, pointer: str) -> None:
    if all(one.code != code for one in known):
        raise UnknownCodeError(Flaw(pointer, f"{code} is in no list; see /procedure"))
