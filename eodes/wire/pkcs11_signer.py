"""A signer whose key never leaves a PKCS#11 token.  Needs the optional package python-pkcs11.

Open it after a server has forked its workers, never before: a token session does not survive it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, unquote

from cryptography.hazmat.primitives.serialization import Encoding

from eodes.errors import ConfigurationError, SigningDeviceError
from eodes.wire import algorithms
from eodes.wire.signer import load_certificate

if TYPE_CHECKING:
    from pkcs11 import Session
    from pkcs11.types import SignMixin


@dataclass(frozen=True, slots=True)
class TokenUri:
    """Where a key is: the parts of a PKCS#11 URI (RFC 7512) that this program understands."""

    token: str
    object_label: str
    module_path: str
    pin_file: Path


@dataclass(slots=True)
class Token:
    """One session for all threads: the library has no locks, and a token takes one login."""

    session: Session
    lock: threading.Lock = field(default_factory=threading.Lock)


_tokens: dict[tuple[str, str], Token] = {}
_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class Pkcs11Signer:
    """A signer that hands the data to a token and gets the signature back."""

    algorithm: str
    certificate_der: bytes
    device: str
    _sign: Callable[[bytes], bytes]
    _lock: threading.Lock

    def sign(self, data: bytes) -> bytes:
        """Sign the data; answer the bytes that stand in SignatureValue.

        Raises:
            SigningDeviceError: the token did not sign.
        """
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415 - optional package

        try:
            with self._lock:
                return self._sign(data)
        except PKCS11Error as error:
            raise SigningDeviceError(device=self.device, reason=type(error).__name__) from error


def parse_token_uri(uri: str) -> TokenUri:
    """Read ``pkcs11:token=T;object=O?module-path=M&pin-source=file:P``.

    Raises:
        ConfigurationError: the URI lacks a part or has one that is not understood.
    """
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    attributes = dict(part.partition("=")[::2] for part in path.split(";"))
    options = {name: values[-1] for name, values in parse_qs(query).items()}
    if (
        not uri.startswith("pkcs11:")
        or attributes.keys() != {"token", "object"}
        or options.keys() != {"module-path", "pin-source"}
        or not options["pin-source"].startswith("file:")
    ):
        raise ConfigurationError(
            file=uri.partition("?")[0],
            problem="write pkcs11:token=T;object=O?module-path=M&pin-source=file:P",
        )
    return TokenUri(
        token=unquote(attributes["token"]),
        object_label=unquote(attributes["object"]),
        module_path=options["module-path"],
        pin_file=Path(options["pin-source"].removeprefix("file:").removeprefix("//")),
    )


def open_signer(uri: str, *, certificate_path: Path) -> Pkcs11Signer:
    """Open the key a PKCS#11 URI names and pair it with the certificate from a PEM file.

    Raises:
        ConfigurationError: the token, the key, the PIN or the certificate is not there, the
            certificate names a key the profile does not know, or the two do not fit.
    """
    place = parse_token_uri(uri)
    certificate = load_certificate(certificate_path)
    public_key = certificate.public_key()
    algorithm = algorithms.algorithm_for(public_key)
    if algorithm is None:
        raise ConfigurationError(
            file=certificate_path, problem="the key must be ECDSA P-256 or P-384, or RSA 2048"
        )
    token = open_token(place)
    opened = Pkcs11Signer(
        algorithm=algorithm.name,
        certificate_der=certificate.public_bytes(Encoding.DER),
        device=f"pkcs11:token={place.token};object={place.object_label}",
        _sign=signing_in(token, place, algorithm.name),
        _lock=token.lock,
    )
    trial = b"does this key belong to this certificate"
    if not algorithm.is_valid(public_key, opened.sign(trial), trial):  # type: ignore[arg-type]  # algorithm_for answered for this key
        raise ConfigurationError(
            file=certificate_path, problem=f"the certificate is not for the key in {opened.device}"
        )
    return opened


def open_token(place: TokenUri) -> Token:
    """Log in to a token, once for this process.

    Raises:
        ConfigurationError: the package, the token or the PIN is not there.
    """
    try:
        import pkcs11  # noqa: PLC0415 - optional package
        from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError(
            file=f"pkcs11:token={place.token}", problem="install the optional package python-pkcs11"
        ) from error
    name = (place.module_path, place.token)
    with _opening:
        if name not in _tokens:
            try:
                pin = place.pin_file.read_text("utf-8").strip()
                token = pkcs11.lib(place.module_path).get_token(token_label=place.token)
                _tokens[name] = Token(token.open(user_pin=pin))
            except (OSError, RuntimeError, PKCS11Error) as error:
                raise ConfigurationError(
                    file=f"pkcs11:token={place.token}",
                    problem=f"the token cannot be opened ({type(error).__name__})",
                ) from error
        return _tokens[name]


def signing_in(token: Token, place: TokenUri, algorithm: str) -> Callable[[bytes], bytes]:
    """Return what signs with the key at a place, in the spelling of XMLDSig.

    Raises:
        ConfigurationError: the token has no such key.
    """
    from pkcs11 import KeyType, Mechanism, ObjectClass  # noqa: PLC0415 - optional package
    from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415

    is_rsa = algorithm == algorithms.RSA_SHA256.name
    try:
        with token.lock:
            found = token.session.get_key(
                object_class=ObjectClass.PRIVATE_KEY,
                key_type=KeyType.RSA if is_rsa else KeyType.EC,
                label=place.object_label,
            )
    except PKCS11Error as error:
        raise ConfigurationError(
            file=f"pkcs11:token={place.token};object={place.object_label}",
            problem=f"no such key ({type(error).__name__})",
        ) from error
    key = cast("SignMixin", found)
    if is_rsa:
        return lambda data: bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
    digest = algorithms.EC_DIGESTS[algorithm]
    # The ECDSA mechanism takes a digest and answers r || s, just what XMLDSig wants.
    return lambda data: bytes(key.sign(digest(data).digest(), mechanism=Mechanism.ECDSA))
