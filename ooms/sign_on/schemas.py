"""Log-ins at identity providers on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import Body
from ooms.sign_on.model import Identity, Provider
from ooms.sign_on.section import ProviderName


class ProviderOut(Body):
    """An identity provider, and where it sends the browser back to."""

    name: str
    label: str
    redirect_uri: str

    @classmethod
    def of(cls, provider: Provider) -> Self:
        """Show a provider, without what the office proves itself by."""
        return cls(name=provider.name, label=provider.label, redirect_uri=provider.redirect_uri)


class ProvidersOut(Body):
    """Every identity provider that lets people in."""

    items: tuple[ProviderOut, ...]


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
