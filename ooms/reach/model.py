"""What rests on determinations: applications that are under way, and certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Link(StrEnum):
    """Why a thing is reached: what it shares with where the search began."""

    DETERMINATION = "DETERMINATION"
    BILL = "BILL"
    DECLARATION = "DECLARATION"


@dataclass(frozen=True, slots=True)
class ReachedApplication:
    """An application that is not decided yet, and the determinations that it cites."""

    id: str
    state: str
    agreement: str
    import_country: str
    determinations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReachedCertificate:
    """A certificate whose application cites such determinations."""

    id: str
    number: str
    state: str
    exchange_state: str
    agreement: str
    import_country: str
    partner: str | None
    issued_on: date
    valid_until: date
    application_id: str
    determinations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that rests on some determinations, with why each of these is among them."""

    links: dict[str, tuple[Link, ...]]
    applications: tuple[ReachedApplication, ...] = ()
    certificates: tuple[ReachedCertificate, ...] = field(default=())

    def links_of(self, one: ReachedApplication | ReachedCertificate) -> tuple[Link, ...]:
        """Return why a thing is reached, each reason once."""
        found = (link for key in one.determinations for link in self.links[key])
        return tuple(dict.fromkeys(found))
