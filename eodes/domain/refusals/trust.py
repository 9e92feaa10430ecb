"""Codes of signature, keys and authority: who said it, and whether he may."""

from __future__ import annotations

from eodes.domain.refusals.meaning import Meaning, Mender

_PROFILE = "docs/decisions/0008-our-own-strict-signature-verifier.md"

TRUST: tuple[Meaning, ...] = (
    Meaning(
        "AUT-CARD-AUTHORITY",
        Mender.OPERATOR,
        "The card and the profile are of two different authorities.",
        "Name the profile of the card's authority.",
    ),
    Meaning(
        "AUT-CARD-HELD",
        Mender.OPERATOR,
        "A certificate on the card already speaks for another partner.",
        "Ask both partners; no certificate speaks for two.",
    ),
    Meaning(
        "AUT-CARD-WORLD",
        Mender.OPERATOR,
        "The card is of a test node and this node is a production node, or the other way round.",
        "Ask the partner for the card of its node in the same world.",
    ),
    Meaning(
        "AUT-CONNECTION",
        Mender.SENDER,
        "One partner signed the message and another one's certificate opened the connection.",
        "Send your own messages over your own connection.",
    ),
    Meaning(
        "AUT-ISSUER",
        Mender.SENDER,
        "The certificate was issued, or the goods exported, in another country than the sender's.",
        "Let the administration of the issuing country send it.",
    ),
    Meaning(
        "AUT-NOT-TAKEN",
        Mender.OPERATOR,
        "The partner's server answered with an HTTP status that more attempts would not change.",
        "Read the answer with `eodes message show`, mend its cause with the partner, then resend.",
    ),
    Meaning(
        "AUT-SENDER",
        Mender.SENDER,
        "The header names another sender than the key that signed.",
        "Sign with the key of the administration that SenderID names.",
    ),
    Meaning(
        "AUT-TYPE",
        Mender.SENDER,
        "The receiver's profile does not take this type of message.",
        "Use another type, or agree with the receiver that it takes this one.",
    ),
    Meaning(
        "SIG-ALGORITHM",
        Mender.SENDER,
        "The algorithm is outside the profile or not agreed with this partner.",
        "Use ECDSA P-256 with SHA-256, or another algorithm that the profile allows.",
        source="NIST SP 800-131A for the shortest RSA key",
    ),
    Meaning(
        "SIG-C14N",
        Mender.SENDER,
        "The document has no canonical form.",
        "Use absolute namespace names.",
        source="Exclusive XML Canonicalization 1.0",
    ),
    Meaning(
        "SIG-DIGEST",
        Mender.SENDER,
        "The content was altered after it was signed.",
        "Send the bytes as they were signed; look for a program between that rewrites XML.",
    ),
    Meaning(
        "SIG-KEY-MISMATCH",
        Mender.SENDER,
        "The key in the certificate cannot make signatures of the algorithm that is named.",
        "Name the algorithm of the key.",
    ),
    Meaning(
        "SIG-KEY-USAGE",
        Mender.SENDER,
        "The certificate does not say that its key is for signing.",
        "Use a certificate with digitalSignature or nonRepudiation among its key usages.",
        source="RFC 5280, 4.2.1.3",
    ),
    Meaning(
        "SIG-MISSING",
        Mender.SENDER,
        "The document is not signed.",
        "Sign it before sending.",
    ),
    Meaning(
        "SIG-NOT-AGREED",
        Mender.OPERATOR,
        "The card carries a signing certificate that is no pin of the profile.",
        "Ask the partner over another channel before you change the profile's pins.",
    ),
    Meaning(
        "SIG-NOT-YET-VALID",
        Mender.SENDER,
        "The signing certificate does not count yet.",
        "Sign with the present one.",
    ),
    Meaning(
        "SIG-PIN-EXPIRED",
        Mender.SENDER,
        "The signing certificate counts no longer.",
        "Give partners a card with its successor, and sign with that.",
    ),
    Meaning(
        "SIG-REFERENCE",
        Mender.SENDER,
        "The signature does not cover the whole document by the two transforms of the profile.",
        "Reference an empty URI, with enveloped-signature and then exclusive C14N.",
        source=_PROFILE,
    ),
    Meaning(
        "SIG-REVOKED",
        Mender.SENDER,
        "The receiver was told to trust this certificate no longer.",
        "Sign with its successor, and ask the receiver since when it is revoked.",
    ),
    Meaning(
        "SIG-STRUCTURE",
        Mender.SENDER,
        "The signature has not the one shape of the profile, or there are several.",
        "Write exactly the elements of the profile, as the last child of Message.",
        source=_PROFILE,
    ),
    Meaning(
        "SIG-TLS-AUTHORITY",
        Mender.SENDER,
        "A TLS certificate on the card is no certification authority, or has ended.",
        "Make a new card with the authority that issued the TLS certificate.",
    ),
    Meaning(
        "SIG-UNKNOWN-KEY",
        Mender.SENDER,
        "The certificate in the signature is no partner's.",
        "Exchange partner cards first; keys are pinned and never taken from a message.",
    ),
    Meaning(
        "SIG-VALUE",
        Mender.SENDER,
        "The signature was not made by the pinned key over this SignedInfo.",
        "Sign again; ECDSA values are r and s side by side, not DER.",
        source="XML Signature 1.1, 6.4.3",
    ),
)
