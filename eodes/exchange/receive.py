"""Receive: judge the bytes, record them with the verdict, answer after the commit.

What cannot be attributed to a partner leaves no row: neither its signature stands, nor did it come
over a connection that a partner's certificate opened.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

import structlog

from eodes.domain.verdict import Refusal
from eodes.exchange.committer import Committer
from eodes.exchange.decide import Arrival
from eodes.exchange.judge import Judge, Refused
from eodes.exchange.ports import Clock
from eodes.exchange.trusting import TrustKeeper

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Unattributed:
    """A document from nobody we know; answered without a signature and without a trace in rows."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Receiving:
    """What receiving needs, prebuilt."""

    judge: Judge
    committer: Committer
    trust: TrustKeeper
    clock: Clock

    def receive(
        self, document: bytes, *, connected_as: str | None
    ) -> Unattributed | Future[bytes | None] | None:
        """Judge a document and hand it to the committer.

        1. Judge the bytes; no I/O.
        2. Attribute them: to who signed, else to who opened the connection, else to nobody.
        3. Hand them over; the answer comes with the commit of the group.

        None means that the store cannot follow at the moment and nothing was recorded; a future
        that ends in None, that trust changed meanwhile: both are to be tried again.
        """
        now = self.clock.now()
        arrival = self._judge(document, connected_as=connected_as, now=now)  # 1, 2
        if isinstance(arrival, Unattributed):
            log.warning(
                "message.receive.unattributed",
                code=arrival.refusal.code,
                detail=arrival.refusal.detail,
                size=len(document),
            )
            return arrival
        return self.committer.submit(arrival)  # 3

    def _judge(
        self, document: bytes, *, connected_as: str | None, now: datetime
    ) -> Arrival | Unattributed:
        trust = self.trust.current()
        verdict = self.judge.judge(document, trust=trust.keys, at=now)
        signed_by = verdict.authority
        if signed_by and connected_as and signed_by != connected_as:
            verdict = Refused(
                (_other_connection(signed_by, connected_as),),
                document_digest=verdict.document_digest,
            )
            signed_by = None
        partner = signed_by or connected_as
        if partner is None or partner not in trust.partners:
            assert isinstance(verdict, Refused)
            return Unattributed(verdict.first)
        if isinstance(verdict, Refused):
            log.info(
                "message.receive.refused",
                partner=partner,
                code=verdict.first.code,
                path=verdict.first.path,
            )
        return Arrival(
            document=document,
            verdict=verdict,
            partner=partner,
            received_at=now,
            trust_version=trust.version,
        )


def _other_connection(signed_by: str, connected_as: str) -> Refusal:
    return Refusal(
        "AUT-CONNECTION",
        f"{signed_by} signed the message and {connected_as} opened the connection; each partner "
        "sends its own messages over its own connection.",
    )
