"""What the use cases read and write: one frozen record for each kind of row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import (
    Exchange,
    Incoming,
    Outgoing,
    Registered,
    Verification,
    Visit,
)
from eodes.domain.manifest import fingerprint
from eodes.domain.message import CertificateId, MessageType

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class CertificateKey:
    """What a certificate is found by: issuing country, agreement and number key."""

    issuing_country: str
    agreement: str
    number_key: str

    @staticmethod
    def of(certificate: Certificate) -> CertificateKey:
        """Return the key of a certificate."""
        return CertificateKey(
            certificate.export_country, certificate.agreement, certificate.number_key
        )

    @staticmethod
    def named(identifier: CertificateId) -> CertificateKey:
        """Return the key of a certificate that a message names."""
        return CertificateKey(
            identifier.issuing_country, identifier.agreement, identifier.number_key
        )


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message that was prepared: validated, and with everything but its place in the channel."""

    message_id: str
    partner: str
    type: MessageType
    header: Facts
    payload: bytes
    body_digest: str
    conversation_id: str
    created_at: datetime
    causation_id: str | None = None
    key: CertificateKey | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message of ours as stored."""

    message_id: str
    partner: str
    type: MessageType
    state: Outgoing
    header: Facts
    payload: bytes
    body_digest: str
    attempts: int
    created_at: datetime
    #: How many of the attempts were made before a person had it sent again.
    attempts_before: int = 0
    unsigned: bytes | None = None
    sealed: bytes | None = None
    document_digest: str | None = None
    channel_seq: int | None = None
    causation_id: str | None = None
    key: CertificateKey | None = None
    code: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """The place in the channel and the exact bytes that will be signed."""

    message_id: str
    unsigned: bytes
    document_digest: str
    channel_seq: int | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """The signed bytes of a message, and until when its final answer is awaited."""

    message_id: str
    document: bytes
    answer_due: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt, or one later answer, did to a message of ours."""

    message_id: str
    attempt: int
    state: Outgoing
    outcome: str
    detail: str
    due_at: datetime | None = None
    code: str | None = None
    #: Until when the final answer may take, from the moment that the partner has the message.
    answer_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A signed answer to a message of ours, with its exact bytes."""

    receipt_id: str
    partner: str
    message_id: str
    type: MessageType
    document: bytes
    received_at: datetime
    body: Facts


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A partner's message with its exact bytes, our verdict and our exact answer."""

    partner: str
    message_id: str
    type: MessageType
    state: Incoming
    conversation_id: str
    document: bytes
    document_digest: str
    body_digest: str
    business_date: date
    received_at: datetime
    trust_version: int
    key_sha256: str
    answer_id: str
    answer_type: MessageType
    answer: bytes
    causation_id: str | None = None
    channel_seq: int | None = None
    previous_digest: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """As much of a stored incoming message as deciding about a second one needs."""

    partner: str
    message_id: str
    document_digest: str
    channel_seq: int | None
    answer: bytes


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """What an authenticated partner sent and we refused, with our signed answer."""

    partner: str
    sha256: str
    document: bytes
    code: str
    detail: str
    path: str
    received_at: datetime
    answer_id: str
    answer: bytes
    claimed_message_id: str | None = None
    channel_seq: int | None = None


@dataclass(frozen=True, slots=True)
class RefusedBefore:
    """What was said to a document that was refused before."""

    answer: bytes
    code: str

    @property
    def is_for_lack_of_trust(self) -> bool:
        """Tell whether the signature did not stand: then nobody is proven to have said it."""
        return self.code.startswith("SIG-")


@dataclass(frozen=True, slots=True)
class ReceivedCertificate:
    """A certificate that a partner sent us, as it stands in our register."""

    key: CertificateKey
    partner: str
    number_raw: str
    position: int
    state: Registered
    message_id: str
    body_digest: str
    issued_on: date
    valid_until: date
    business_date: date
    registered_at: datetime
    supersedes_key: str | None = None
    superseded_by_key: str | None = None
    used_by_declaration: str | None = None
    export_link: Facts | None = None

    @property
    def replaced(self) -> CertificateKey | None:
        """The key of the certificate that this one replaces."""
        if self.supersedes_key is None:
            return None
        return CertificateKey(self.key.issuing_country, self.key.agreement, self.supersedes_key)


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A certificate of ours and how far it has come with a partner."""

    partner: str
    key: CertificateKey
    number_raw: str
    position: int
    state: Exchange
    business_date: date
    certificate: bytes
    body_digest: str | None = None
    message_id: str | None = None
    supersedes_key: str | None = None
    code: str | None = None
    detail: str | None = None
    state_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UseRow:
    """What importing customs decided about one item of a certificate."""

    message_id: str
    item_no: int
    direction: str
    partner: str
    key: CertificateKey
    declaration_number: str
    outcome: str
    at: datetime
    quantity: str | None = None
    unit: str | None = None
    reason_code: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The message that opened a round or proposed a visit."""

    message_id: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class VerificationRow:
    """Who asked whom to verify what, and how far it has come."""

    partner: str
    case_id: str
    asker: str
    state: Verification
    round: int
    certificates: frozenset[CertificateKey]
    opened_by: Mapping[str, Opened]
    visit: Visit | None = None
    visit_no: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a difference may stand, in words, and who says so."""

    because: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundDifference:
    """One difference that a reconciliation found, in both sides' words."""

    run_id: str
    partner: str
    kind: str
    subject: str
    ours: str
    theirs: str
    found_at: datetime
    repair: str = ""
    explanation: Explanation | None = None

    @property
    def digest(self) -> str:
        """Return the digest by which the same difference is known again."""
        return fingerprint(
            self.partner, self.kind, subject=self.subject, ours=self.ours, theirs=self.theirs
        )


@dataclass(frozen=True, slots=True)
class ReconciliationRun:
    """One comparison with one partner over some days."""

    run_id: str
    partner: str
    day_from: date
    day_to: date
    state: str
    ours_count: int
    ours_digest: str
    message_id: str
    started_at: datetime
    ended_at: datetime | None = None
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What to list: filters and where to go on."""

    limit: int = 50
    partner: str | None = None
    state: str | None = None
    type: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One fact for the office; told at least once, in order, until the listener takes it."""

    id: int
    kind: str
    partner: str
    message_id: str
    facts: Facts
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Places of a channel that are missing, and the message that showed it."""

    first: int
    last: int
    before_message: str
