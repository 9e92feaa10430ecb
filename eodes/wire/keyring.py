"""Certificates that may be pinned, and the pins made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from eodes.domain.verdict import Refusal
from eodes.wire import algorithms
from eodes.wire.signature import PinnedKey


def fingerprint(certificate_der: bytes) -> str:
    """Return the SHA-256 of a certificate in the form that people compare aloud."""
    digest = hashlib.sha256(certificate_der).hexdigest().upper()
    return ":".join(digest[place : place + 2] for place in range(0, len(digest), 2))


def pin_key(
    certificate: x509.Certificate,
    *,
    authority: str,
    allowed: Iterable[str],
    revoked_at: datetime | None = None,
) -> PinnedKey:
    """Make the pin of a signing certificate: key, algorithms that a profile allows, validity."""
    der = certificate.public_bytes(Encoding.DER)
    key = certificate.public_key()
    return PinnedKey(
        sha256=hashlib.sha256(der).digest(),
        certificate_der=der,
        public_key=key,  # type: ignore[arg-type]  # another kind of key fits no algorithm below
        authority=authority,
        algorithms=frozenset(str(name).lower() for name in allowed),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        revoked_at=revoked_at,
    )


def judge_signing_certificate(
    certificate: x509.Certificate, *, allowed: Iterable[str], now: datetime
) -> Refusal | None:
    """Say why a certificate must not be pinned for signing, or None if it may be.

    RFC 5280 4.2.1.3: the key usage must name digital signature or content commitment.
    """
    algorithm = algorithms.algorithm_for(certificate.public_key())
    names = {str(name).lower() for name in allowed}
    if algorithm is None or algorithm.name.lower() not in names:
        return Refusal(
            "SIG-ALGORITHM",
            f"The certificate's key does not fit what the profile allows ({', '.join(names)}).",
        )
    if now >= certificate.not_valid_after_utc:
        return Refusal(
            "SIG-PIN-EXPIRED",
            f"The certificate ended on {certificate.not_valid_after_utc:%Y-%m-%d}; "
            "ask for a new one.",
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return Refusal("SIG-KEY-USAGE", "The certificate does not say what its key is for.")
    if not (usage.digital_signature or usage.content_commitment):
        return Refusal("SIG-KEY-USAGE", "The certificate's key is not for signing.")
    return None
