"""What rests on what, on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from ooms.access.schemas import Body
from ooms.determinations.impact import Impact
from ooms.determinations.model import Determined
from ooms.determinations.schemas import ImpactOut
from ooms.reach.model import Link, Reached, ReachedApplication, ReachedCertificate


class ReachedApplicationOut(Body):
    """An application under way; `links` says what it shares with where the search began."""

    id: str
    state: str
    agreement: str
    import_country: str
    determinations: tuple[str, ...]
    links: tuple[str, ...]

    @classmethod
    def of(cls, one: ReachedApplication, links: tuple[Link, ...]) -> Self:
        """Show an application."""
        names = set(cls.model_fields) - {"links"}
        return cls(**{name: getattr(one, name) for name in names}, links=links)


class ReachedCertificateOut(Body):
    """A certificate; `links` says what it shares with where the search began."""

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
    links: tuple[str, ...]

    @classmethod
    def of(cls, one: ReachedCertificate, links: tuple[Link, ...]) -> Self:
        """Show a certificate."""
        names = set(cls.model_fields) - {"links"}
        return cls(**{name: getattr(one, name) for name in names}, links=links)


class ReachOut(Body):
    """The applications under way and the certificates that rest on something."""

    applications: tuple[ReachedApplicationOut, ...]
    certificates: tuple[ReachedCertificateOut, ...]

    @classmethod
    def of(cls, reached: Reached) -> Self:
        """Show what is reached."""
        applications, certificates = shown(reached)
        return cls(applications=applications, certificates=certificates)


class DeclarationReachOut(ReachOut):
    """Everything that rests on a declaration; `items` are the determinations."""

    declaration_id: str
    items: tuple[ImpactOut, ...]

    @classmethod
    def told(
        cls,
        declaration_id: str,
        resting: Iterable[tuple[Determined, Impact | None]],
        reached: Reached,
    ) -> Self:
        """Show what rests on a declaration."""
        applications, certificates = shown(reached)
        return cls(
            declaration_id=declaration_id,
            items=tuple(ImpactOut.of(*one) for one in resting),
            applications=applications,
            certificates=certificates,
        )


def shown(
    reached: Reached,
) -> tuple[tuple[ReachedApplicationOut, ...], tuple[ReachedCertificateOut, ...]]:
    """Show the two lists of what is reached."""
    return (
        tuple(ReachedApplicationOut.of(one, reached.links_of(one)) for one in reached.applications),
        tuple(ReachedCertificateOut.of(one, reached.links_of(one)) for one in reached.certificates),
    )
