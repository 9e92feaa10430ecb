"""Answers: signals made, composed and signed for the messages that a partner sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from eodes.dialects.register import Dialects
from eodes.domain.message import Header, MessageType
from eodes.domain.partner import Profile
from eodes.domain.verdict import Refusal
from eodes.errors import UnpreparableError
from eodes.exchange.judge import Judged, Refused
from eodes.exchange.ports import Ids
from eodes.messages import CATALOGUE
from eodes.messages.ack_business import AcknowledgementBusiness, Warned
from eodes.messages.ack_technical import AcknowledgementTechnical
from eodes.messages.ack_transport import AcknowledgementTransport
from eodes.messages.error import Error, ErrorRefusal
from eodes.store.records import ReceivedCertificate
from eodes.wire import envelope
from eodes.wire.schemas import VERSION
from eodes.wire.signer import Signer, seal

_UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """An answer ready to leave, or one that left before."""

    message_id: str
    type: MessageType
    document: bytes
    is_new: bool = True

    @staticmethod
    def again(document: bytes) -> SignedAnswer:
        """Return an answer that is stored already, to be given once more byte for byte."""
        return SignedAnswer("", MessageType.ACK_TRANSPORT, document, is_new=False)


@dataclass(frozen=True, slots=True)
class Answering:
    """What answering needs, prebuilt."""

    authority: str
    own: Profile
    dialects: Dialects
    signer: Signer
    ids: Ids
    is_test: bool = False

    def accept(
        self,
        judged: Judged,
        *,
        registered: ReceivedCertificate | None,
        warnings: tuple[Refusal, ...],
        now: datetime,
    ) -> SignedAnswer:
        """Answer a message that stands: with the highest level that was reached.

        A signal is only told received; a certificate that waits for the one it replaces is told
        accepted and gets its business answer later; everything else is told registered.
        """
        digest = judged.document_digest
        if judged.header.is_signal:
            body: object = AcknowledgementTransport(digest=digest, received_at=now)
            kind = MessageType.ACK_TRANSPORT
        elif registered is not None and registered.state.value == "HELD":
            note = f"waits for {registered.supersedes_key}, which it replaces"
            body = AcknowledgementTechnical(digest=digest, accepted_at=now, held=True, note=note)
            kind = MessageType.ACK_TECHNICAL
        else:
            body = self.business_body(digest, registered=registered, warnings=warnings, now=now)
            kind = MessageType.ACK_BUSINESS
        return self.sign(kind, body, to=judged.authority, about=judged.header, now=now)

    def business_body(
        self,
        digest: str,
        *,
        registered: ReceivedCertificate | None,
        warnings: tuple[Refusal, ...],
        now: datetime,
    ) -> AcknowledgementBusiness:
        """Make the body that tells a message registered."""
        return AcknowledgementBusiness(
            digest=digest,
            registered_at=now,
            state=registered.state.value if registered else None,
            warnings=tuple(Warned(code=one.code, text=one.detail) for one in warnings),
        )

    def refuse(  # the facts of one refusal, each by its name
        self,
        verdict: Judged | Refused,
        refusals: tuple[Refusal, ...],
        *,
        document: bytes,
        to: str,
        now: datetime,
    ) -> SignedAnswer:
        """Answer with every reason; signed, because a refusal is evidence too."""
        digest = verdict.document_digest or hashlib.sha256(document).hexdigest()
        body = error_of(digest, refusals)
        return self.sign(MessageType.ERROR, body, to=to, about=verdict.header, now=now)

    def sign(  # the facts of one signal, each by its name
        self, kind: MessageType, body: object, *, to: str, about: Header | None, now: datetime
    ) -> SignedAnswer:
        """Compose and sign a signal."""
        header, payload = self.compose(kind, body, to=to, about=about, now=now)
        unsigned = envelope.compose(header, payload)
        return SignedAnswer(header.message_id, kind, seal(unsigned, signer=self.signer))

    def compose(  # the facts of one signal, each by its name
        self, kind: MessageType, body: object, *, to: str, about: Header | None, now: datetime
    ) -> tuple[Header, bytes]:
        """Write a signal's payload and its head.

        Raises:
            UnpreparableError: a text of ours does not fit its own schema.

        """
        element = CATALOGUE[kind].encode(body, dialect=self.dialects.house, profile=self.own)
        if isinstance(element, tuple):
            raise UnpreparableError(partner=to, refusals=element)
        payload = envelope.payload_bytes(element)
        header = Header(
            message_id=self.ids.new(now=now),
            type=kind,
            schema_version=VERSION,
            profile_version=self.own.version,
            sender=self.authority,
            receiver=to,
            conversation_id=about.conversation_id if about else _UNKNOWN_ID,
            created_at=now,
            business_date=now.astimezone(ZoneInfo(self.own.content.zone)).date(),
            business_zone=self.own.content.zone,
            body_digest=envelope.payload_digest(payload),
            causation_id=about.message_id if about else None,
            test=self.is_test,
        )
        return header, payload


def error_of(digest: str, refusals: tuple[Refusal, ...]) -> Error:
    """Make the body that refuses a message, with every reason."""
    return Error(
        digest=digest,
        refusals=tuple(
            ErrorRefusal(
                code=one.code,
                text=one.detail,
                retryable=one.retryable,
                path=one.path or None,
                box=one.box or None,
            )
            for one in refusals
        ),
    )
