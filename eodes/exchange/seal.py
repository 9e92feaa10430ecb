"""Seal: give prepared messages their place in the channel, sign them, keep the bytes.

Numbering and signing are two transactions with the signature between them, because a signing
device must not be waited for while a row is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from eodes.domain import record
from eodes.domain.message import NO_PREVIOUS_DIGEST, SIGNALS, Header
from eodes.domain.verdict import Refusal
from eodes.errors import UnsealableError
from eodes.exchange.ports import Clock
from eodes.store.records import Numbered, OutgoingMessage, Sealed
from eodes.store.unit import Store, Unit
from eodes.trust.registry import TrustRegistry
from eodes.wire import envelope, parser, signature, signer
from eodes.wire.schemas import Schemas
from eodes.wire.signature import PinnedKey
from eodes.wire.signer import Signer

BATCH = 100

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What sealing needs, prebuilt."""

    store: Store
    signer: Signer
    own_key: PinnedKey
    schemas: Schemas
    clock: Clock

    def seal_all(self, trust: TrustRegistry) -> int:
        """Seal what is prepared; returns how many messages moved.

        1. Give queued messages their numbers, one transaction a batch.
        2. Sign each numbered message, with no transaction open.
        3. Verify our own signature with the code that a receiver runs.
        4. Keep the signed bytes; from now on these and no others are sent.
        """
        numbered = self.store.repeat(self._number)  # 1
        with self.store.read() as unit:
            waiting = unit.outbox.unsealed(limit=BATCH)
        now = self.clock.now()
        sealed = [
            done
            for message in waiting
            if message.partner in trust.partners  # one without a profile waits for it
            and (done := self._seal(message, trust, now=now)) is not None
        ]
        if sealed:
            self.store.repeat(lambda: self._keep(sealed, now=now))
        return numbered + len(waiting)

    def _number(self) -> int:
        with self.store.begin() as unit:
            queued = unit.outbox.queued(limit=BATCH)
            by_partner = sorted(queued, key=lambda message: message.partner)
            for partner, messages in groupby(by_partner, key=lambda message: message.partner):
                number(unit, partner, messages)
            return len(queued)

    def _keep(self, sealed: Sequence[Sealed], *, now: datetime) -> None:
        with self.store.begin() as unit:  # 4
            unit.outbox.keep_sealed(sealed, now=now)

    def _seal(
        self, message: OutgoingMessage, trust: TrustRegistry, *, now: datetime
    ) -> Sealed | None:
        """Sign one message; one that cannot be sealed is set aside and holds up no other."""
        try:
            document = seal_verified(  # 2, 3
                message, signer_=self.signer, own_key=self.own_key, schemas=self.schemas, now=now
            )
        except UnsealableError as error:
            log.exception("message.seal.failed", message_id=message.message_id)
            with self.store.begin() as unit:
                unit.outbox.fail(
                    message.message_id, code=error.refusal.code, detail=error.refusal.detail
                )
            return None
        patience = trust.partner(message.partner).profile.timers.business_answer
        return Sealed(message.message_id, document, now + timedelta(seconds=patience))


def number(unit: Unit, partner: str, messages: Iterable[OutgoingMessage]) -> None:
    """Give messages their places in a channel and write their exact unsigned bytes.

    Each message names the digest of the one before it, so a loss shows and an insertion cannot
    hide.  Signals stand outside the sequence: they answer and are not answered.
    """
    last_seq, last_digest = unit.outbox.channel(partner)
    numbered = []
    for message in messages:
        header = record.read(Header, message.header)
        seq = None
        if message.type not in SIGNALS:
            seq = last_seq + 1
            header = replace(header, channel_seq=seq, previous_digest=last_digest)
        unsigned = envelope.compose(header, message.payload)
        digest = envelope.document_digest(unsigned)
        numbered.append(Numbered(message.message_id, unsigned, digest, seq))
        if seq is not None:
            last_seq, last_digest = seq, digest
    unit.outbox.number(partner, numbered, last=(last_seq, last_digest))


def provisional(header: Header) -> Header:
    """Return a header as the schema will see it, before its place in the channel is known."""
    if header.is_signal:
        return header
    return replace(header, channel_seq=1, previous_digest=NO_PREVIOUS_DIGEST)


def seal_verified(  # each is one thing that sealing needs
    message: OutgoingMessage,
    *,
    signer_: Signer,
    own_key: PinnedKey,
    schemas: Schemas,
    now: datetime,
) -> bytes:
    """Sign a numbered message and look at the result as its receiver will.

    Raises:
        UnsealableError: our own signature does not stand, or the schema refuses the document.

    """
    unsigned = message.unsigned or b""
    sealed = signer.seal(unsigned, signer=signer_)
    refusal = inspect(sealed, own_key=own_key, schemas=schemas, now=now)
    if refusal:
        raise UnsealableError(message_id=message.message_id, refusal=refusal)
    return sealed


def inspect(
    sealed: bytes, *, own_key: PinnedKey, schemas: Schemas, now: datetime
) -> Refusal | None:
    """Look at our own sealed bytes with the receiver's parser, verifier and schema."""
    document = parser.parse(sealed, limits=parser.Limits())
    if isinstance(document, Refusal):
        return document
    verified = signature.verify(document, trust={own_key.sha256: own_key}, at=now)
    if isinstance(verified, Refusal):
        return verified
    return schemas.validate(document.root)
