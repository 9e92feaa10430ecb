"""One small certificate message, keys to seal it, and the means to forge it."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from eodes.wire import algorithms, signer
from eodes.wire.algorithms import PrivateKey
from eodes.wire.canonical import EXCLUSIVE_C14N
from eodes.wire.certificate_maker import make_signing_certificate
from eodes.wire.parser import DS_NAMESPACE
from eodes.wire.signature import ENVELOPED_SIGNATURE, SHA256, PinnedKey

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

CONTENT = (
    b'<co:Message xmlns:co="urn:eodes:specimen" Id="m1">'
    b"<co:Envelope><co:Sender>KR-KCS</co:Sender><co:Receiver>VN-CUSTOMS</co:Receiver></co:Envelope>"
    b"<co:Certificate><co:Number>K001-26-0000001</co:Number><co:Issued>2026-11-19</co:Issued>"
    b'<co:Item number="1"><co:HsCode>850440</co:HsCode><co:Name>static converter</co:Name>'
    b'<co:Quantity unit="KGM">120.5</co:Quantity><co:Value>8400.00</co:Value></co:Item>'
    b'<co:Item number="2"><co:HsCode>853400</co:HsCode><co:Name>printed circuit</co:Name>'
    b'<co:Quantity unit="KGM">40</co:Quantity><co:Value>1900.00</co:Value></co:Item>'
    b"</co:Certificate></co:Message>"
)


@dataclass(frozen=True, slots=True)
class Office:
    """An authority with a signing key, and the pin that its partners keep."""

    key: PrivateKey
    certificate_der: bytes
    pin: PinnedKey
    signer: signer.SoftwareSigner

    @property
    def trust(self) -> dict[bytes, PinnedKey]:
        return {self.pin.sha256: self.pin}


KEYS: dict[str, Callable[[], PrivateKey]] = {
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "rsa2048": lambda: rsa.generate_private_key(65537, 2048),
    "rsa3072": lambda: rsa.generate_private_key(65537, 3072),
    "rsa1024": lambda: rsa.generate_private_key(65537, 1024),
    "secp256k1": lambda: ec.generate_private_key(ec.SECP256K1()),
}


def office(kind: str = "p256", *, serial: int = 1) -> Office:
    """Open an office with a fresh key of a kind; asking again gives the same office."""
    return _open_office(kind, serial)


@cache
def _open_office(kind: str, serial: int) -> Office:
    return office_of(KEYS[kind](), serial=serial)


def office_of(key: PrivateKey, *, name: str = "KR-KCS", serial: int = 1) -> Office:
    certificate = make_signing_certificate(
        name, key=key, not_before=START, not_after=END, serial=serial
    )
    der = certificate.public_bytes(Encoding.DER)
    fitting = algorithms.algorithm_for(key)
    algorithm = fitting.name if fitting else "rsa-sha256"
    pin = PinnedKey(
        sha256=hashlib.sha256(der).digest(),
        certificate_der=der,
        public_key=key.public_key(),
        authority=name,
        algorithms=frozenset({algorithm}),
        valid_from=START,
        valid_until=END,
    )
    return Office(key, der, pin, signer.SoftwareSigner(algorithm, der, key))


def sealed(kind: str = "p256") -> bytes:
    """Seal the specimen the way our own node does."""
    return signer.seal(CONTENT, signer=office(kind).signer)


# The pieces of a signature, each of which a forger may replace.

INCLUSIVE_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ECDSA_SHA256 = algorithms.ECDSA_SHA256.uri
CANONICALIZATION = f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"/>'
METHOD = f'<ds:SignatureMethod Algorithm="{ECDSA_SHA256}"/>'
ENVELOPED = f'<ds:Transform Algorithm="{ENVELOPED_SIGNATURE}"/>'
EXCLUSIVE = f'<ds:Transform Algorithm="{EXCLUSIVE_C14N}"/>'
TRANSFORMS = f"<ds:Transforms>{ENVELOPED}{EXCLUSIVE}</ds:Transforms>"
DIGEST_METHOD = f'<ds:DigestMethod Algorithm="{SHA256}"/>'
DIGEST_VALUE = "<ds:DigestValue>@DIGEST@</ds:DigestValue>"
REFERENCE = f'<ds:Reference URI="">{TRANSFORMS}{DIGEST_METHOD}{DIGEST_VALUE}</ds:Reference>'
SIGNED_INFO = f"<ds:SignedInfo>{CANONICALIZATION}{METHOD}{REFERENCE}</ds:SignedInfo>"
VALUE = "<ds:SignatureValue>@VALUE@</ds:SignatureValue>"
CERTIFICATE = "<ds:X509Certificate>@CERTIFICATE@</ds:X509Certificate>"
KEY_INFO = f"<ds:KeyInfo><ds:X509Data>{CERTIFICATE}</ds:X509Data></ds:KeyInfo>"
SIGNATURE = f'<ds:Signature xmlns:ds="{DS_NAMESPACE}">{SIGNED_INFO}{VALUE}{KEY_INFO}</ds:Signature>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """How a message is signed: everything a forger or a careless partner can choose."""

    content: bytes = CONTENT
    signature: str = SIGNATURE
    digested: bytes | None = None  # what the DigestValue covers; the content as it is when None
    digest: str = "sha256"
    exclusive: bool = True
    office: Office | None = None
    sign: Callable[[bytes], bytes] | None = None
    head: bytes = b""
    tail: bytes = b""
    spell: Callable[[bytes], bytes] = base64.b64encode  # how the SignatureValue is written
    place: Callable[[bytes, bytes], bytes] | None = None

    def sealed(self) -> bytes:
        """Sign what the pieces say, with a good key, over the SignedInfo as it really stands."""
        signing = self.office or office()
        digested = self.content if self.digested is None else self.digested
        digest = base64.b64encode(hashlib.new(self.digest, _c14n(digested)).digest())
        signature = self.signature.encode().replace(b"@DIGEST@", digest)
        signature = signature.replace(b"@CERTIFICATE@", base64.b64encode(signing.certificate_der))
        document = self.head + (self.place or before_end)(self.content, signature) + self.tail
        signed = _signed_info(document, exclusive=self.exclusive)
        value = (self.sign or signing.signer.sign)(signed)
        return document.replace(b"@VALUE@", self.spell(value))


def before_end(content: bytes, signature: bytes) -> bytes:
    """Put the signature where it belongs: last inside the root."""
    end = content.rfind(b"</")
    return content[:end] + signature + content[end:]


def lenient(raw: bytes) -> etree._Element:
    """Parse as a careless program would, for what no careful one would read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(raw, parser)


def _c14n(raw: bytes) -> bytes:
    try:
        return etree.tostring(lenient(raw), method="c14n", exclusive=True, with_comments=False)
    except etree.C14NError:
        return raw


def _signed_info(document: bytes, *, exclusive: bool) -> bytes:
    found = lenient(document).find(f".//{{{DS_NAMESPACE}}}SignedInfo")
    if found is None:
        return b""
    try:
        return etree.tostring(found, method="c14n", exclusive=exclusive, with_comments=False)
    except etree.C14NError:
        return b""
