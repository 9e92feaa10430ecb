"""A file of bills that is being imported, from its receipt to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ooms.errors import ConflictError


class State(StrEnum):
    """Where an import stands."""

    RECEIVED = "RECEIVED"
    READING = "READING"
    WRITING = "WRITING"
    DONE = "DONE"
    REFUSED = "REFUSED"


#: From each state, the states it may move to.  An import whose process died is read again from
#: its first row, so reading follows on reading and on writing.
MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.READING}),
    State.READING: frozenset({State.READING, State.WRITING, State.REFUSED}),
    State.WRITING: frozenset({State.READING, State.DONE, State.REFUSED}),
    State.DONE: frozenset(),
    State.REFUSED: frozenset(),
}
#: What somebody still has to work on.
OPEN = tuple(state for state, moves in MOVES.items() if moves)


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="import", current=current, wanted=wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class BillImport:
    """One file of bills: who handed it in, how far it is, and what came of it."""

    id: str
    exporter_id: str
    handed_in_by: str
    file: str
    sha256: str
    size: int
    received_at: datetime
    state: State = State.RECEIVED
    rows_read: int = 0
    #: Unknown until the file is unpacked.
    rows_total: int | None = None
    bills: int = 0
    new_products: int = 0
    flaws: int = 0
    attempts: int = 0
    #: Whoever works on it, and until when nobody else may.
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    ended_at: datetime | None = None

    def moved(self, wanted: State) -> BillImport:
        """Return it in another state.

        Raises:
            ConflictError: it does not go there from where it stands.

        """
        return replace(self, state=advance(self.state, wanted))

    def ended(self, wanted: State, *, now: datetime) -> BillImport:
        """Return it at its end, claimed by nobody.

        Raises:
            ConflictError: it does not end there from where it stands.

        """
        return replace(self.moved(wanted), ended_at=now, claimed_by=None, claimed_until=None)
