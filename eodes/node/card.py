"""The partner card: one signed file by which a node introduces itself to a partner's operator.

The card is sealed with a key that it carries itself, so the seal proves possession of that key and
that nothing was changed on the way; it does not prove who made the card.  What makes a card
trusted is a person who compares its fingerprints over another channel (`eodes partner add`).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from eodes.domain import record
from eodes.domain.message import AuthorityCode, MessageType
from eodes.domain.partner import AcceptedForm, Algorithm, Profile
from eodes.domain.record import Count, Text, Whole
from eodes.domain.verdict import Refusal
from eodes.node.card_xml import compose, decompose
from eodes.settings import Settings
from eodes.wire import keyring, signature
from eodes.wire.parser import Document, Limits, parse
from eodes.wire.signature import PinnedKey
from eodes.wire.signer import Signer, load_certificate, seal

MAX_CARD_BYTES = 256 * 1024  # a dozen certificates and every capability are some 30 kilobytes

Base64 = Annotated[str, Text(20_000)]

_MAX_WORDS = 300


@dataclass(frozen=True, slots=True)
class CardCertificate:
    """A certificate on a card, with the validity that its reader sees without decoding it."""

    valid_from: datetime
    valid_until: datetime
    certificate: Base64

    @classmethod
    def of(cls, certificate: x509.Certificate) -> CardCertificate:
        """Write a certificate the way cards carry it."""
        return cls(
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
            certificate=base64.b64encode(certificate.public_bytes(Encoding.DER)).decode("ascii"),
        )

    def __post_init__(self) -> None:
        try:
            held = self.x509
            held.public_key()
        except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
            raise ValueError(f"no certificate can be read: {error}") from error
        if held.not_valid_before_utc != self.valid_from:
            raise ValueError("valid_from is not the certificate's own")
        if held.not_valid_after_utc != self.valid_until:
            raise ValueError("valid_until is not the certificate's own")

    @property
    def der(self) -> bytes:
        """The certificate's bytes."""
        return base64.b64decode(self.certificate, validate=True)

    @property
    def x509(self) -> x509.Certificate:
        """The certificate itself."""
        return x509.load_der_x509_certificate(self.der)

    @property
    def sha256(self) -> str:
        """The digest that a profile's pin and the trust register name the certificate by."""
        return hashlib.sha256(self.der).hexdigest()


@dataclass(frozen=True, slots=True)
class SpokenDialect:
    """A dialect and its version."""

    name: Annotated[str, Text(20, 2, "[a-z][a-z0-9]+")]
    version: Annotated[str, Text(8, 3, "[0-9]+\\.[0-9]+")]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the administration takes, from its own profile."""

    message_types: Annotated[tuple[MessageType, ...], Count(1)]
    dialects: Annotated[tuple[SpokenDialect, ...], Count(1)]
    algorithms: Annotated[tuple[Algorithm, ...], Count(1)]
    forms: Annotated[tuple[AcceptedForm, ...], Count(1)]
    max_document_bytes: Annotated[int, Whole(10_000, 20_000_000)]

    @classmethod
    def of(cls, profile: Profile) -> Capabilities:
        """Say what a profile allows."""
        return cls(
            message_types=profile.wire.message_types,
            dialects=(SpokenDialect(profile.wire.dialect, profile.wire.dialect_version),),
            algorithms=profile.wire.algorithms,
            forms=profile.content.forms,
            max_document_bytes=profile.wire.max_document_bytes,
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A node as it introduces itself."""

    authority: AuthorityCode
    name: Annotated[str, Text(120)]
    endpoint: Annotated[str, Text(400, 8, r"https?://[^\s?#]+")]
    test: bool
    created_at: datetime
    signing: Annotated[tuple[CardCertificate, ...], Count(1, 8)]
    tls_authorities: Annotated[tuple[CardCertificate, ...], Count(0, 8)]
    capabilities: Capabilities


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a person compares over another channel."""

    purpose: str
    subject: str
    sha256: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class ReadCard:
    """A card that holds together, with the exact bytes it was read from."""

    card: Card
    document: bytes
    sealed_by: str

    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """List every certificate on the card for comparison, signing ones first."""
        held = [("SIGNING", one) for one in self.card.signing]
        held += [("TLS", one) for one in self.card.tls_authorities]
        return tuple(
            Fingerprint(
                purpose,
                one.x509.subject.rfc4514_string(),
                keyring.fingerprint(one.der),
                one.valid_from,
                one.valid_until,
            )
            for purpose, one in held
        )


def make_card(settings: Settings, *, profile: Profile, signer: Signer, now: datetime) -> bytes:
    """Make and seal the card of a node.

    Raises:
        ConfigurationError: a certificate named by the settings cannot be read.

    """
    card = card_of(settings, profile=profile, signer=signer, now=now)
    return seal(compose(card), signer=signer)


def card_of(settings: Settings, *, profile: Profile, signer: Signer, now: datetime) -> Card:
    """Say what stands on the card of a node.

    Raises:
        ConfigurationError: a certificate named by the settings cannot be read.

    """
    keys = settings.keys
    signing = [x509.load_der_x509_certificate(signer.certificate_der)]
    if keys.next_signing_certificate:
        signing.append(load_certificate(keys.next_signing_certificate))
    # A node behind a proxy may have no TLS key of its own to be called by.
    has_tls = settings.server.tls or keys.tls_authority.exists()
    return Card(
        authority=settings.authority,
        name=profile.name,
        endpoint=settings.endpoint,
        test=settings.test,
        created_at=now,
        signing=tuple(CardCertificate.of(one) for one in signing),
        tls_authorities=(CardCertificate.of(load_certificate(keys.tls_authority)),)
        if has_tls
        else (),
        capabilities=Capabilities.of(profile),
    )


def read_card(document: bytes, *, now: datetime) -> ReadCard | Refusal:
    """Judge a card by itself: well-formed, exact, and sealed by a key that it carries.

    1. Parse the bytes.
    2. Read what the card says; nothing of it is believed yet.
    3. Verify the seal with the signing certificates on the card.
    4. Write the card anew: it must give the very bytes that were signed, so that nothing stands
       in it that was not read.
    """
    parsed = parse(document, limits=Limits(max_bytes=MAX_CARD_BYTES))  # 1
    if isinstance(parsed, Refusal):
        return parsed
    card = _read(parsed)  # 2
    if isinstance(card, Refusal):
        return card
    verified = signature.verify(parsed, trust=_own_keys(card), at=now)  # 3
    if isinstance(verified, Refusal):
        return verified
    if compose(card) != verified.canonical:  # 4
        return Refusal("SCH-CARD", "The card is not spelled as this version spells cards.")
    return ReadCard(card, document, sealed_by=verified.key_sha256.hex())


def is_test_card(document: bytes) -> bool:
    """Tell whether a card that was read before is of a test node; no card at all is not."""
    parsed = parse(document, limits=Limits(max_bytes=MAX_CARD_BYTES))
    if isinstance(parsed, Refusal):
        return False
    card = _read(parsed)
    return isinstance(card, Card) and card.test


def _read(parsed: Document) -> Card | Refusal:
    try:
        return record.read(Card, decompose(parsed.root, Card))
    except ValueError as error:
        return Refusal("SCH-CARD", f"This is no partner card: {error}"[:_MAX_WORDS])


def _own_keys(card: Card) -> dict[bytes, PinnedKey]:
    pins = (
        keyring.pin_key(one.x509, authority=card.authority, allowed=tuple(Algorithm))
        for one in card.signing
    )
    return {pin.sha256: pin for pin in pins}
