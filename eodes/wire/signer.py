"""Seals canonical bytes: what is sent is what was hashed, and nothing is parsed again."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from eodes.errors import ConfigurationError, NotCanonicalError
from eodes.wire import algorithms
from eodes.wire.algorithms import PrivateKey, PublicKey
from eodes.wire.canonical import EXCLUSIVE_C14N
from eodes.wire.parser import DS_NAMESPACE
from eodes.wire.signature import ENVELOPED_SIGNATURE, SHA256


class Signer(Protocol):
    """A key that signs, wherever it is kept."""

    @property
    def algorithm(self) -> str:
        """The algorithm's name in `eodes.wire.algorithms`."""

    @property
    def certificate_der(self) -> bytes:
        """The certificate that the receiver has pinned."""

    def sign(self, data: bytes) -> bytes:
        """Sign the data; answer the bytes that stand in SignatureValue."""


@dataclass(frozen=True, slots=True)
class SoftwareSigner:
    """A signer whose key is in memory."""

    algorithm: str
    certificate_der: bytes
    key: PrivateKey

    def sign(self, data: bytes) -> bytes:
        """Sign the data; answer the bytes that stand in SignatureValue."""
        return algorithms.BY_NAME[self.algorithm].sign(self.key, data)


def seal(canonical: bytes, *, signer: Signer) -> bytes:
    """Sign a document given in exclusive canonical form and return the bytes to send.

    1. Digest the bytes.
    2. Write SignedInfo in canonical form, so that it is signed as it stands.
    3. Sign it.
    4. Splice the signature in front of the root's end tag.

    Raises:
        NotCanonicalError: the bytes do not end with an end tag, so they are not canonical.
    """
    end = canonical.rfind(b"</")
    if end < 0 or not canonical.endswith(b">"):
        raise NotCanonicalError(reason="the document does not end with the end tag of its root")
    digest = base64.b64encode(hashlib.sha256(canonical).digest())
    signed_info = _signed_info(algorithms.BY_NAME[signer.algorithm].uri, digest)
    value = base64.b64encode(signer.sign(signed_info))
    certificate = base64.b64encode(signer.certificate_der)
    return b"".join(
        (
            canonical[:end],
            _SIGNATURE_HEAD,
            signed_info,
            b"<ds:SignatureValue>",
            value,
            b"</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>",
            certificate,
            b"</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
            canonical[end:],
        )
    )


_SIGNATURE_HEAD = f'<ds:Signature xmlns:ds="{DS_NAMESPACE}">'.encode()


def _signed_info(signature_method: str, digest: bytes) -> bytes:
    # The namespace is declared again because SignedInfo is digested as a document of its own.
    return (
        f'<ds:SignedInfo xmlns:ds="{DS_NAMESPACE}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{signature_method}"></ds:SignatureMethod>'
        '<ds:Reference URI=""><ds:Transforms>'
        f'<ds:Transform Algorithm="{ENVELOPED_SIGNATURE}"></ds:Transform>'
        f'<ds:Transform Algorithm="{EXCLUSIVE_C14N}"></ds:Transform></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue>{digest.decode('ascii')}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    ).encode("ascii")


def load_signer(
    key_path: Path, certificate_path: Path, *, passphrase: bytes | None = None
) -> SoftwareSigner:
    """Load a key and its certificate from PEM files; do it once, an RSA key takes 28 ms and more.

    Raises:
        ConfigurationError: a file cannot be read, the key is of no kind the profile knows, or
            key and certificate do not belong together.
    """
    certificate = load_certificate(certificate_path)
    key = _load_key(key_path, passphrase)
    algorithm = algorithms.algorithm_for(key)
    if algorithm is None:
        raise ConfigurationError(
            file=key_path, problem="the key must be ECDSA P-256 or P-384, or RSA with 2048 bits"
        )
    assert isinstance(key, PrivateKey)  # the only kinds that an algorithm fits
    if _spki(key.public_key()) != certificate.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ):
        raise ConfigurationError(
            file=certificate_path, problem=f"the certificate is not for the key in {key_path}"
        )
    return SoftwareSigner(algorithm.name, certificate.public_bytes(Encoding.DER), key)


def _spki(key: PublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def load_certificate(path: Path) -> x509.Certificate:
    """Load a certificate from a PEM file.

    Raises:
        ConfigurationError: the file cannot be read or holds none.
    """
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            file=path, problem=f"no certificate can be read: {error}"
        ) from error


def _load_key(path: Path, passphrase: bytes | None) -> object:
    try:
        return load_pem_private_key(path.read_bytes(), passphrase)
    except (OSError, TypeError, ValueError) as error:
        # TypeError: encrypted without a passphrase, or a passphrase for a key that is not.
        raise ConfigurationError(file=path, problem=f"no key can be read: {error}") from error
