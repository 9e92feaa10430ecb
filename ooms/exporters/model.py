"""A company that exports or produces: its account, its sites, and who signs and acts for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ooms.access.model import SCOPES, Action, Scope
from ooms.errors import ConflictError


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the company, and where."""

    name: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Exporter:
    """A company as it stands on certificates."""

    id: str
    name: str
    address: str
    city: str
    country: str
    tax_id: str
    signatory: Signatory
    registered_at: datetime
    telephone: str | None = None
    fax: str | None = None
    email: str | None = None


class State(StrEnum):
    """Where the account of a company stands."""

    APPLIED = "APPLIED"
    VERIFIED = "VERIFIED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


#: Where an account may go from where it stands.
MOVES: Mapping[State, frozenset[State]] = {
    State.APPLIED: frozenset({State.VERIFIED, State.CLOSED}),
    State.VERIFIED: frozenset({State.ACTIVE, State.CLOSED}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.CLOSED}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.CLOSED}),
    State.CLOSED: frozenset(),
}


def advance(current: State, wanted: State) -> State:
    """Move an account, if the table of moves lets it.

    Raises:
        ConflictError: it does not.

    """
    if wanted not in MOVES[current]:
        raise ConflictError(what="company's account", current=current, wanted=wanted)
    return wanted


@dataclass(frozen=True, slots=True)
class Account:
    """The standing of a company at this office, and why."""

    company_id: str
    state: State
    version: int
    #: What the form of its number says: `identifiers.Check`.
    identifier: str
    reason: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which companies of a list are wanted: by words of their name or by number, and standing."""

    words: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a company works; approvals are given by site (FTA Act, approved exporters)."""

    id: str
    company_id: str
    name: str
    address: str
    city: str
    country: str
    registration: str | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureCard:
    """Who may sign for a company, since when, how it looks, and why no more (Notice 41)."""

    id: str
    company_id: str
    name: str
    title: str
    #: The digest of the file with the specimen; the picture itself is not kept here.
    specimen_sha256: str
    valid_from: date
    valid_until: date | None = None
    revoked_at: datetime | None = None
    revoked_because: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether who is named may sign on a day; the last day is the one before the end."""
        is_begun = self.valid_from <= on
        is_over = self.valid_until is not None and self.valid_until <= on
        return self.revoked_at is None and is_begun and not is_over


@dataclass(frozen=True, slots=True)
class Delegation:
    """What a company lets a broker do for it, and for how long; the end is the day after."""

    id: str
    company_id: str
    broker_id: str
    scopes: tuple[Scope, ...]
    valid_from: date
    valid_until: date
    revoked_at: datetime | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the broker acts for the company on a day."""
        return self.revoked_at is None and self.valid_from <= on < self.valid_until

    def covers(self, action: Action, *, on: date) -> bool:
        """Tell whether the broker may do something for the company on a day."""
        return self.holds(on) and any(action in SCOPES[scope] for scope in self.scopes)
