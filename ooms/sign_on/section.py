"""The settings of one identity provider, `[access.oidc.<name>]`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ooms.sign_on.client import is_safe
from ooms.sign_on.model import Provider
from ooms.sign_on.refusals import ProviderSettingsError

#: Algorithms of RFC 7518 and 8037 with a public key; `none` and shared secrets are not offered.
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
ProviderName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


def _safe(address: str) -> str:
    if not is_safe(address):
        raise ValueError("has to begin with https:// (http:// is for tests on this machine)")
    return address


Address = Annotated[str, Field(max_length=300), AfterValidator(_safe)]


class OidcSection(BaseModel):
    """An identity provider, and the client that the office is there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Exactly as the provider's own description and its tokens name it.
    issuer: Address
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    #: The callback as it was registered at the provider: `.../sign-in/with/<name>/callback` for
    #: people at the portal, `.../api/v1/oidc/<name>/callback` for programs.
    redirect_uri: Address
    #: What the button on the page of signing in calls it; its name unless given.
    label: Annotated[str, Field(max_length=60)] = ""
    #: Holds the client's secret; a public client has none and proves itself by PKCE alone.
    client_secret_file: Annotated[str, Field(min_length=1)] | None = None
    scopes: tuple[str, ...] = ("openid",)
    algorithms: Annotated[tuple[Algorithm, ...], Field(min_length=1)] = ("RS256",)
    #: Values of the claim `acr` that mean a second factor, beside `mfa` in the claim `amr`.
    second_factor_acr: tuple[str, ...] = ()
    #: Link a user whose login is the verified address, when he first comes from the provider.
    links_verified_email: bool = False
    #: Certificates that the provider's server is trusted by, besides the system's.
    tls_authority_file: Annotated[str, Field(min_length=1)] | None = None

    def provider(self, name: str, *, folder: Path) -> Provider:
        """Return the provider; a relative file lies in a folder.

        Raises:
            ProviderSettingsError: a file cannot be read.

        """
        secret, authority = self.client_secret_file, self.tls_authority_file
        if authority is not None:
            _read(folder / authority, name=name, key="tls_authority_file")
        return Provider(
            name=name,
            label=self.label or name,
            issuer=self.issuer,
            client_id=self.client_id,
            redirect_uri=self.redirect_uri,
            scopes=self.scopes,
            algorithms=self.algorithms,
            client_secret=(
                _read(folder / secret, name=name, key="client_secret_file") if secret else None
            ),
            second_factor_acr=self.second_factor_acr,
            links_verified_email=self.links_verified_email,
            tls_authority=str(folder / authority) if authority else None,
        )


def _read(file: Path, *, name: str, key: str) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ProviderSettingsError(provider=name, key=key, problem=str(error)) from error
