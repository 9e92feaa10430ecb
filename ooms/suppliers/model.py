"""A supplier's declaration: what was asked, what he stated, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ooms.errors import ConflictError, OfficeError, UnauthenticatedError


class Kind(StrEnum):
    """What a declaration states, and for how much."""

    CONFIRMATION = "CONFIRMATION"  # the origin of one supply (Enforcement Rule 12)
    BLANKET = "BLANKET"  # of repeated supplies to one buyer (Enforcement Rule 12-2)
    DOMESTIC_MANUFACTURE = "DOMESTIC_MANUFACTURE"  # made here, origin not stated (Rule 13)
    ACCUMULATION = "ACCUMULATION"  # amounts of a producer whose goods do not originate
    LONG_TERM = "LONG_TERM"  # of repeated supplies, in the European manner
    CUSTOMS_CONFIRMED = "CUSTOMS_CONFIRMED"  # an origin that customs checked (Notice 40)


#: The longest that a kind may cover, in months; the others are not limited here.
LONGEST_MONTHS: Mapping[Kind, int] = {Kind.BLANKET: 12, Kind.LONG_TERM: 24}
#: The kinds that show the origin of the goods that they name.
OF_ORIGIN = frozenset({Kind.CONFIRMATION, Kind.BLANKET, Kind.LONG_TERM, Kind.CUSTOMS_CONFIRMED})


class State(StrEnum):
    """Where a declaration stands."""

    REQUESTED = "REQUESTED"
    REMINDED = "REMINDED"
    RECEIVED = "RECEIVED"
    CHECKED = "CHECKED"
    VALID = "VALID"
    EXPIRING = "EXPIRING"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


_S = State

#: From each state, the states it may move to.
MOVES: Mapping[State, frozenset[State]] = {
    _S.REQUESTED: frozenset({_S.REMINDED, _S.RECEIVED, _S.REVOKED}),
    _S.REMINDED: frozenset({_S.REMINDED, _S.RECEIVED, _S.REVOKED}),
    _S.RECEIVED: frozenset({_S.RECEIVED, _S.CHECKED, _S.REVOKED}),
    _S.CHECKED: frozenset({_S.VALID, _S.REVOKED}),
    _S.VALID: frozenset({_S.EXPIRING, _S.EXPIRED, _S.REVOKED}),
    _S.EXPIRING: frozenset({_S.EXPIRED, _S.REVOKED}),
    _S.EXPIRED: frozenset({_S.REVOKED}),
    _S.REVOKED: frozenset(),
}
#: States in which the supplier may still state something.
OPEN = frozenset({State.REQUESTED, State.REMINDED, State.RECEIVED})
#: States in which a statement counts in its own days; an expired one counts for days gone by.
STANDING = frozenset({State.VALID, State.EXPIRING, State.EXPIRED})


def advance(current: State, wanted: State) -> State:
    """Return the wanted state if the table allows the move.

    Raises:
        ConflictError: the table has no such row.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="supplier declaration", current=current, wanted=wanted)
    return wanted


class LinkError(UnauthenticatedError):
    """A supplier's link is unknown, used, or past its day; the buyer may send a fresh one."""

    code = "AUT-LINK"

    def __init__(self, *, reason: str) -> None:
        self.reason = reason
        OfficeError.__init__(self, f"{reason}; ask the buyer for a fresh link")


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who is asked."""

    name: str
    country: str
    email: str | None = None
    tax_id: str | None = None


@dataclass(frozen=True, slots=True)
class Goods:
    """What the declaration is about."""

    description: str
    hs: str
    hs_edition: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an accumulation declaration states of the supplier's production, for one unit.

    Unless the supplier opens them to his buyer, only he and the deciding officer see these.
    """

    net_cost: Decimal | None = None
    foreign_value: Decimal | None = None
    own_value: Decimal | None = None
    foreign_inputs: tuple[str, ...] | None = None
    made_in_parties: bool = False
    confidential: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """What the supplier states and signs; `valid_until` is the first day after."""

    agreement: str
    hs: str
    origin: str | None
    valid_from: date
    valid_until: date | None
    signer: str
    signer_title: str
    signed_on: date
    criterion: str = ""
    customs_reference: str = ""
    amounts: Amounts | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the lint holds against a statement, and where."""

    pointer: str
    problem: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration as it stands; `version` grows with every change."""

    id: str
    exporter_id: str
    kind: Kind
    agreement: str
    supplier: Supplier
    goods: Goods
    state: State
    requested_at: datetime
    answer_by: date
    remind_on: date | None
    reminders: int = 0
    version: int = 1
    statement: Statement | None = None
    findings: tuple[Finding, ...] = field(default=())
    customs_reference: str = ""
    reason: str = ""

    @property
    def waits_for_customs(self) -> bool:
        """Tell whether customs has still to check it."""
        return self.kind is Kind.CUSTOMS_CONFIRMED and not self.customs_reference

    @property
    def counted(self) -> Statement | None:
        """The statement, as far as it counts in its days."""
        return self.statement if self.state in STANDING else None


@dataclass(frozen=True, slots=True)
class Link:
    """A supplier's link: it opens one declaration, and only its digest is kept."""

    declaration_id: str
    token_sha256: str
    expires_at: datetime
    spent_at: datetime | None = None
