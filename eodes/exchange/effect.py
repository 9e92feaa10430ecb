"""Take effect: draw the consequences of what was received, then tell the office.

The message and its answer are stored already; whatever happens here can happen again after a
crash, because the message leaves its state in the transaction that draws its consequences.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from eodes.domain.lifecycle import Incoming, Registered
from eodes.errors import EodesError
from eodes.exchange.answering import Answering
from eodes.exchange.effects import EFFECTS
from eodes.exchange.effects.case import Case
from eodes.exchange.judge import Judge
from eodes.exchange.ports import Clock, Listener
from eodes.exchange.prepare import Preparing
from eodes.store.records import IncomingMessage, ReceivedCertificate
from eodes.store.unit import Store, Unit
from eodes.trust.registry import TrustRegistry

BATCH = 100
#: A message whose consequences cannot be drawn now is looked at again after this long.
PAUSE = timedelta(seconds=30)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TakingEffect:
    """What drawing consequences needs, prebuilt."""

    store: Store
    judge: Judge
    preparing: Preparing
    answering: Answering
    clock: Clock
    listeners: tuple[Listener, ...] = ()

    def settle_all(self, trust: TrustRegistry) -> int:
        """Let every accepted message take effect, each in its own transaction.

        A message that fails stays where it is and does not hold up the others: it is logged, and
        tried again with the next run.
        """
        with self.store.read() as unit:
            waiting = unit.inbox.peek(Incoming.ACCEPTED, limit=BATCH)
        done = 0
        for message in waiting:
            try:
                done += self.store.repeat(lambda m=message: self._settle(m, trust))  # type: ignore[misc]  # bound at once
            except EodesError as error:
                log.exception(
                    "message.settle.failed", message_id=message.message_id, error=str(error)
                )
        return done

    def _settle(self, message: IncomingMessage, trust: TrustRegistry) -> int:
        """Apply one message's effect.

        1. Lock the row; pass on if another worker settled it.
        2. Read head and body again from the stored bytes, which were verified before.
        3. Apply the effect of its type and mark it settled, in one transaction.
        """
        header, body = self.judge.reread(message.document)  # 2
        now = self.clock.now()
        with self.store.begin() as unit:
            if not unit.inbox.lock(message, Incoming.ACCEPTED):  # 1
                return 0
            EFFECTS[message.type](  # 3
                Case(
                    unit=unit,
                    message=message,
                    header=header,
                    body=body,
                    partner=trust.partner(message.partner),
                    own=self.judge.own,
                    preparing=self.preparing,
                    now=now,
                )
            )
            unit.inbox.move(message, Incoming.SETTLED, now=now)
        return 1

    def release_held(self, trust: TrustRegistry) -> int:
        """Let held replacements go whose predecessor arrived, or whose waiting time ended.

        1. Predecessor present and unused: it is superseded and the replacement available, at once.
        2. The own profile's waiting time is over: accepted with a warning.
        3. The partner is told with a business acknowledgement of its own.
        """
        with self.store.read() as unit:
            waiting = unit.inbox.peek(Incoming.HELD, limit=BATCH)
        return sum(
            self.store.repeat(lambda m=message: self._release(m, trust))  # type: ignore[misc]  # bound at once
            for message in waiting
        )

    def _release(self, message: IncomingMessage, trust: TrustRegistry) -> int:
        now = self.clock.now()
        header, _ = self.judge.reread(message.document)
        with self.store.begin() as unit:
            if not unit.inbox.lock(message, Incoming.HELD):
                return 0
            entry = unit.register.by_message(message.message_id)
            if entry is None or not self._is_free(unit, entry, now=now):
                return 0
            self.preparing.prepare(
                unit,
                self.answering.business_body(
                    message.document_digest, registered=entry, warnings=(), now=now
                ),
                to=trust.partner(message.partner),
                answers=header,
                now=now,
            )
            unit.inbox.move(message, Incoming.ACCEPTED, now=now)
        return 1

    def _is_free(self, unit: Unit, entry: ReceivedCertificate, *, now: datetime) -> bool:
        if entry.state is not Registered.HELD:
            return True
        key = entry.key
        old = next(
            (
                one
                for one in unit.register.by_number(entry.supersedes_key or "")
                if one.key.agreement == key.agreement
                and one.key.issuing_country == key.issuing_country
            ),
            None,
        )
        waited = now - entry.registered_at
        patience = timedelta(seconds=self.judge.own.timers.hold_for_predecessor)
        if old is None:
            return waited >= patience and unit.register.move(entry, Registered.AVAILABLE, now=now)
        if old.used_by_declaration is not None or old.partner != entry.partner:
            return False
        superseded = old.state is Registered.SUPERSEDED or unit.register.move(
            old, Registered.SUPERSEDED, now=now, superseded_by=key.number_key
        )
        return superseded and unit.register.move(entry, Registered.AVAILABLE, now=now)

    def tell_listeners(self) -> int:
        """Tell the office the news, in order; what it does not take is told again."""
        with self.store.read() as unit:
            news = unit.newsstand.untold(limit=BATCH)
        told = []
        for one in news:
            try:
                for listener in self.listeners:
                    listener.hear([one])
            except Exception as error:  # the edge to the office: any failure is told again
                log.exception("news.tell.failed", news=one.id, message_id=one.message_id)
                self._note_failure(one.id, error)
                break
            told.append(one.id)
        if told:
            now = self.clock.now()

            def keep() -> None:
                with self.store.begin() as unit:
                    unit.newsstand.told(told, now=now)

            self.store.repeat(keep)
        return len(told)

    def _note_failure(self, id_: int, error: Exception) -> None:
        with self.store.begin() as unit:
            unit.newsstand.untellable(id_, error=f"{type(error).__name__}: {error}"[:500])
