"""A provider as the office knows it, what its tokens claim, and who is linked to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

#: RFC 8176, section 2: the method "multiple-factor authentication".
_SEVERAL_FACTORS = "mfa"


class CredentialKind(StrEnum):
    """By what a user is recognized besides a password; each user may have several of each."""

    OIDC = "OIDC"
    #: WebAuthn: the relying party, a credential's id, its public key and its counter.
    PASSKEY = "PASSKEY"


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider, and the client that this office is there."""

    name: str
    issuer: str
    client_id: str
    redirect_uri: str
    #: What people call it.
    label: str
    scopes: tuple[str, ...]
    algorithms: tuple[str, ...]
    #: None: a public client, which proves itself by PKCE alone.
    client_secret: str | None = field(default=None, repr=False)
    #: What the provider calls a log-in with a second factor in the claim `acr`.
    second_factor_acr: tuple[str, ...] = ()
    links_verified_email: bool = False
    #: A file of certificates that the provider's server is trusted by, besides the public ones.
    tls_authority: str | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified ID token says of who logged in there."""

    issuer: str
    subject: str
    email: str = ""
    is_email_verified: bool = False
    acr: str = ""
    amr: tuple[str, ...] = ()
    #: When the person showed there who he is, if the provider tells.
    authenticated_at: datetime | None = None

    def has_second_factor(self, provider: Provider) -> bool:
        """Tell whether the provider asked for more than one factor."""
        return _SEVERAL_FACTORS in self.amr or self.acr in provider.second_factor_acr


@dataclass(frozen=True, slots=True)
class Pending:
    """A log-in that was begun and not finished; of its secrets only digests are kept."""

    state_sha256: str
    provider: str
    browser_sha256: str
    address: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider sent the browser back with."""

    state: str
    code: str = ""
    error: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """A user's account at an identity provider."""

    id: str
    user_id: str
    issuer: str
    subject: str
    created_at: datetime
    last_used_at: datetime | None = None
