"""Sealed copies: a certificate whole, in our own dialect, under the seal of its issuer.

A copy goes with the paper.  It is addressed to nobody, so it has no envelope; whoever has pinned
the issuer's certificate reads it without a network.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509

from eodes.dialects.engine import Dialect, load_dialect
from eodes.dialects.register import HOUSE
from eodes.domain.certificate import Certificate, Disclosure
from eodes.domain.partner import AcceptedForm, Algorithm, Charset, Content, Numbers, Profile
from eodes.domain.verdict import Refusal
from eodes.errors import UnpreparableError
from eodes.wire import keyring, parser, signature, signer
from eodes.wire.canonical import canonicalize
from eodes.wire.signature import PinnedKey, TrustedKeys
from eodes.wire.signer import Signer


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that may be believed, and who sealed it."""

    certificate: Certificate
    authority: str
    key_sha256: bytes


@dataclass(frozen=True, slots=True)
class Copies:
    """Seals copies of this administration's certificates."""

    own: Profile
    signer: Signer

    def seal(self, certificate: Certificate) -> bytes:
        """Write a certificate whole and seal it; what may not be disclosed is withheld.

        Raises:
            UnpreparableError: a text holds characters that XML has no room for.

        """
        profile = _whole(self.own, certificate)
        element = _dialect().write_certificate(certificate, profile=profile)
        if isinstance(element, tuple):
            raise UnpreparableError(partner=self.own.authority, refusals=element)
        return signer.seal(canonicalize(element), signer=self.signer)

    def public(self, certificate: Certificate) -> Certificate:
        """Return a certificate as a reader of its sealed copy sees it."""
        return _dialect().wire_view(certificate, profile=_whole(self.own, certificate))


def pin_issuer(certificate_der: bytes, *, authority: str) -> PinnedKey:
    """Trust a certificate to seal copies of an administration, with any algorithm we know."""
    certificate = x509.load_der_x509_certificate(certificate_der)
    return keyring.pin_key(certificate, authority=authority, allowed=tuple(Algorithm))


def read_copy(raw: bytes, *, trust: TrustedKeys, at: datetime) -> Copy | Refusal:
    """Read a copy as of the instant it was sealed, or say why it is not believed.

    1. Parse the bytes once, within limits.
    2. Verify the seal against the pinned keys.
    3. Read the certificate from the verified tree.
    4. See that it is of the sealing administration's own country.
    """
    document = parser.parse(raw, limits=parser.Limits())  # 1
    if isinstance(document, Refusal):
        return document
    verified = signature.verify(document, trust=trust, at=at)  # 2
    if isinstance(verified, Refusal):
        return verified
    certificate = _dialect().read_certificate(document.root)  # 3
    if isinstance(certificate, Refusal):
        return certificate
    country = verified.authority.partition("-")[0]  # 4
    if {certificate.export_country, certificate.issuance.body.country} != {country}:
        return Refusal(
            "AUT-ISSUER",
            f"{verified.authority} sealed a certificate of {certificate.issuance.body.country} "
            f"for goods exported from {certificate.export_country}; an administration seals its "
            "own country's.",
        )
    return Copy(certificate, verified.authority, verified.key_sha256)


def _dialect() -> Dialect:
    return load_dialect(HOUSE)


def _whole(own: Profile, certificate: Certificate) -> Profile:
    """Return our own profile without the limits that partners put on what they take."""
    content = Content(
        forms=(AcceptedForm(certificate.agreement, certificate.form_type),),
        hs_digits_most=12,
        hs_editions=tuple(dict.fromkeys(one.hs_edition for one in certificate.items)),
        charset=Charset.UNICODE,
        zone=own.content.zone,
        producer_disclosures=tuple(Disclosure),
    )
    return replace(own, content=content, numbers=Numbers())
