"""Passkeys on the wire; options and answers are those of WebAuthn's own JSON (Level 3, 5.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from ooms.access.schemas import Body
from ooms.passkeys.model import Passkey

_Encoded = Annotated[str, Field(max_length=16_384, pattern=r"^[A-Za-z0-9_-]*$")]
PasskeyName = Annotated[str, Field(min_length=1, max_length=60)]


class _Foreign(BaseModel):
    """What a browser writes: it may say more in time than we read."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class AnswerIn(_Foreign):
    """What the device answered, each part base64url."""

    client_data: _Encoded = Field(alias="clientDataJSON")
    attestation: _Encoded | None = Field(default=None, alias="attestationObject")
    authenticator_data: _Encoded | None = Field(default=None, alias="authenticatorData")
    signature: _Encoded | None = None
    user_handle: _Encoded | None = Field(default=None, alias="userHandle")


class CredentialIn(_Foreign):
    """A credential as `PublicKeyCredential.toJSON()` writes it."""

    id: Annotated[str, Field(max_length=1400, pattern=r"^[A-Za-z0-9_-]+$")]
    raw_id: _Encoded = Field(alias="rawId")
    type: Literal["public-key"]
    response: AnswerIn

    def value(self) -> dict[str, Any]:
        """Return what the device sent, by WebAuthn's own names."""
        return self.model_dump(by_alias=True, exclude_none=True)


class PasskeyAnswerIn(Body):
    """The answer of a device to a challenge of the caller's own session."""

    credential: CredentialIn


class PasskeySignInIn(PasskeyAnswerIn):
    """The answer of a device, and the secret that came with the challenge."""

    browser: Annotated[str, Field(min_length=1, max_length=100)]


class PasskeyIn(PasskeyAnswerIn):
    """A passkey that a device made, and what its owner calls it."""

    name: PasskeyName


class PasskeyNameIn(Body):
    """What the owner of a passkey calls it."""

    name: PasskeyName


class PasskeyRemovalIn(Body):
    """Why a passkey is taken away from somebody else."""

    reason: Annotated[str, Field(min_length=1, max_length=200)]


class PasskeyOptionsOut(Body):
    """What a browser hands to `navigator.credentials`."""

    options: dict[str, Any]


class PasskeyBegunOut(PasskeyOptionsOut):
    """The same, and the secret to send with the answer: keep it where no other site reads it."""

    browser: str


class PasskeysAtOut(Body):
    """The address of the pages at which passkeys work; null where they are not used."""

    origin: str | None


class PasskeyOut(Body):
    """A passkey of a user; nothing here lets anybody in."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, passkey: Passkey) -> Self:
        """Show a passkey."""
        return cls(
            id=passkey.id,
            name=passkey.name,
            created_at=passkey.created_at,
            last_used_at=passkey.last_used_at,
        )


class PasskeysOut(Body):
    """Every passkey of a user."""

    items: tuple[PasskeyOut, ...]

    @classmethod
    def of(cls, passkeys: tuple[Passkey, ...]) -> Self:
        """Show passkeys."""
        return cls(items=tuple(PasskeyOut.of(one) for one in passkeys))
