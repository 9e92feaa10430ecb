"""The office's key as this desk uses it, and what its signatures are called in COSE and CMS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_Digest = hashes.SHA256 | hashes.SHA384


class Key(Protocol):
    """A key that signs, wherever it is kept; ECDSA signatures come as `r || s`."""

    @property
    def algorithm(self) -> str:
        """The algorithm's name, as in ALGORITHMS."""

    @property
    def certificate_der(self) -> bytes:
        """The certificate that others trust."""

    def sign(self, data: bytes) -> bytes:
        """Sign the data."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A signature algorithm: its number in COSE (RFC 9053, RFC 8812), its digest, its curve."""

    cose: int
    digest: str
    curve: type[ec.EllipticCurve] | None
    width: int


ALGORITHMS: Mapping[str, Algorithm] = {
    "ecdsa-sha256": Algorithm(-7, "sha256", ec.SECP256R1, 32),
    "ecdsa-sha384": Algorithm(-35, "sha384", ec.SECP384R1, 48),
    "rsa-sha256": Algorithm(-257, "sha256", None, 256),
}
_DIGESTS: Mapping[str, _Digest] = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384()}


def to_der(signature: bytes) -> bytes:
    """Turn `r || s` into the DER form that CMS carries."""
    half = len(signature) // 2
    return encode_dss_signature(
        int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    )


def is_valid(certificate_der: bytes, *, cose: int, signature: bytes, data: bytes) -> bool:
    """Tell whether a signature was made by a certificate's key, with the algorithm of that key."""
    algorithm = next((one for one in ALGORITHMS.values() if one.cose == cose), None)
    if algorithm is None:
        return False
    public = x509.load_der_x509_certificate(certificate_der).public_key()
    digest = _DIGESTS[algorithm.digest]
    try:
        if isinstance(public, ec.EllipticCurvePublicKey) and algorithm.curve is not None:
            if not isinstance(public.curve, algorithm.curve):
                return False
            if len(signature) != 2 * algorithm.width:
                return False
            public.verify(to_der(signature), data, ec.ECDSA(digest))
        elif isinstance(public, rsa.RSAPublicKey) and algorithm.curve is None:
            public.verify(signature, data, padding.PKCS1v15(), digest)
        else:
            return False
    except InvalidSignature:
        return False
    return True
