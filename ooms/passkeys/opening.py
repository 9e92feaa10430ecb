"""Opens the desk of passkeys from the settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from ooms.access.service import Access
from ooms.passkeys.model import RelyingParty
from ooms.passkeys.service import Passkeys


def open_passkeys(access: Access, public_address: str, *, office: str) -> Passkeys:
    """Open the desk for the pages at an address; without one it makes and takes no passkey."""
    return Passkeys(access, party_of(public_address, office=office) if public_address else None)


def party_of(public_address: str, *, office: str) -> RelyingParty:
    """Return the office as authenticators know it."""
    parts = urlsplit(public_address)
    origin = f"{parts.scheme}://{parts.netloc}"
    return RelyingParty(id=domain_of(public_address), origin=origin, name=office)


def domain_of(public_address: str) -> str:
    """Return the domain that passkeys of an address are bound to."""
    return urlsplit(public_address).hostname or ""
