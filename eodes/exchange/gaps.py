"""Gaps: see what was lost in a partner's channel, and ask for it again.

Messages may overtake each other, so a hole is no loss until it has stayed open for a while.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from eodes.domain.message import MessageType
from eodes.exchange.ports import Clock
from eodes.exchange.prepare import Preparing
from eodes.messages.co_retransmit import CertificateRetransmission, ChannelRange
from eodes.store.records import Gap
from eodes.store.unit import Store, Unit
from eodes.trust.registry import Partner, TrustRegistry

#: A partner repeats by itself what got no answer; only what stays away longer is asked for.
PATIENCE = timedelta(minutes=10)
LOOK_BACK = timedelta(days=7)

GAP = "channel.gap"
BROKEN = "channel.broken"


@dataclass(frozen=True, slots=True)
class Watching:
    """What watching the channels needs, prebuilt."""

    store: Store
    preparing: Preparing
    clock: Clock

    def watch(self, trust: TrustRegistry) -> int:
        """Look at every partner's channel; returns how much was found that nobody knew of.

        1. Find holes that have stayed open, and messages that name a wrong predecessor.
        2. Ask for the missing places once, and tell the office.
        3. A wrong predecessor is told to the office only: nothing that was received is undone.
        """
        return sum(
            self.store.repeat(lambda one=partner: self._watch(one))  # type: ignore[misc]  # bound at once
            for partner in trust.partners.values()
        )

    def _watch(self, partner: Partner) -> int:
        now = self.clock.now()
        since = now - LOOK_BACK
        with self.store.begin() as unit:
            gaps = unit.inbox.gaps(partner.authority, since=since, until=now - PATIENCE)
            asked = sum(self._ask(unit, partner, gap, now=now) for gap in gaps)
            broken = unit.inbox.broken_links(partner.authority, since=since)
            told = sum(_tell(unit, partner, message_id, now=now) for message_id in broken)
        return asked + told

    def _ask(self, unit: Unit, partner: Partner, gap: Gap, *, now: datetime) -> int:
        if unit.newsstand.has(GAP, partner=partner.authority, message_id=gap.before_message):
            return 0
        can_ask = MessageType.CO_RETRANSMIT in partner.profile.wire.message_types
        if can_ask and partner.profile.keeping.retransmits:
            wanted = ChannelRange(from_seq=gap.first, to_seq=gap.last)
            body = CertificateRetransmission(channel=wanted)
            self.preparing.prepare(unit, body, to=partner, now=now)
        unit.newsstand.add(
            GAP,
            partner=partner.authority,
            message_id=gap.before_message,
            facts={"first": gap.first, "last": gap.last, "is_asked_for": can_ask},
            now=now,
        )
        return 1


def _tell(unit: Unit, partner: Partner, message_id: str, *, now: datetime) -> int:
    if unit.newsstand.has(BROKEN, partner=partner.authority, message_id=message_id):
        return 0
    unit.newsstand.add(BROKEN, partner=partner.authority, message_id=message_id, facts={}, now=now)
    return 1
