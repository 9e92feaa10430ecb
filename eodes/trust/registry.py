"""Who may speak to us, with which keys, as one immutable picture of the trust register.

A worker holds a picture and its version; the step that records a message compares the version, so
that no message is judged by keys that were changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from eodes.domain.partner import Profile
from eodes.errors import UnknownPartnerError
from eodes.wire.signature import PinnedKey

#: Client certificates remembered in one picture; partners are few, their connections are many.
MAX_HOLDERS = 1024


@dataclass(frozen=True, slots=True)
class Partner:
    """An administration that this node exchanges with."""

    authority: str
    profile: Profile
    endpoint: str
    tls_authorities: tuple[bytes, ...]
    suspended_until: datetime | None = None
    suspended_reason: str = ""

    def is_suspended(self, *, now: datetime) -> bool:
        """Tell whether the partner announced that it takes nothing now."""
        return self.suspended_until is not None and now < self.suspended_until


@dataclass(frozen=True, slots=True)
class TrustRegistry:
    """All partners and their signing keys at one version of the register."""

    version: int
    partners: Mapping[str, Partner]
    keys: Mapping[bytes, PinnedKey]
    _holders: dict[bytes, str | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def key(self, sha256: bytes) -> PinnedKey | None:
        """Return the key that a certificate digest is pinned to."""
        return self.keys.get(sha256)

    def partner(self, authority: str) -> Partner:
        """Return a partner.

        Raises:
            UnknownPartnerError: this node does not exchange with the authority.

        """
        try:
            return self.partners[authority]
        except KeyError:
            raise UnknownPartnerError(authority=authority) from None

    def holder_of_client_certificate(self, der: bytes) -> str | None:
        """Name the partner whose TLS authority issued a client certificate.

        The handshake already proved possession and validity against all authorities together;
        here it is settled which partner's authority vouched, so that none can speak for another.
        The answer holds as long as this picture of the register, and costs much more than a look.
        """
        if der in self._holders:
            return self._holders[der]
        if len(self._holders) >= MAX_HOLDERS:
            self._holders.clear()
        holder = self._find_holder(der)
        self._holders[der] = holder
        return holder

    def _find_holder(self, der: bytes) -> str | None:
        try:
            leaf = x509.load_der_x509_certificate(der)
        except ValueError:
            return None
        for partner in self.partners.values():
            if any(_issued(leaf, authority) for authority in partner.tls_authorities):
                return partner.authority
        return None


def _issued(leaf: x509.Certificate, authority_der: bytes) -> bool:
    try:
        leaf.verify_directly_issued_by(x509.load_der_x509_certificate(authority_der))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
