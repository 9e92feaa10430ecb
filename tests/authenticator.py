"""An authenticator in software: makes passkeys and signs challenges as a device does (FIDO2)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _MADE = 0x01, 0x04, 0x40
_NOBODY = bytes(16)


@dataclass
class Authenticator:
    """One device with one passkey; a test may tell it to deviate."""

    origin: str
    is_verified: bool = True
    counter: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    handle: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    owner: bytes = b""

    def make(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Make the passkey, and answer as `PublicKeyCredential.toJSON()` does."""
        self.owner = decoded(options["user"]["id"])
        made = struct.pack(">16sH", _NOBODY, len(self.handle)) + self.handle + self._cose()
        attested = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._data(options["rp"]["id"], _MADE) + made,
        }
        said = {
            "clientDataJSON": self._said("webauthn.create", options),
            "attestationObject": coded(cbor2.dumps(attested)),
            "transports": ["internal"],
        }
        return self._credential(said)

    def sign(self, options: Mapping[str, Any], *, grows: int = 1) -> dict[str, Any]:
        """Sign a challenge, counted."""
        self.counter += grows
        data = self._data(options["rpId"], 0)
        said = self._said("webauthn.get", options)
        signed = data + hashlib.sha256(decoded(said)).digest()
        return self._credential(
            {
                "clientDataJSON": said,
                "authenticatorData": coded(data),
                "signature": coded(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": coded(self.owner),
            }
        )

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": coded(self.handle),
            "rawId": coded(self.handle),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }

    def _said(self, kind: str, options: Mapping[str, Any]) -> str:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return coded(json.dumps(said).encode())

    def _data(self, party: str, flags: int) -> bytes:
        told = flags | _PRESENT | (_VERIFIED if self.is_verified else 0)
        return hashlib.sha256(party.encode()).digest() + struct.pack(">BI", told, self.counter)

    def _cose(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (point.x, point.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
