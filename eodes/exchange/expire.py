"""Expire: no message rests in between; what a partner never answered is set aside and shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from eodes.domain.lifecycle import EXCHANGE, Exchange, Outgoing
from eodes.exchange.ports import Clock
from eodes.exchange.progress import tell_exchange
from eodes.store.records import Outcome
from eodes.store.unit import Store

BATCH = 200


@dataclass(frozen=True, slots=True)
class Expiring:
    """What expiring needs, prebuilt."""

    store: Store
    clock: Clock

    def expire_overdue(self) -> int:
        """Set aside messages whose final answer is past the partner's own deadline.

        1. Find messages that the partner has but never settled.
        2. Move them to FAILED, and a carried certificate's exchange to UNKNOWN.
        3. Tell the office; reconciliation or a late answer brings the truth.
        """
        return self.store.repeat(self._expire)

    def _expire(self) -> int:
        now = self.clock.now()
        with self.store.begin() as unit:
            overdue = unit.outbox.overdue(now=now, limit=BATCH)  # 1
            detail = "no final answer within the partner's time"
            unit.outbox.record(  # 2
                [
                    Outcome(
                        message.message_id,
                        0,
                        Outgoing.FAILED,
                        "OVERDUE",
                        detail,
                        code="SYS-NO-ANSWER",
                    )
                    for message in overdue
                ],
                now=now,
            )
            for message in overdue:
                row = unit.exchanges.by_message(message.message_id)
                if row is None or Exchange.UNKNOWN not in EXCHANGE.moves[row.state]:
                    continue
                unit.exchanges.move(
                    row,
                    Exchange.UNKNOWN,
                    now=now,
                    because="overdue",
                    code="SYS-NO-ANSWER",
                    detail=detail,
                )
                tell_exchange(  # 3
                    unit,
                    replace(row, state=Exchange.UNKNOWN),
                    message_id=message.message_id,
                    now=now,
                    code="SYS-NO-ANSWER",
                    detail=detail,
                )
        return len(overdue)
