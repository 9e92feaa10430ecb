"""Makes the signing certificate of a key that never leaves its PKCS#11 token.

`cryptography` signs certificates with its own keys only, so the token's key is dressed as one of
them; all it can do is sign.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from eodes.errors import ConfigurationError
from eodes.wire import algorithms
from eodes.wire.certificate_maker import make_signing_certificate
from eodes.wire.pkcs11_signer import TokenUri, open_token, parse_token_uri, signing_in


def make_token_certificate(
    uri: str, *, common_name: str, not_before: datetime, not_after: datetime, serial: int
) -> x509.Certificate:
    """Make a self-signed certificate for the key that a PKCS#11 URI names.

    Raises:
        ConfigurationError: the token or its key pair is not there, or is of another kind.
    """
    place = parse_token_uri(uri)
    public_key = _public_key(place)
    # Certificates are signed over SHA-256, also those of P-384 keys.
    is_rsa = isinstance(public_key, rsa.RSAPublicKey)
    algorithm = algorithms.RSA_SHA256 if is_rsa else algorithms.ECDSA_SHA256
    sign = signing_in(open_token(place), place, algorithm.name)
    kind = _RsaKey if isinstance(public_key, rsa.RSAPublicKey) else _EcKey
    return make_signing_certificate(
        common_name,
        key=kind(public_key, sign),  # type: ignore[arg-type]  # each kind gets its public key
        not_before=not_before,
        not_after=not_after,
        serial=serial,
    )


def _public_key(place: TokenUri) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    token = open_token(place)
    from pkcs11 import KeyType, ObjectClass, PublicKey  # noqa: PLC0415 - optional package
    from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415
    from pkcs11.util.ec import encode_ec_public_key  # noqa: PLC0415
    from pkcs11.util.rsa import encode_rsa_public_key  # noqa: PLC0415

    try:
        with token.lock:
            found = cast(
                "PublicKey",
                token.session.get_key(
                    object_class=ObjectClass.PUBLIC_KEY, label=place.object_label
                ),
            )
            is_rsa = found.key_type is KeyType.RSA
            der = encode_rsa_public_key(found) if is_rsa else encode_ec_public_key(found)
        public_key = load_der_public_key(der)
    except (PKCS11Error, ValueError) as error:
        raise ConfigurationError(
            file=f"pkcs11:token={place.token};object={place.object_label}",
            problem=f"no public key can be read ({type(error).__name__})",
        ) from error
    if algorithms.algorithm_for(public_key) is None:
        raise ConfigurationError(
            file=f"pkcs11:token={place.token};object={place.object_label}",
            problem="the key must be ECDSA P-256 or P-384, or RSA with 2048 bits",
        )
    return cast("ec.EllipticCurvePublicKey | rsa.RSAPublicKey", public_key)


class _InToken:
    """What no key in a token does."""

    def _never(self, *_said: object, **_by_name: object) -> NoReturn:
        raise NotImplementedError("the key stays in its token")

    decrypt = exchange = private_bytes = private_numbers = _never
    __copy__ = __deepcopy__ = _never


class _EcKey(_InToken, ec.EllipticCurvePrivateKey):
    """An elliptic-curve key in a token."""

    def __init__(
        self, public_key: ec.EllipticCurvePublicKey, sign: Callable[[bytes], bytes]
    ) -> None:
        self._public_key = public_key
        self._sign = sign

    @property
    def curve(self) -> ec.EllipticCurve:
        return self._public_key.curve

    @property
    def key_size(self) -> int:
        return self._public_key.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._public_key

    def sign(self, data: bytes | bytearray | memoryview, _algorithm: object) -> bytes:
        raw = self._sign(bytes(data))
        der = algorithms.r_and_s_to_der(raw, width=len(raw) // 2)
        assert der is not None  # a token answers r and s of one width
        return der


class _RsaKey(_InToken, rsa.RSAPrivateKey):
    """An RSA key in a token."""

    def __init__(self, public_key: rsa.RSAPublicKey, sign: Callable[[bytes], bytes]) -> None:
        self._public_key = public_key
        self._sign = sign

    @property
    def key_size(self) -> int:
        return self._public_key.key_size

    def public_key(self) -> rsa.RSAPublicKey:
        return self._public_key

    def sign(
        self, data: bytes | bytearray | memoryview, _padding: object, _algorithm: object
    ) -> bytes:
        return self._sign(bytes(data))
