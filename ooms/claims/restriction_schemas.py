"""Restrictions on the wire: persons whose goods are looked at before release."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import AgreementCode, Body, Name, Reason
from ooms.claims.facts import Restriction, Role


class RestrictionIn(Body):
    """Somebody whose goods are looked at before release."""

    role: Role
    name: Name
    ground: Reason
    agreement: AgreementCode | None = None
    hs6: Annotated[str, Field(pattern="^[0-9]{6}$")] | None = None
    since: date | None = None
    until: date | None = None

    def value(self, *, restriction_id: str, today: date, by: str) -> Restriction:
        """Return the restriction; without a first day of its own it begins today."""
        told = self.model_dump(exclude={"since"})
        return Restriction(id=restriction_id, since=self.since or today, made_by=by, **told)


class RestrictionOut(Body):
    """A restriction as it stands."""

    id: str
    role: Role
    name: str
    ground: str
    agreement: str | None
    hs6: str | None
    since: date
    until: date | None
    ended: bool

    @classmethod
    def of(cls, restriction: Restriction) -> Self:
        """Show a restriction."""
        names = set(cls.model_fields) - {"ended"}
        told = {name: getattr(restriction, name) for name in names}
        return cls(**told, ended=restriction.ended_by is not None)


class RestrictionEndIn(Body):
    """Why somebody is taken off the list."""

    reason: Reason


class EndedOut(Body):
    """That a restriction has ended."""

    id: str
