"""Take effect: draw the consequences of what was received, then tell the office.

The message and its answer are stored already; whatever happens here can happen again after a
crash, because the message leaves its state in the transaction that draws its consequences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from eodes.domain.lifecycle import Incoming, Registered
from eodes.domain.verdict import Refusal
from eodes.errors import EodesError
from eodes.exchange.answering import Answering, error_of
from eodes.exchange.decide import not_replaceable
from eodes.exchange.effects import EFFECTS
from eodes.exchange.effects.case import Case
from eodes.exchange.judge import Judge
from eodes.exchange.ports import Clock, Listener
from eodes.exchange.prepare import Preparing
from eodes.exchange.record import release
from eodes.store.records import CertificateKey, IncomingMessage, ReceivedCertificate
from eodes.store.unit import Store, Unit
from eodes.trust.registry import TrustRegistry

BATCH = 100
#: A message whose consequences cannot be drawn now is looked at again after this long.
PAUSE = timedelta(seconds=30)

log = structlog.get_logger(__name__)


Step = Callable[[IncomingMessage, TrustRegistry], int]


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

        A message that fails does not hold up the others: it is logged, marked, and looked at again
        after a pause.
        """
        with self.store.read() as unit:
            waiting = unit.inbox.peek(Incoming.ACCEPTED, now=self.clock.now(), limit=BATCH)
        return sum(self._apart(self._settle, message, trust) for message in waiting)

    def release_held(self, trust: TrustRegistry) -> int:
        """Let held replacements go whose predecessor arrived, or whose waiting time ended.

        1. Predecessor present and unused: it is superseded and the replacement available, at once.
        2. Predecessor present and used, or replaced by another: the replacement is refused.
        3. The own profile's waiting time is over: accepted with a warning.
        4. The partner is told with a signal of its own.
        """
        done = 0
        last: IncomingMessage | None = None
        while page := self._held_after(last):
            done += sum(self._apart(self._release, message, trust) for message in page)
            last = page[-1]
        return done

    def _held_after(self, last: IncomingMessage | None) -> tuple[IncomingMessage, ...]:
        now = self.clock.now()
        with self.store.read() as unit:
            return unit.inbox.peek(Incoming.HELD, now=now, limit=BATCH, after=last)

    def _apart(self, step: Step, message: IncomingMessage, trust: TrustRegistry) -> int:
        """Take one step with one message, so that its failure is its own."""
        try:
            return self.store.repeat(lambda: step(message, trust))
        except Exception as error:  # the edge of a message: whatever it met, the next one comes
            code = "SYS-EFFECT" if isinstance(error, EodesError) else "SYS-DEFECT"
            log.exception(
                "message.settle.failed",
                message_id=message.message_id,
                partner=message.partner,
                code=code,
            )
        until = self.clock.now() + PAUSE

        def put_off() -> None:
            with self.store.begin() as unit:
                unit.inbox.put_off(message, until=until, code=code)

        self.store.repeat(put_off)
        return 0

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

    def _release(self, message: IncomingMessage, trust: TrustRegistry) -> int:
        now = self.clock.now()
        header, body = self.judge.reread(message.document)
        key = CertificateKey.of(body.certificate)
        with self.store.begin() as unit:
            if not unit.inbox.lock(message, Incoming.HELD):
                return 0
            outcome = self._let_go(unit, key, partner=message.partner, now=now)
            if outcome is None:
                return 0
            if isinstance(outcome, Refusal):
                signal: object = error_of(message.document_digest, (outcome,))
                unit.inbox.move(message, Incoming.SETTLED, now=now, code=outcome.code)
            else:
                signal = self.answering.business_body(
                    message.document_digest,
                    registered=unit.register.lock(key),
                    warnings=outcome,
                    now=now,
                )
                unit.inbox.move(message, Incoming.ACCEPTED, now=now)
            self.preparing.prepare(
                unit, signal, to=trust.partner(message.partner), answers=header, now=now
            )
        return 1

    def _let_go(
        self, unit: Unit, key: CertificateKey, *, partner: str, now: datetime
    ) -> Refusal | tuple[Refusal, ...] | None:
        """Release or refuse a held certificate; warnings if it stands, None while it waits on."""
        entry = unit.register.lock(key)
        if entry is None or entry.partner != partner:
            return Refusal("LIN-STATE", "The certificate waited for its predecessor in vain.")
        if entry.state is not Registered.HELD:
            return ()
        old = unit.register.lock(replace(key, number_key=entry.supersedes_key or ""))
        against = not_replaceable(old, entry.partner) if old else None
        if against:
            unit.register.withdraw(entry)
            return against
        patience = timedelta(seconds=self.judge.own.timers.hold_for_predecessor)
        if old is None and now - entry.registered_at >= patience:
            release(unit, entry, now=now)
            return (_no_predecessor(entry),)
        if old is None or old.state is Registered.HELD:
            return None
        unit.register.move(old, Registered.SUPERSEDED, now=now, superseded_by=key.number_key)
        release(unit, entry, now=now)
        return ()

    def tell_listeners(self) -> int:
        """Tell the office the news, in order; what it does not take is told again.

        News about a certificate or a case waits for earlier news about it; other news does not.
        """
        with self.store.read() as unit:
            news = unit.newsstand.untold(limit=BATCH)
        told = []
        stuck: set[object] = set()
        for one in news:
            facts = one.facts
            subject = facts.get("number_key") or facts.get("case_id") or one.message_id
            if subject in stuck:
                continue
            try:
                for listener in self.listeners:
                    listener.hear([one])
            except Exception as error:  # the edge to the office: any failure is told again
                log.exception("news.tell.failed", news=one.id, message_id=one.message_id)
                self._note_failure(one.id, error)
                stuck.add(subject)
                continue
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


def _no_predecessor(entry: ReceivedCertificate) -> Refusal:
    return Refusal(
        "LIN-PREDECESSOR",
        f"{entry.number_raw} is registered although {entry.supersedes_key}, which it replaces, "
        "never arrived; send that one too.",
    )
