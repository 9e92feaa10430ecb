"""A notice of error: what is wrong in an issued certificate, what rests on it, who was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ooms.errors import ConflictError
from ooms.procedures.running import RunningClock
from ooms.reach.model import Link


class State(StrEnum):
    """Where a notice stands."""

    DRAFT = "DRAFT"
    FILED = "FILED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    PASSED_ON = "PASSED_ON"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


_S = State

#: From each state, the states it may move to.  What is filed was told to customs: it is not
#: withdrawn any more; a notice that concerns no partner is closed without being passed on.
MOVES: Mapping[State, frozenset[State]] = {
    _S.DRAFT: frozenset({_S.FILED, _S.WITHDRAWN}),
    _S.FILED: frozenset({_S.ACKNOWLEDGED}),
    _S.ACKNOWLEDGED: frozenset({_S.PASSED_ON, _S.CLOSED}),
    _S.PASSED_ON: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="notice of error", current=current, wanted=wanted)
    return wanted


class Cause(StrEnum):
    """Where the error comes from, and so how far it goes."""

    CLERICAL = "CLERICAL"  # this certificate alone says it
    DETERMINATION = "DETERMINATION"  # every certificate that cites the determination
    BILL = "BILL"  # every one whose determination was made with that version of the bill
    DECLARATION = "DECLARATION"  # every one that rests on the same supplier's declaration


#: What an error of a cause spreads by, beside the certificate itself.
SPREADS: Mapping[Cause, frozenset[Link]] = {
    Cause.CLERICAL: frozenset(),
    Cause.DETERMINATION: frozenset({Link.DETERMINATION}),
    Cause.BILL: frozenset({Link.DETERMINATION, Link.BILL}),
    Cause.DECLARATION: frozenset({Link.DETERMINATION, Link.DECLARATION}),
}


class Remedy(StrEnum):
    """What is asked for: another certificate, or none."""

    CORRECTION = "CORRECTION"
    CANCELLATION = "CANCELLATION"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error: the box, the line if it is one's, what it says, what is right."""

    box: str
    says: str
    right: str
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the exporter states; `learned_on` is the day from which his period counts."""

    certificate_id: str
    errors: tuple[Wrong, ...]
    learned_on: date
    cause: Cause
    explanation: str
    remedy: Remedy


class Way(StrEnum):
    """How the partner administration was told."""

    MESSAGE = "MESSAGE"  # a signed annulment (CO_ANNUL)
    LETTER = "LETTER"  # a letter on paper, for no message says it


@dataclass(frozen=True, slots=True)
class Hit:
    """A certificate that the error reaches, the application drafted for it, and who was told."""

    certificate_id: str
    number: str
    agreement: str
    import_country: str
    partner: str | None
    links: tuple[str, ...] = ()
    application_id: str | None = None
    not_drafted: str = ""
    way: Way | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorNotice:
    """A notice as it stands; `hits` are found when it is filed and do not change by themselves."""

    id: str
    exporter_id: str
    number: str
    statement: Statement
    state: State
    version: int
    clock: RunningClock
    drafted_at: datetime
    filed_on: date | None = None
    hits: tuple[Hit, ...] = ()
    #: Applications under way that rest on the same; they are corrected before they are issued.
    open_applications: tuple[str, ...] = ()
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    passed_on_at: datetime | None = None
    closed_at: datetime | None = None
    closing_words: str = ""

    def is_in_time(self, on: date) -> bool:
        """Tell whether it was filed within the period; a draft, whether it still can be."""
        return not self.clock.is_overdue(self.filed_on or on)
