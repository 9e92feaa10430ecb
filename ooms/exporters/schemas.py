"""Companies on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.model import Scope
from ooms.access.schemas import Body, Country, Name, Reason
from ooms.exporters.history import Event
from ooms.exporters.model import (
    MOVES,
    Account,
    Delegation,
    Exporter,
    Signatory,
    SignatureCard,
    Site,
    State,
)

_UNREGISTERED = datetime.min.replace(tzinfo=UTC)


class SignatoryBody(Body):
    """Who signs for the company."""

    name: Name
    title: Annotated[str, Field(max_length=70)] = ""
    place: Annotated[str, Field(min_length=1, max_length=70)]


class SignatoryChangeIn(SignatoryBody):
    """Who signs for the company from now on, and why."""

    reason: Reason

    def value(self) -> Signatory:
        """Return who signs."""
        return Signatory(self.name, self.title, self.place)


class ExporterIn(Body):
    """A company to register."""

    name: Name
    address: Annotated[str, Field(min_length=1, max_length=256)]
    city: Annotated[str, Field(min_length=1, max_length=50)]
    country: Country
    tax_id: Annotated[str, Field(min_length=1, max_length=35)]
    signatory: SignatoryBody
    telephone: Annotated[str, Field(max_length=25)] | None = None
    fax: Annotated[str, Field(max_length=25)] | None = None
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None

    def value(self) -> Exporter:
        """Return the company, still without its key."""
        return Exporter(
            id="",
            name=self.name,
            address=self.address,
            city=self.city,
            country=self.country,
            tax_id=self.tax_id,
            signatory=Signatory(**self.signatory.model_dump()),
            registered_at=_UNREGISTERED,
            telephone=self.telephone,
            fax=self.fax,
            email=self.email,
        )


class ExporterOut(ExporterIn):
    """A registered company."""

    id: str
    registered_at: datetime

    @classmethod
    def of(cls, exporter: Exporter) -> Self:
        """Show a company."""
        return cls.model_validate(exporter, from_attributes=True)


class AccountDecisionIn(Body):
    """Where the account of a company goes, and why."""

    state: Literal["VERIFIED", "ACTIVE", "SUSPENDED", "CLOSED"]
    reason: Reason


class AccountOut(Body):
    """The standing of a company at this office."""

    company_id: str
    state: State
    identifier: str
    reason: str
    changed_at: datetime
    #: Where it may go from here.
    may_become: tuple[State, ...]

    @classmethod
    def of(cls, account: Account) -> Self:
        """Show an account."""
        return cls(
            may_become=tuple(sorted(MOVES[account.state])),
            company_id=account.company_id,
            state=account.state,
            identifier=account.identifier,
            reason=account.reason,
            changed_at=account.changed_at,
        )


class EventOut(Body):
    """What happened to a company at this office, when, and by whom."""

    what: str
    at: datetime
    who: str
    role: str
    facts: dict[str, str]

    @classmethod
    def of(cls, event: Event) -> Self:
        """Show an event."""
        return cls.model_validate(event, from_attributes=True)


class EventsOut(Body):
    """What happened to a company, the first first."""

    items: tuple[EventOut, ...]


class SiteIn(Body):
    """A place where the company works."""

    name: Name
    address: Annotated[str, Field(min_length=1, max_length=256)]
    city: Annotated[str, Field(min_length=1, max_length=50)]
    country: Country
    registration: Annotated[str, Field(min_length=1, max_length=35)] | None = None

    def value(self, company_id: str) -> Site:
        """Return the site, still without its key."""
        return Site(id="", company_id=company_id, **self.model_dump())


class SiteOut(SiteIn):
    """A site of a company."""

    id: str
    company_id: str
    closed_at: datetime | None

    @classmethod
    def of(cls, site: Site) -> Self:
        """Show a site."""
        return cls.model_validate(site, from_attributes=True)


class SignatureCardIn(Body):
    """Who may sign; `specimen_sha256` is the digest of the file with the specimen."""

    name: Name
    title: Annotated[str, Field(max_length=70)] = ""
    specimen_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    valid_from: date
    valid_until: date | None = None

    def value(self, company_id: str) -> SignatureCard:
        """Return the card, still without its key."""
        return SignatureCard(id="", company_id=company_id, **self.model_dump())


class SignatureCardOut(SignatureCardIn):
    """A signature card; a revoked one says why."""

    id: str
    company_id: str
    revoked_at: datetime | None
    revoked_because: str
    #: Whether who is named may sign today.
    is_valid: bool

    @classmethod
    def of(cls, card: SignatureCard, *, on: date) -> Self:
        """Show a card on a day."""
        return cls.model_validate(asdict(card) | {"is_valid": card.holds(on)})


class RevocationIn(Body):
    """Why a signature card holds no more."""

    reason: Reason


class DelegationIn(Body):
    """What a broker may do for the company; `valid_until` is the day after the last."""

    broker: Annotated[str, Field(min_length=1, max_length=35)]
    scopes: Annotated[tuple[Scope, ...], Field(min_length=1, max_length=len(Scope))]
    valid_from: date
    valid_until: date

    def value(self, company_id: str) -> Delegation:
        """Return the delegation, still without its key and the broker's."""
        return Delegation(
            id="",
            company_id=company_id,
            broker_id="",
            scopes=self.scopes,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class DelegationOut(Body):
    """A delegation to a broker."""

    id: str
    company_id: str
    broker_id: str
    scopes: tuple[Scope, ...]
    valid_from: date
    valid_until: date
    revoked_at: datetime | None
    #: Whether the broker may act today.
    is_valid: bool

    @classmethod
    def of(cls, delegation: Delegation, *, on: date) -> Self:
        """Show a delegation on a day."""
        return cls.model_validate(asdict(delegation) | {"is_valid": delegation.holds(on)})


class DelegatingOut(Body):
    """A company that lets the caller act for it, what he may do, and until when."""

    company_id: str
    name: str
    scopes: tuple[Scope, ...]
    valid_until: date

    @classmethod
    def of(cls, delegation: Delegation, name: str) -> Self:
        """Show a company."""
        return cls(
            company_id=delegation.company_id,
            name=name,
            scopes=delegation.scopes,
            valid_until=delegation.valid_until,
        )


class DelegatingsOut(Body):
    """Every company that lets the caller act for it today."""

    items: tuple[DelegatingOut, ...]


class SitesOut(Body):
    """Every site of a company."""

    items: tuple[SiteOut, ...]


class SignatureCardsOut(Body):
    """Every signature card of a company."""

    items: tuple[SignatureCardOut, ...]

    @classmethod
    def of(cls, cards: Iterable[SignatureCard], *, on: date) -> Self:
        """Show cards on a day."""
        return cls(items=tuple(SignatureCardOut.of(one, on=on) for one in cards))


class DelegationsOut(Body):
    """Every delegation of a company."""

    items: tuple[DelegationOut, ...]

    @classmethod
    def of(cls, delegations: Iterable[Delegation], *, on: date) -> Self:
        """Show delegations on a day."""
        return cls(items=tuple(DelegationOut.of(one, on=on) for one in delegations))
