"""A passkey, a challenge that waits for its answer, and who asks: the relying party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: More than anybody has devices.
MOST_PASSKEYS = 20


class Purpose(StrEnum):
    """What a challenge is drawn for; it serves nothing else."""

    REGISTER = "REGISTER"
    SIGN_IN = "SIGN_IN"
    PROVE = "PROVE"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The office as authenticators know it: a passkey works at this address alone."""

    #: The domain that passkeys are bound to.
    id: str
    #: Scheme, domain and port of the pages.
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key on somebody's device: its public half, and how often it signed as far as it tells."""

    id: str
    user_id: str
    party: str
    #: The credential's id, base64url.
    handle: str
    #: COSE, base64url.
    public_key: str
    counter: int
    name: str
    created_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge that waits for its answer; of its secrets only digests are kept."""

    challenge_sha256: str
    purpose: Purpose
    #: The session or the browser that asked for it, and alone may answer.
    holder: str
    address: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that a device made just now."""

    handle: str
    public_key: str
    counter: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A passkey that signed the challenge, its owner verified by the device."""

    counter: int


@dataclass(frozen=True, slots=True)
class Unfounded:
    """What a device sent does not stand, and why."""

    reason: str
