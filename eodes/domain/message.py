"""What every message has: who speaks to whom, in which order, about what, and as answer to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from eodes.domain.certificate import AgreementCode, CertificateNumber, Country
from eodes.domain.number import MAX_NUMBER_LENGTH, number_key
from eodes.domain.record import Doc, Text, Whole

AuthorityCode = Annotated[str, Text(15, 5, "[A-Z]{2}-[A-Z0-9]{2,12}")]  # KR-KCS: country, authority
MessageId = Annotated[
    str, Text(36, 36, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
]
Digest = Annotated[str, Text(64, 64, "[0-9a-f]{64}")]  # SHA-256, lower-case hexadecimal


class MessageType(StrEnum):
    """The message set; one file in `eodes.messages` for each."""

    ACK_BUSINESS = "ACK_BUSINESS"
    ACK_TECHNICAL = "ACK_TECHNICAL"
    ACK_TRANSPORT = "ACK_TRANSPORT"
    CAPABILITY = "CAPABILITY"
    CO_ANNUL = "CO_ANNUL"
    CO_CANCEL = "CO_CANCEL"
    CO_CANCEL_REPLY = "CO_CANCEL_REPLY"
    CO_CORRECT = "CO_CORRECT"
    CO_ISSUE = "CO_ISSUE"
    CO_QUERY = "CO_QUERY"
    CO_RECORD = "CO_RECORD"
    CO_RETRANSMIT = "CO_RETRANSMIT"
    CO_USE = "CO_USE"
    ERROR = "ERROR"
    EXPORT_LINK = "EXPORT_LINK"
    RECON_DIFF = "RECON_DIFF"
    RECON_DIGEST = "RECON_DIGEST"
    SERVICE_NOTICE = "SERVICE_NOTICE"
    TRANSIT_EVIDENCE = "TRANSIT_EVIDENCE"
    VERIF_ACK = "VERIF_ACK"
    VERIF_DETERMINE = "VERIF_DETERMINE"
    VERIF_EXTEND = "VERIF_EXTEND"
    VERIF_REQUEST = "VERIF_REQUEST"
    VERIF_RESULT = "VERIF_RESULT"
    VISIT_ANSWER = "VISIT_ANSWER"
    VISIT_COMMENTS = "VISIT_COMMENTS"
    VISIT_FINAL = "VISIT_FINAL"
    VISIT_FINDINGS = "VISIT_FINDINGS"
    VISIT_PROPOSAL = "VISIT_PROPOSAL"


#: Signals answer a message, are never answered themselves, and stand outside the channel sequence.
SIGNALS = frozenset(
    {
        MessageType.ACK_BUSINESS,
        MessageType.ACK_TECHNICAL,
        MessageType.ACK_TRANSPORT,
        MessageType.ERROR,
    }
)

#: What is said in a verification; each partner takes all of it by message, or none.
VERIFICATIONS = frozenset(one for one in MessageType if one.value.startswith(("VERIF_", "VISIT_")))


@dataclass(frozen=True, slots=True)
class Header:
    """The envelope's head, signed with the body.

    The number of the delivery attempt is not in it: every attempt sends the same bytes, so the
    attempt travels beside the document (HTTP field `EODES-Attempt`).
    """

    message_id: MessageId
    type: MessageType
    schema_version: Annotated[str, Text(12, 1, "[0-9]+\\.[0-9]+")]
    profile_version: Annotated[str, Text(35)]
    sender: AuthorityCode
    receiver: AuthorityCode
    conversation_id: MessageId
    created_at: datetime
    business_date: date
    business_zone: Annotated[str, Text(40), Doc("IANA zone of the business date.")]
    body_digest: Digest
    causation_id: Annotated[MessageId, Doc("The message that this one answers.")] | None = None
    channel_seq: Annotated[int, Whole(1), Doc("Gapless from sender to receiver.")] | None = None
    previous_digest: Annotated[Digest, Doc("Of the message before in the channel.")] | None = None
    expires_at: datetime | None = None
    test: bool = False

    @property
    def is_signal(self) -> bool:
        """Tell whether the message is a signal, outside the channel sequence."""
        return self.type in SIGNALS


#: The digest that the first message of a channel names as its predecessor's.
NO_PREVIOUS_DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class CertificateId:
    """Names a certificate in a message that does not carry it."""

    issuing_country: Country
    agreement: AgreementCode
    number_raw: CertificateNumber
    number_key: Annotated[str, Text(MAX_NUMBER_LENGTH, 0, "[0-9A-Z]*")] = ""
    issued_on: date | None = None

    def __post_init__(self) -> None:
        if not self.number_key:
            object.__setattr__(self, "number_key", number_key(self.number_raw))
