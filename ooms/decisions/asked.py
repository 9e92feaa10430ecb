"""What goes on around a decision: completions, objections, late claims, amounts to be settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from ooms.decisions.model import Place
from ooms.errors import ConflictError
from ooms.kernel.workdays import Pause

Texts = Mapping[str, str]
State = TypeVar("State", bound=StrEnum)


class CompletionState(StrEnum):
    """Where a request for completion stands."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    LAPSED = "LAPSED"


class ObjectionState(StrEnum):
    """Where an objection stands."""

    RECEIVED = "RECEIVED"
    UPHELD = "UPHELD"
    REVERSED = "REVERSED"
    INADMISSIBLE = "INADMISSIBLE"


class SettlementState(StrEnum):
    """Where an amount stands that the clearance system is to be told."""

    DUE = "DUE"
    TOLD = "TOLD"
    CONFIRMED = "CONFIRMED"


_C, _O, _S = CompletionState, ObjectionState, SettlementState

#: From each state, the states it may move to.
COMPLETION_MOVES: Mapping[CompletionState, frozenset[CompletionState]] = {
    _C.OPEN: frozenset({_C.ANSWERED, _C.LAPSED}),
    _C.ANSWERED: frozenset({_C.ACCEPTED, _C.REFUSED}),
    _C.ACCEPTED: frozenset(),
    _C.REFUSED: frozenset(),
    _C.LAPSED: frozenset(),
}
OBJECTION_MOVES: Mapping[ObjectionState, frozenset[ObjectionState]] = {
    _O.RECEIVED: frozenset({_O.UPHELD, _O.REVERSED}),
    _O.UPHELD: frozenset(),
    _O.REVERSED: frozenset(),
    _O.INADMISSIBLE: frozenset(),
}
SETTLEMENT_MOVES: Mapping[SettlementState, frozenset[SettlementState]] = {
    _S.DUE: frozenset({_S.TOLD}),
    _S.TOLD: frozenset({_S.CONFIRMED}),
    _S.CONFIRMED: frozenset(),
}


def advance(
    current: State, wanted: State, *, moves: Mapping[State, frozenset[State]], what: str
) -> State:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in moves[current]:
        raise ConflictError(what=what, current=current, wanted=wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class Completion:
    """A request that an importer completes or corrects his proof of origin."""

    id: str
    place: Place
    state: CompletionState
    defects: tuple[str, ...]
    words: str
    asked_by: str
    asked_on: date
    due_on: date
    source: str
    texts: Texts
    answer: str = ""
    answered_on: date | None = None
    judged_by: str = ""
    judged_on: date | None = None
    judgment: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """What an objection lacks, until when it may be put right, and what came.

    The days until the answer, or until the last day, do not count in the period for the decision.
    """

    words: str
    asked_by: str
    asked_on: date
    due_on: date
    source: str
    texts: Texts
    answer: str = ""
    answered_on: date | None = None

    @property
    def pause(self) -> Pause:
        """The days on which the period for the decision stands still."""
        return Pause(self.asked_on, self.answered_on or self.due_on, "OBJECTION_COMPLETION")

    def is_open(self, on: date) -> bool:
        """Tell whether an answer is still awaited on a day, its last day too."""
        return self.answered_on is None and on <= self.due_on


@dataclass(frozen=True, slots=True)
class Objection:
    """An importer's objection against a decision."""

    id: str
    place: Place
    decision_id: str
    state: ObjectionState
    words: str
    received_on: date
    due_on: date
    source: str
    texts: Texts
    decided_by: str = ""
    decided_on: date | None = None
    answer: str = ""
    new_decision_id: str | None = None
    supplements: tuple[Supplement, ...] = ()


class SettlementKind(StrEnum):
    """What the clearance system is to do with an amount; no money is moved here."""

    REFUND = "REFUND"
    RELEASE_SECURITY = "RELEASE_SECURITY"
    CALL_SECURITY = "CALL_SECURITY"


@dataclass(frozen=True, slots=True)
class Settlement:
    """An amount that follows from a decision, to be told to the clearance system."""

    id: str
    place: Place
    decision_id: str
    declaration_number: str
    kind: SettlementKind
    amount: Decimal
    currency: str
    state: SettlementState
    made_at: datetime
    reference: str = ""
    told_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmation: str = ""


class LateKind(StrEnum):
    """Why preference is claimed after release."""

    LATE = "LATE"
    RECLASSIFIED = "RECLASSIFIED"


class LateEnd(StrEnum):
    """What ended the period for deciding on a claim after release."""

    DECIDED = "DECIDED"
    #: A later version of the declaration took its place, and goes on with the period.
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class LateClaim:
    """A claim after release: the day it runs from, the last day, and until when it is decided.

    `since` is the day of release, or of the notice after a reclassification.
    """

    id: str
    claim_id: str
    declaration_number: str
    kind: LateKind
    since: date
    received_on: date
    last_day: date
    in_time: bool
    decide_by: date
    paper_needed: bool
    texts: Texts
    ended_on: date | None = None
    ended_by: LateEnd | None = None
