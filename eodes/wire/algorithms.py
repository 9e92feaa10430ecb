"""The signature algorithms of the profile: few, named, each tied to one kind of key."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

MIN_RSA_BITS = 2048  # NIST SP 800-131A: shorter RSA keys are disallowed for signing

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One signature algorithm: its name here, its name on the wire, and what it does."""

    name: str
    uri: str
    fits: Callable[[object], bool]
    is_valid: Callable[[PublicKey, bytes, bytes], bool]
    sign: Callable[[PrivateKey, bytes], bytes]


def r_and_s_to_der(raw: bytes, *, width: int) -> bytes | None:
    """Turn XMLDSig's ``r || s`` into DER; any length but twice the width has no meaning."""
    if len(raw) != 2 * width:
        return None
    return encode_dss_signature(
        int.from_bytes(raw[:width], "big"), int.from_bytes(raw[width:], "big")
    )


def der_to_r_and_s(der: bytes, *, width: int) -> bytes:
    """Turn a DER signature into XMLDSig's ``r || s``, each padded to the width of the curve."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def _ecdsa(name: str, *, curve: type[ec.EllipticCurve], width: int, method: ec.ECDSA) -> Algorithm:
    def fits(key: object) -> bool:
        return isinstance(
            key, ec.EllipticCurvePublicKey | ec.EllipticCurvePrivateKey
        ) and isinstance(key.curve, curve)

    def is_valid(key: PublicKey, signature: bytes, data: bytes) -> bool:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        der = r_and_s_to_der(signature, width=width)
        if der is None:
            return False
        try:
            key.verify(der, data, method)
        except InvalidSignature:
            return False
        return True

    def sign(key: PrivateKey, data: bytes) -> bytes:
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return der_to_r_and_s(key.sign(data, method), width=width)

    return Algorithm(name, f"http://www.w3.org/2001/04/xmldsig-more#{name}", fits, is_valid, sign)


def _rsa(name: str, *, digest: hashes.HashAlgorithm) -> Algorithm:
    def fits(key: object) -> bool:
        return (
            isinstance(key, rsa.RSAPublicKey | rsa.RSAPrivateKey) and key.key_size >= MIN_RSA_BITS
        )

    def is_valid(key: PublicKey, signature: bytes, data: bytes) -> bool:
        assert isinstance(key, rsa.RSAPublicKey)
        try:
            key.verify(signature, data, padding.PKCS1v15(), digest)
        except InvalidSignature:
            return False
        return True

    def sign(key: PrivateKey, data: bytes) -> bytes:
        assert isinstance(key, rsa.RSAPrivateKey)
        return key.sign(data, padding.PKCS1v15(), digest)

    return Algorithm(name, f"http://www.w3.org/2001/04/xmldsig-more#{name}", fits, is_valid, sign)


ECDSA_SHA256 = _ecdsa(
    "ecdsa-sha256", curve=ec.SECP256R1, width=32, method=ec.ECDSA(hashes.SHA256())
)
ECDSA_SHA384 = _ecdsa(
    "ecdsa-sha384", curve=ec.SECP384R1, width=48, method=ec.ECDSA(hashes.SHA384())
)
RSA_SHA256 = _rsa("rsa-sha256", digest=hashes.SHA256())

ALGORITHMS = (ECDSA_SHA256, ECDSA_SHA384, RSA_SHA256)
# For devices that sign a digest and do not make it themselves.
EC_DIGESTS = {ECDSA_SHA256.name: hashlib.sha256, ECDSA_SHA384.name: hashlib.sha384}
BY_NAME = {algorithm.name: algorithm for algorithm in ALGORITHMS}
BY_URI = {algorithm.uri: algorithm for algorithm in ALGORITHMS}


def algorithm_for(key: object) -> Algorithm | None:
    """Name the algorithm of the profile that fits a key, or none."""
    return next((algorithm for algorithm in ALGORITHMS if algorithm.fits(key)), None)
