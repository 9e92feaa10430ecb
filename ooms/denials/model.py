"""A notice to the issuing authority of a denial: due, told, explained, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ooms.decisions.model import About, Place
from ooms.errors import ConflictError


class State(StrEnum):
    """Where a notice stands."""

    DUE = "DUE"
    TOLD = "TOLD"
    EXPLAINED = "EXPLAINED"
    ACCEPTED = "ACCEPTED"
    DISMISSED = "DISMISSED"
    DROPPED = "DROPPED"


#: From each state, the states it may move to; a denial that counts no more drops its notice.
MOVES: Mapping[State, frozenset[State]] = {
    State.DUE: frozenset({State.TOLD, State.DROPPED}),
    State.TOLD: frozenset({State.EXPLAINED, State.DROPPED}),
    State.EXPLAINED: frozenset({State.ACCEPTED, State.DISMISSED, State.DROPPED}),
    State.ACCEPTED: frozenset(),
    State.DISMISSED: frozenset(),
    State.DROPPED: frozenset(),
}


class Way(StrEnum):
    """How an issuing authority was told."""

    MESSAGE = "MESSAGE"  # CO_USE, in the transaction of the denial
    LETTER = "LETTER"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an issuing authority says to a denial, and what the office made of it."""

    words: str
    received_on: date
    is_late: bool
    answer: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    new_decision_id: str = ""


@dataclass(frozen=True, slots=True)
class DenialNotice:
    """What an issuing authority is to be told of a denial, by which day and by which rule."""

    id: str
    place: Place
    decision_id: str
    about: About
    #: The partner who sent the certificate; empty where it came on paper only.
    partner: str
    reason_class: str
    facts: str
    basis: tuple[str, ...]
    denied_on: date
    state: State
    due_on: date
    source: str
    verified: bool
    told_on: date | None = None
    way: Way | None = None
    tracking: str = ""
    letter_id: str = ""
    #: The last day for an explanation; None where the agreement names none.
    explain_by: date | None = None
    explanation: Explanation | None = None


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="denial notice", current=current, wanted=wanted)
    return wanted
