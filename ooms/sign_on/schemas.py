"""Log-ins at identity providers on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.sign_on.model import Identity
from ooms.sign_on.section import ProviderName


class BegunOut(Body):
    """Where to send the browser, which got a cookie to come back with."""

    address: str


class IdentityIn(Body):
    """An account at a provider: its subject, as the provider's tokens name it."""

    provider: ProviderName
    subject: Annotated[str, Field(min_length=1, max_length=255)]


class IdentityOut(Body):
    """An account at a provider that a user is linked to."""

    id: str
    user_id: str
    issuer: str
    subject: str
    created_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, identity: Identity) -> Self:
        """Show a link."""
        return cls.model_validate(identity, from_attributes=True)


class IdentitiesOut(Body):
    """Every account that a user is linked to."""

    items: tuple[IdentityOut, ...]
