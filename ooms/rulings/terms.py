"""An administration's terms of advance rulings: clocks, grace, subjects, grounds; as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from ooms.errors import Flaw, UnfitError
from ooms.kernel.workdays import Pause, due_day
from ooms.shipped import file_of

DATA = Path(__file__).resolve().parent / "data"


class ClockKind(StrEnum):
    """The periods of an advance ruling's way."""

    DECISION = "DECISION"
    COMPLETION = "COMPLETION"
    PUBLICATION = "PUBLICATION"
    OBJECTION = "OBJECTION"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    GRACE_REQUEST = "GRACE_REQUEST"
    GRACE_DECISION = "GRACE_DECISION"


@dataclass(frozen=True, slots=True)
class Clock:
    """A period in calendar days; the day it starts on is not counted."""

    days: int
    source: str
    verified: bool
    least: int | None = None

    def due(self, start: date, *, pauses: tuple[Pause, ...] = ()) -> date | None:
        """Give the last day; None while it stands still."""
        return due_day(start, self.days, pauses=pauses)

    def last_day(self, start: date) -> date:
        """Give the last day of a period that nothing stops."""
        due = self.due(start)
        assert due is not None  # only an open pause leaves no day
        return due


@dataclass(frozen=True, slots=True)
class Codes:
    """A closed list, and where it stands."""

    codes: Mapping[str, str]
    source: str
    verified: bool

    def require(self, code: str, *, pointer: str) -> None:
        """Refuse what the list lacks.

        Raises:
            UnfitError: the list lacks it.

        """
        if code not in self.codes:
            raise UnfitError(Flaw(pointer, f"is none of {', '.join(sorted(self.codes))}"))


@dataclass(frozen=True, slots=True)
class RulingTerms:
    """How one administration gives advance rulings."""

    name: str
    clocks: Mapping[ClockKind, Clock]
    grace_days: Mapping[str, int]
    grace_source: str
    subjects: Codes
    returns: Codes
    changes: Codes
    reaching_back: frozenset[str]


@cache
def load_terms(country: str) -> RulingTerms:
    """Load a country's terms; where it has none, those that stand in."""
    file = file_of(country, folder=DATA)
    written = tomllib.loads(file.read_text("utf-8"))
    return RulingTerms(
        name=written["name"],
        clocks={ClockKind(kind): Clock(**one) for kind, one in written["clocks"].items()},
        grace_days=written["grace"]["days"],
        grace_source=written["grace"]["source"],
        subjects=_codes(written["subjects"]),
        returns=_codes(written["returns"]),
        changes=_codes(written["changes"]),
        reaching_back=frozenset(written["reaching_back"]["grounds"]),
    )


def _codes(written: dict[str, Any]) -> Codes:
    return Codes(written["codes"], written["source"], verified=written["verified"])
