"""A visit to whoever made the goods: proposed, agreed to or not, held, commented on, decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ooms.verifications.terms import RunningTerm


class VisitState(StrEnum):
    """Where a visit stands."""

    PROPOSED = "PROPOSED"
    CONSENTED = "CONSENTED"
    REFUSED = "REFUSED"
    NO_ANSWER = "NO_ANSWER"
    POSTPONED = "POSTPONED"
    HELD = "HELD"
    DRAFT_DETERMINATION = "DRAFT_DETERMINATION"
    COMMENTS = "COMMENTS"
    FINAL = "FINAL"


_V = VisitState

#: From each state, the states it may move to; a visit is postponed once.
VISIT_MOVES: Mapping[VisitState, frozenset[VisitState]] = {
    _V.PROPOSED: frozenset({_V.CONSENTED, _V.REFUSED, _V.NO_ANSWER, _V.POSTPONED}),
    _V.CONSENTED: frozenset({_V.POSTPONED, _V.REFUSED, _V.HELD}),
    _V.POSTPONED: frozenset({_V.REFUSED, _V.HELD}),
    _V.NO_ANSWER: frozenset({_V.CONSENTED, _V.REFUSED}),
    _V.REFUSED: frozenset({_V.CONSENTED}),
    _V.HELD: frozenset({_V.DRAFT_DETERMINATION}),
    _V.DRAFT_DETERMINATION: frozenset({_V.COMMENTS, _V.FINAL}),
    _V.COMMENTS: frozenset({_V.FINAL}),
    _V.FINAL: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a case, with its days, its periods and what was said."""

    number: int
    state: VisitState
    proposed_on: date
    from_date: date
    to_date: date
    person: str
    role: str
    address: str
    coverage: str
    officials: tuple[str, ...]
    #: Until when consent is awaited.
    clock: RunningTerm
    #: The last day on which it may begin, where the agreement names one.
    latest: date | None = None
    answered_on: date | None = None
    reason: str = ""
    postponed_to: date | None = None
    held_from: date | None = None
    held_to: date | None = None
    facts: str = ""
    drafted_by: str = ""
    comments_by: RunningTerm | None = None
    comments: str = ""
    commented_on: date | None = None
    final_by: date | None = None
