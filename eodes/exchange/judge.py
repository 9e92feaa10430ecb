"""Judge a document: pure CPU over the bytes, no I/O, the same for a partner's and for our own.

The order is cheap first and trust before content: nothing is read from a document before its
signature stands, and only the tree that was verified is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eodes.dialects.register import Dialects
from eodes.domain.certificate import Certificate
from eodes.domain.message import VERIFICATIONS, Header, MessageType
from eodes.domain.partner import Profile
from eodes.domain.verdict import Finding, Refusal, Severity
from eodes.errors import UnreadableArchiveError
from eodes.exchange import verification_rules
from eodes.exchange.rules import Rules
from eodes.messages import CATALOGUE, AnySpec
from eodes.wire import envelope, parser, signature
from eodes.wire.parser import Element
from eodes.wire.schemas import Schemas
from eodes.wire.signature import TrustedKeys, Verified


@dataclass(frozen=True, slots=True)
class Judged:
    """A document that may be believed: who sealed it, what it says, what to warn of."""

    header: Header
    body: Any
    spec: AnySpec
    authority: str
    key_sha256: str
    document_digest: str
    dialect: str
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that is not believed, with every reason and as much as is known of its origin.

    `authority` is set only when the signature stands: then, and only then, somebody said this.
    """

    refusals: tuple[Refusal, ...]
    authority: str | None = None
    header: Header | None = None
    document_digest: str = ""

    @property
    def first(self) -> Refusal:
        """The reason that decided."""
        return self.refusals[0]


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything prebuilt that judging needs; one for a process."""

    authority: str
    own: Profile
    schemas: Schemas
    dialects: Dialects
    rules: Rules
    is_test: bool = False

    def judge(self, raw: bytes, *, trust: TrustedKeys, at: datetime) -> Judged | Refused:
        """Judge a document as of the instant it was received.

        1. Parse the bytes once, within limits.
        2. Verify the signature against the pinned keys.
        3. Read the head; see that we know its type, that it is for us and from its signer.
        4. Validate the verified tree against the schema.
        5. Read the body from the verified tree.
        6. See that a carried certificate is the sender's own, and judge it by its form's rules.
           See that what is said in a verification is complete, and its papers are their bytes.
        """
        limits = parser.Limits(max_bytes=self.own.wire.max_document_bytes)
        document = parser.parse(raw, limits=limits)  # 1
        if isinstance(document, Refusal):
            return Refused((document,))
        verified = signature.verify(document, trust=trust, at=at)  # 2
        if isinstance(verified, Refusal):
            return Refused((verified,))
        return self._judge_verified(document.root, verified, at=at)

    def reread(self, document: bytes) -> tuple[Header, Any]:
        """Read a stored document again, which was judged when it came; it is not judged again.

        Raises:
            UnreadableArchiveError: the stored bytes are not what was stored.

        """
        root = _root_again(document)
        header = envelope.read_header(root)
        if isinstance(header, Refusal):
            raise UnreadableArchiveError(refusal=header)
        return header, self._body_again(root, header.type)

    def reread_body(self, document: bytes) -> Any:
        """Read what a stored document says, as `reread` does, and leave its head unread.

        Raises:
            UnreadableArchiveError: the stored bytes are not what was stored.

        """
        root = _root_again(document)
        said = envelope.type_said(root)
        if said is None or said not in MessageType.__members__:
            return self.reread(document)[1]  # which says what is wrong with the head
        return self._body_again(root, MessageType(said))

    def explain(self, raw: bytes, verdict: Judged | Refused) -> tuple[Refusal, ...]:
        """Say in words everything that is wrong with a refused document; slow, for people.

        Only a document whose signature stands is looked at again, and only for its schema.
        """
        if isinstance(verdict, Judged):
            return ()
        document = parser.parse(raw, limits=parser.Limits())
        if isinstance(document, Refusal) or verdict.first.code != "SCH-INVALID":
            return verdict.refusals
        signature.drop_signature(document.root)
        return self.schemas.explain(document.root) or verdict.refusals

    def _body_again(self, root: Element, kind: MessageType) -> Any:
        payload = envelope.payload_of(root)
        body = CATALOGUE[kind].decode(payload, dialect=self.dialects.of_payload(payload))
        if isinstance(body, Refusal):
            raise UnreadableArchiveError(refusal=body)
        return body

    def _judge_verified(
        self, root: Element, verified: Verified, *, at: datetime
    ) -> Judged | Refused:
        digest = verified.digest.hex()
        header = _known_type(root) or envelope.read_header(root)  # 3
        if isinstance(header, Refusal):
            return Refused((header,), verified.authority, None, digest)
        refusals = self._misdirected(header, verified, at=at) or self._misformed(
            root, header, verified
        )  # 4
        if refusals:
            return Refused(refusals, verified.authority, header, digest)
        spec = CATALOGUE[header.type]
        payload = envelope.payload_of(root)
        dialect = self.dialects.of_payload(payload)
        body = spec.decode(payload, dialect=dialect)  # 5
        if isinstance(body, Refusal):
            return Refused((body,), verified.authority, header, digest)
        foreign = _wrong_issuer(header, body)
        if foreign:
            return Refused((foreign,), verified.authority, header, digest)
        found = self._found(body)  # 6
        against = tuple(one.as_refusal() for one in found if one.severity is Severity.REFUSE)
        if header.type in VERIFICATIONS:
            against = verification_rules.at_receipt(body, header, own=self.own)
        if against:
            return Refused(against, verified.authority, header, digest)
        return Judged(
            header=header,
            body=body,
            spec=spec,
            authority=verified.authority,
            key_sha256=verified.key_sha256.hex(),
            document_digest=digest,
            dialect=dialect.name,
            warnings=found,
        )

    def _misdirected(
        self, header: Header, verified: Verified, *, at: datetime
    ) -> tuple[Refusal, ...]:
        checks = (
            _wrong_sender(header, verified),
            self._wrong_receiver(header),
            self._wrong_type(header),
            self._wrong_world(header),
            _out_of_time(header, at=at, tolerance=self.own.timers.clock_tolerance),
            _out_of_channel(header),
        )
        first = next((one for one in checks if one), None)
        return (first,) if first else ()

    def _misformed(self, root: Element, header: Header, verified: Verified) -> tuple[Refusal, ...]:
        payload = envelope.payload_of(root)
        if payload.tag != CATALOGUE[header.type].tag:
            return (
                Refusal(
                    "ENV-TYPE-AND-BODY",
                    f"The header says {header.type} and the body holds another message; "
                    "make them agree.",
                    path="/Message/Body",
                ),
            )
        breach = self.schemas.validate(root, dialect=self.dialects.of_payload(payload).name)
        breach = breach or envelope.check_body_digest(header, verified.canonical)
        return (breach,) if breach else ()

    def _wrong_receiver(self, header: Header) -> Refusal | None:
        if header.receiver == self.authority:
            return None
        return Refusal(
            "ENV-WRONG-RECEIVER",
            f"The message is for {header.receiver} and this is {self.authority}; "
            "send it to its own receiver's address.",
            path="/Message/Header/ReceiverID",
        )

    def _wrong_type(self, header: Header) -> Refusal | None:
        if header.type in self.own.wire.message_types:
            return None
        return Refusal(
            "AUT-TYPE",
            f"{self.authority} takes no {header.type}; ask for its capability message.",
            path="/Message/Header/TypeCode",
        )

    def _wrong_world(self, header: Header) -> Refusal | None:
        if header.test == self.is_test:
            return None
        here, there = ("test", "production") if self.is_test else ("production", "test")
        return Refusal(
            "ENV-TEST",
            f"This is a {here} node and the message is marked for {there}; "
            f"send it to the {there} address.",
            path="/Message/Header/TestIndicator",
        )

    def _found(self, body: object) -> tuple[Finding, ...]:
        certificate = getattr(body, "certificate", None)
        if not isinstance(certificate, Certificate):
            return ()
        return self.rules.at_receipt(certificate, own=self.own)


def _known_type(root: Element) -> Refusal | None:
    """Name an unknown type before anything else of the head, for it decides what else is wrong."""
    said = envelope.type_said(root)
    if not said or said in MessageType.__members__:
        return None
    return Refusal(
        "ENV-UNKNOWN-TYPE",
        f"No message type {said[:40]!r} is known here; the types are in the message catalogue.",
        path="/Message/Header/TypeCode",
    )


def _root_again(document: bytes) -> Element:
    parsed = parser.parse_again(document)
    if isinstance(parsed, Refusal):
        raise UnreadableArchiveError(refusal=parsed)
    return parsed.root


def _wrong_sender(header: Header, verified: Verified) -> Refusal | None:
    if header.sender == verified.authority:
        return None
    return Refusal(
        "AUT-SENDER",
        f"The message names {header.sender} as its sender and is signed by {verified.authority}; "
        "an administration speaks only for itself.",
        path="/Message/Header/SenderID",
    )


def _wrong_issuer(header: Header, body: object) -> Refusal | None:
    """See that a certificate is of the sender's country: else one could take another's numbers."""
    certificate = getattr(body, "certificate", None)
    if not isinstance(certificate, Certificate):
        return None
    country = header.sender.partition("-")[0]
    if {certificate.export_country, certificate.issuance.body.country} == {country}:
        return None
    return Refusal(
        "AUT-ISSUER",
        f"{header.sender} sends a certificate of {certificate.issuance.body.country} for goods "
        f"exported from {certificate.export_country}; an administration sends its own country's.",
        path="/Message/Body",
    )


def _out_of_time(header: Header, *, at: datetime, tolerance: int) -> Refusal | None:
    if header.created_at > at + timedelta(seconds=tolerance):
        return Refusal(
            "ENV-CLOCK",
            f"The message was made at {header.created_at.isoformat()}, {tolerance} s and more "
            "ahead of our clock; set the clock and send a new message.",
            path="/Message/Header/CreationDateTime",
        )
    if header.expires_at is not None and header.expires_at <= at:
        return Refusal(
            "ENV-EXPIRED",
            f"The message was good until {header.expires_at.isoformat()}; send a new one.",
            path="/Message/Header/ExpirationDateTime",
        )
    return None


def _out_of_channel(header: Header) -> Refusal | None:
    placed = header.channel_seq is not None and header.previous_digest is not None
    bare = header.channel_seq is None and header.previous_digest is None
    if bare if header.is_signal else placed:
        return None
    return Refusal(
        "ENV-SEQUENCE",
        "Every message but a signal has its number in the channel and the digest of the message "
        "before it; signals have neither.",
        path="/Message/Header/ChannelSequenceNumeric",
    )
