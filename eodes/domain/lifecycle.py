"""The state tables: which move is legal, for messages, certificates, verifications and visits.

Every change of a state goes through `advance`; the diagrams in the documentation are drawn from
these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from eodes.errors import IllegalMoveError

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table(Generic[State]):
    """A named state table: from each state, the states it may move to."""

    name: str
    moves: Mapping[State, frozenset[State]]

    def is_final(self, state: State) -> bool:
        """Tell whether nothing follows a state."""
        return not self.moves[state]


def advance(table: Table[State], current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move; standing still is always allowed.

    Raises:
        IllegalMoveError: the table has no such row.

    """
    if wanted == current or wanted in table.moves[current]:
        return wanted
    raise IllegalMoveError(table=table.name, current=current, wanted=wanted)


class Outgoing(StrEnum):
    """Where a message of ours is on its way out."""

    QUEUED = "QUEUED"  # intent stored with the business change that caused it
    NUMBERED = "NUMBERED"  # has its place in the channel and its exact unsigned bytes
    SEALED = "SEALED"  # signed; these bytes are what every attempt sends
    SENDING = "SENDING"  # a call may be under way, or we died in it
    AWAITING = "AWAITING"  # the partner has it; the final answer is still to come
    ACKNOWLEDGED = "ACKNOWLEDGED"
    REFUSED = "REFUSED"
    FAILED = "FAILED"  # attempts used up or the partner's server said never: a person decides
    CANCELLED = "CANCELLED"  # taken back before it got a place in the channel


OUTGOING: Table[Outgoing] = Table(
    "outgoing message",
    {
        Outgoing.QUEUED: frozenset({Outgoing.NUMBERED, Outgoing.CANCELLED}),
        Outgoing.NUMBERED: frozenset({Outgoing.SEALED, Outgoing.FAILED}),
        # An answer that comes late, while the bytes wait to go again, counts as one in time.
        Outgoing.SEALED: frozenset(
            {
                Outgoing.SENDING,
                Outgoing.AWAITING,
                Outgoing.ACKNOWLEDGED,
                Outgoing.REFUSED,
                Outgoing.FAILED,
            }
        ),
        Outgoing.SENDING: frozenset(
            {
                Outgoing.SEALED,
                Outgoing.AWAITING,
                Outgoing.ACKNOWLEDGED,
                Outgoing.REFUSED,
                Outgoing.FAILED,
            }
        ),
        Outgoing.AWAITING: frozenset(
            {Outgoing.SEALED, Outgoing.ACKNOWLEDGED, Outgoing.REFUSED, Outgoing.FAILED}
        ),
        Outgoing.ACKNOWLEDGED: frozenset(),
        Outgoing.REFUSED: frozenset(),
        # A late acknowledgement still counts; an operator may send the same bytes again.
        Outgoing.FAILED: frozenset(
            {Outgoing.SEALED, Outgoing.AWAITING, Outgoing.ACKNOWLEDGED, Outgoing.REFUSED}
        ),
        Outgoing.CANCELLED: frozenset(),
    },
)


class Incoming(StrEnum):
    """Where a message of a partner is on its way in; the bytes are stored in every state."""

    ACCEPTED = "ACCEPTED"  # judged good and recorded; its news is to be told
    HELD = "HELD"  # good, but a predecessor is missing
    SETTLED = "SETTLED"  # everything that follows from it has been done


INCOMING: Table[Incoming] = Table(
    "incoming message",
    {
        Incoming.ACCEPTED: frozenset({Incoming.SETTLED}),
        Incoming.HELD: frozenset({Incoming.ACCEPTED, Incoming.SETTLED}),
        Incoming.SETTLED: frozenset(),
    },
)


class Exchange(StrEnum):
    """How far one certificate has come with one partner."""

    NOT_EXCHANGEABLE = "NOT_EXCHANGEABLE"
    AWAITING_TRIGGER = "AWAITING_TRIGGER"
    QUEUED = "QUEUED"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    HELD = "HELD"
    REGISTERED = "REGISTERED"
    LINKED = "LINKED"
    USED_PARTLY = "USED_PARTLY"
    USED = "USED"
    DENIED = "DENIED"
    CANCEL_PENDING = "CANCEL_PENDING"
    CANCELLED = "CANCELLED"
    SUPERSEDED = "SUPERSEDED"
    ANNULLED = "ANNULLED"
    REJECTED_TECHNICAL = "REJECTED_TECHNICAL"
    REJECTED_BUSINESS = "REJECTED_BUSINESS"
    UNKNOWN = "UNKNOWN"
    SUSPENDED = "SUSPENDED"


_E = Exchange
_REFUSED = {_E.REJECTED_TECHNICAL, _E.REJECTED_BUSINESS}
_USE = {_E.LINKED, _E.USED_PARTLY, _E.USED, _E.DENIED}
_ENDED = {_E.SUPERSEDED, _E.ANNULLED, _E.CANCELLED}
#: What an acknowledgement can bring, whichever level the partner speaks of first.
_ANSWERS = {_E.RECEIVED, _E.ACCEPTED, _E.HELD, _E.REGISTERED} | _REFUSED

EXCHANGE: Table[Exchange] = Table(
    "exchange",
    {
        _E.NOT_EXCHANGEABLE: frozenset(),
        _E.AWAITING_TRIGGER: frozenset({_E.QUEUED, _E.CANCELLED}),
        _E.QUEUED: frozenset({_E.SENT, _E.SUSPENDED, _E.CANCELLED, _E.UNKNOWN} | _ANSWERS),
        _E.SUSPENDED: frozenset({_E.QUEUED, _E.SENT}),
        _E.SENT: frozenset({_E.UNKNOWN, _E.SENT, _E.SUSPENDED} | _ANSWERS),
        # The timer ran out without evidence: a late answer or reconciliation brings the truth.
        _E.UNKNOWN: frozenset({_E.SENT} | _ANSWERS | _USE | _ENDED),
        _E.RECEIVED: frozenset({_E.UNKNOWN} | _ANSWERS - {_E.RECEIVED}),
        _E.ACCEPTED: frozenset({_E.UNKNOWN, _E.HELD, _E.REGISTERED, _E.REJECTED_BUSINESS}),
        _E.HELD: frozenset({_E.REGISTERED, _E.REJECTED_BUSINESS, _E.UNKNOWN}),
        _E.REGISTERED: frozenset({_E.CANCEL_PENDING} | _USE | _ENDED),
        _E.LINKED: frozenset({_E.CANCEL_PENDING} | _USE | _ENDED),
        _E.CANCEL_PENDING: frozenset({_E.REGISTERED} | _USE | _ENDED),
        _E.USED_PARTLY: frozenset({_E.USED, _E.DENIED, _E.ANNULLED, _E.REGISTERED}),
        _E.USED: frozenset({_E.USED_PARTLY, _E.DENIED, _E.ANNULLED, _E.REGISTERED}),
        _E.DENIED: frozenset({_E.USED_PARTLY, _E.USED, _E.ANNULLED, _E.SUPERSEDED}),
        _E.CANCELLED: frozenset(),
        _E.SUPERSEDED: frozenset(),
        _E.ANNULLED: frozenset(),
        _E.REJECTED_TECHNICAL: frozenset({_E.SENT, _E.REGISTERED}),
        _E.REJECTED_BUSINESS: frozenset({_E.REGISTERED}),
    },
)


class Registered(StrEnum):
    """Where a certificate that a partner sent us stands in our register."""

    AVAILABLE = "AVAILABLE"
    HELD = "HELD"
    SUPERSEDED = "SUPERSEDED"
    CANCELLED = "CANCELLED"
    ANNULLED = "ANNULLED"


REGISTERED: Table[Registered] = Table(
    "received certificate",
    {
        Registered.HELD: frozenset(
            {Registered.AVAILABLE, Registered.SUPERSEDED, Registered.CANCELLED, Registered.ANNULLED}
        ),
        Registered.AVAILABLE: frozenset(
            {Registered.SUPERSEDED, Registered.CANCELLED, Registered.ANNULLED}
        ),
        Registered.SUPERSEDED: frozenset({Registered.ANNULLED}),
        Registered.CANCELLED: frozenset(),
        Registered.ANNULLED: frozenset(),
    },
)


class Verification(StrEnum):
    """How far a verification has come, as the messages of both sides show it."""

    REQUESTED = "REQUESTED"
    ANSWERED = "ANSWERED"
    DETERMINED = "DETERMINED"


VERIFICATION: Table[Verification] = Table(
    "verification",
    {
        # Without a result in time the asking side may determine all the same.
        Verification.REQUESTED: frozenset({Verification.ANSWERED, Verification.DETERMINED}),
        Verification.ANSWERED: frozenset({Verification.REQUESTED, Verification.DETERMINED}),
        Verification.DETERMINED: frozenset(),
    },
)


class Visit(StrEnum):
    """How far the last visit proposed in a verification has come."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    REFUSED = "REFUSED"
    HELD = "HELD"
    COMMENTED = "COMMENTED"
    FINAL = "FINAL"


VISIT: Table[Visit] = Table(
    "verification visit",
    {
        Visit.PROPOSED: frozenset({Visit.AGREED, Visit.REFUSED}),
        # A consent can be taken back, a refused visit be agreed to, other days be proposed.
        Visit.AGREED: frozenset({Visit.PROPOSED, Visit.REFUSED, Visit.HELD}),
        Visit.REFUSED: frozenset({Visit.PROPOSED, Visit.AGREED}),
        Visit.HELD: frozenset({Visit.PROPOSED, Visit.COMMENTED, Visit.FINAL}),
        Visit.COMMENTED: frozenset({Visit.PROPOSED, Visit.FINAL}),
        Visit.FINAL: frozenset(),
    },
)

AnyTable = (
    Table[Outgoing]
    | Table[Incoming]
    | Table[Exchange]
    | Table[Registered]
    | Table[Verification]
    | Table[Visit]
)
TABLES: tuple[AnyTable, ...] = (
    EXCHANGE,
    INCOMING,
    OUTGOING,
    REGISTERED,
    VERIFICATION,
    VISIT,
)
