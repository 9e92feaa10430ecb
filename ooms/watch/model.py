"""Tips, the watch list, stated capacities: what officers know beside the papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class SubjectKind(StrEnum):
    """What a tip or an entry of the watch list is about."""

    EXPORTER = "EXPORTER"
    IMPORTER = "IMPORTER"
    HS = "HS"
    CERTIFICATE = "CERTIFICATE"
    COUNTRY = "COUNTRY"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a tip or an entry is about; its key is written as `key_of` writes it."""

    kind: SubjectKind
    key: str

    @property
    def word(self) -> str:
        """Write it as it is found by."""
        return f"{self.kind}/{self.key}"


@dataclass(frozen=True, slots=True)
class Noted:
    """An open tip, or an entry of the watch list, that names something about the goods."""

    id: str
    subject: Subject
    reason: str
    source: str = ""


class TipState(StrEnum):
    """Where a tip stands; an open or planned one sends goods to be looked at."""

    OPEN = "OPEN"
    PLANNED = "PLANNED"
    TRANSFERRED = "TRANSFERRED"
    CLOSED = "CLOSED"


TIP_MOVES: Mapping[TipState, frozenset[TipState]] = {
    TipState.OPEN: frozenset({TipState.PLANNED, TipState.TRANSFERRED, TipState.CLOSED}),
    TipState.PLANNED: frozenset({TipState.TRANSFERRED, TipState.CLOSED}),
    TipState.TRANSFERRED: frozenset(),
    TipState.CLOSED: frozenset(),
}
#: The states in which a tip routes.
ROUTING_TIPS = (TipState.OPEN, TipState.PLANNED)


@dataclass(frozen=True, slots=True)
class Tip:
    """What somebody told customs: about what, of which kind, and until when it is decided."""

    id: str
    kind: str
    subject: Subject
    text: str
    source: str
    received_on: date
    due_on: date
    kept_by: str
    state: TipState = TipState.OPEN
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """An entry of the watch list: what, why, by whose word, in which days."""

    id: str
    subject: Subject
    reason: str
    source: str
    since: date
    until: date
    kept_by: str
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many kilograms of a subheading a company can make in a year, by whose word."""

    exporter: str
    hs6: str
    kilograms: Decimal
    source: str
    stated_on: date
    kept_by: str

    @property
    def word(self) -> str:
        """Write what it is found by."""
        return capacity_word(self.exporter, self.hs6)


def capacity_word(exporter: str, hs6: str) -> str:
    """Write what the capacity of a company for a subheading is found by."""
    return f"CAPACITY/{exporter}/{hs6}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some words: tips and entries by each, capacities in kilograms."""

    tips: Mapping[str, tuple[Noted, ...]]
    watched: Mapping[str, tuple[Noted, ...]]
    capacities: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class TipTerms:
    """Of which kinds tips are, within how many days they are decided, and where that stands."""

    kinds: Mapping[str, str]
    decide_within_days: int
    source: str
    verified: bool
