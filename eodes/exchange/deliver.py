"""Deliver: mark, commit, call, record; no transaction is open while a partner is called."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog

from eodes.domain.lifecycle import Outgoing
from eodes.domain.partner import Timers
from eodes.errors import EodesError, PartnerUnreachableError
from eodes.exchange.ports import Clock, Transport
from eodes.exchange.recourse import again
from eodes.exchange.settle import Settling
from eodes.store.records import Outcome, OutgoingMessage
from eodes.store.unit import Store
from eodes.transport.answer import Answer
from eodes.trust.registry import TrustRegistry

BATCH = 64
IN_FLIGHT = 16
#: A call that has not ended by then died with its worker; the bytes go again.
LEASE_OVER_ANSWER_TIMEOUT = timedelta(seconds=30)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What delivering needs, prebuilt."""

    store: Store
    transport: Transport
    settling: Settling
    clock: Clock
    pool: ThreadPoolExecutor
    owner: str

    def deliver_due(self, trust: TrustRegistry) -> int:
        """Send what is due; returns how many messages were tried.

        1. Claim a batch: state SENDING, one more attempt, an attempt row; commit.
        2. Call each partner, many at once, with no transaction open.
        3. Judge each answer.
        4. Record all outcomes, receipts and what follows from them in one transaction.
        """
        now = self.clock.now()
        skip = tuple(
            partner.authority
            for partner in trust.partners.values()
            if partner.is_suspended(now=now)
        )
        claimed = self.store.repeat(lambda: self._claim(trust, skip=skip, now=now))  # 1
        known = [message for message in claimed if message.partner in trust.partners]
        attempts = list(self.pool.map(lambda message: self._attempt(message, trust), known))  # 2, 3
        if attempts:
            self.settling.settle_answers(attempts, trust=trust)  # 4
        return len(claimed)

    def _claim(
        self, trust: TrustRegistry, *, skip: tuple[str, ...], now: datetime
    ) -> tuple[OutgoingMessage, ...]:
        longest = max((one.profile.timers.answer for one in trust.partners.values()), default=30)
        with self.store.begin() as unit:
            return unit.outbox.claim_due(
                owner=self.owner,
                now=now,
                limit=BATCH,
                lease=timedelta(seconds=longest) + LEASE_OVER_ANSWER_TIMEOUT,
                skip=skip,
            )

    def _attempt(
        self, message: OutgoingMessage, trust: TrustRegistry
    ) -> tuple[OutgoingMessage, Answer | Outcome]:
        partner = trust.partner(message.partner)
        try:
            answer = self.transport.post(partner, message.sealed or b"", attempt=message.attempts)
        except PartnerUnreachableError as error:
            log.info(
                "message.deliver.unreachable",
                message_id=message.message_id,
                partner=message.partner,
                attempt=message.attempts,
                reason=error.reason,
            )
            return message, again(
                message,
                partner.profile.timers,
                outcome="UNREACHABLE",
                detail=error.reason,
                now=self.clock.now(),
            )
        except EodesError as error:
            # What hinders us towards one partner, say its certificate, must not stop the others.
            log.exception("message.deliver.hindered", message_id=message.message_id)
            return message, again(
                message,
                partner.profile.timers,
                outcome="NOT_SENT",
                detail=str(error),
                now=self.clock.now(),
            )
        if answer.status != HTTPStatus.OK:
            return message, _not_taken(
                message, partner.profile.timers, answer, now=self.clock.now()
            )
        return message, answer


def _not_taken(
    message: OutgoingMessage, timers: Timers, answer: Answer, *, now: datetime
) -> Outcome:
    """Read an HTTP status that is no acknowledgement: later, or never without a person."""
    detail = f"HTTP {answer.status}: {answer.body[:500].decode('utf-8', 'replace')}"
    later = answer.status in _LATER or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if later:
        return again(
            message,
            timers,
            outcome="BUSY",
            detail=detail,
            now=now,
            not_before=now + timedelta(seconds=answer.retry_after or 0),
        )
    return Outcome(
        message.message_id,
        message.attempts,
        Outgoing.FAILED,
        "NOT_TAKEN",
        detail,
        code="AUT-NOT-TAKEN",
    )


_LATER = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
