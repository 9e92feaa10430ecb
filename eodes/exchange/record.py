"""Record: sign the answers to what was decided, and write all of it in one transaction.

The answer leaves only after the commit, and it is stored with the message it answers: a partner
that asks again gets the same bytes.  Deciding reads, signing has no transaction open, writing is
guarded by the database's own constraints; who loses a race decides again on what he then sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from eodes.domain.lifecycle import Incoming, Registered
from eodes.errors import StoreBusyError
from eodes.exchange.answering import Answering, SignedAnswer
from eodes.exchange.decide import Arrival, Decision, decide, look, sha256_of, waves
from eodes.exchange.judge import Judged
from eodes.store.records import IncomingMessage, ReceivedCertificate, RefusedDocument
from eodes.store.unit import Store, Unit

MAX_ROUNDS = 8

log = structlog.get_logger(__name__)


class _LostRaceError(Exception):
    """Another transaction was first; what was decided no longer holds."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What recording needs, prebuilt."""

    store: Store
    answering: Answering

    def record(self, arrivals: Sequence[Arrival]) -> list[bytes | None]:
        """Record a group of judged documents; returns the answer to each, in their order.

        Documents that are equal byte for byte are recorded once and share one answer; those that
        touch the same rows go in separate waves, so that the later sees what the earlier did.

        An entry is None when trust changed after its document was judged: it is to be judged again.

        Raises:
            StoreBusyError: the store stayed busy; nothing was recorded and nothing may be answered.

        """
        answers: dict[tuple[str, bytes], bytes | None] = {}
        for wave in waves(arrivals):
            for arrival, answer in zip(wave, self._record_wave(wave), strict=True):
                answers[arrival.partner, arrival.document] = answer
        return [answers[arrival.partner, arrival.document] for arrival in arrivals]

    def _record_wave(self, arrivals: Sequence[Arrival]) -> list[bytes | None]:
        """Record arrivals that do not touch each other's rows.

        1. Read what the store knows of these ids, places and certificates.
        2. Decide each arrival: new, repeated, conflicting, held, refused.
        3. Sign the answers, with no transaction open.
        4. Write everything in one transaction, guarded by unique keys and expected states.
        5. On a lost race start over; after the commit, and only then, hand out the answers.
        """
        for _ in range(MAX_ROUNDS):
            with self.store.read() as unit:  # 1
                sight = look(unit, arrivals)
            decisions = [decide(arrival, sight) for arrival in arrivals]  # 2
            answers = [self._answer(decision) for decision in decisions]  # 3
            try:
                current = self._write(decisions, answers)  # 4
            except (_LostRaceError, StoreBusyError):  # 5
                log.info("messages.record.raced", count=len(arrivals))
                continue
            return [
                answer.document if decision.arrival.trust_version == current else None
                for decision, answer in zip(decisions, answers, strict=True)
            ]
        raise StoreBusyError(reason=f"{MAX_ROUNDS} rounds lost to other writers")

    def _answer(self, decision: Decision) -> SignedAnswer:
        arrival = decision.arrival
        if decision.stored_answer is not None:
            return SignedAnswer.again(decision.stored_answer)
        if decision.refusals:
            return self.answering.refuse(
                arrival.verdict,
                decision.refusals,
                document=arrival.document,
                to=arrival.partner,
                now=arrival.received_at,
            )
        assert isinstance(arrival.verdict, Judged)
        return self.answering.accept(
            arrival.verdict,
            registered=decision.stands_for,
            warnings=decision.warnings,
            now=arrival.received_at,
        )

    def _write(self, decisions: Sequence[Decision], answers: Sequence[SignedAnswer]) -> int:
        with self.store.begin() as unit:
            current = unit.trust_register.version()
            new = [
                (decision, answer)
                for decision, answer in zip(decisions, answers, strict=True)
                if answer.is_new and decision.arrival.trust_version == current
            ]
            # One order for all writers: two groups that share rows wait, they do not deadlock.
            accepted = sorted(
                (_incoming(one, answer) for one, answer in new if not one.refusals),
                key=lambda message: (message.partner, message.message_id),
            )
            refused = sorted(
                (_refused(one, answer) for one, answer in new if one.refusals),
                key=lambda document: (document.partner, document.sha256),
            )
            certificates = sorted(
                (one.certificate for one, _ in new if one.certificate is not None),
                key=lambda certificate: certificate.key.number_key,
            )
            is_written = (
                unit.inbox.add(accepted)
                and unit.inbox.add_refused(refused)
                and unit.register.add(certificates)
                and all(_move_lineage(unit, one) for one, _ in new)
                and all(_move_case(unit, one) for one, _ in new)
            )
            if not is_written:
                raise _LostRaceError
        return current


def _move_lineage(unit: Unit, decision: Decision) -> bool:
    certificate = decision.certificate
    if certificate is None:
        return True
    now = decision.arrival.received_at
    old, waiting = decision.supersedes, decision.releases
    if old is not None and not unit.register.move(
        old, Registered.SUPERSEDED, now=now, superseded_by=certificate.key.number_key
    ):
        return False
    return waiting is None or release(unit, waiting, now=now)


def _move_case(unit: Unit, decision: Decision) -> bool:
    followed = decision.followed
    return followed is None or unit.verifications.keep(
        followed.row, before=followed.before, now=decision.arrival.received_at
    )


def release(unit: Unit, held: ReceivedCertificate, *, now: datetime) -> bool:
    """Make a held certificate available, or hand on to the one that waits to replace it.

    False if it is no longer where it was seen; then nothing of this transaction may be kept.
    """
    successor = unit.register.replacing([held.key]).get(held.key)
    if successor is None or successor.state is not Registered.HELD:
        return unit.register.move(held, Registered.AVAILABLE, now=now)
    is_superseded = unit.register.move(
        held, Registered.SUPERSEDED, now=now, superseded_by=successor.key.number_key
    )
    return is_superseded and release(unit, successor, now=now)


def _incoming(decision: Decision, answer: SignedAnswer) -> IncomingMessage:
    arrival = decision.arrival
    verdict = arrival.verdict
    assert isinstance(verdict, Judged)
    header = verdict.header
    return IncomingMessage(
        partner=verdict.authority,
        message_id=header.message_id,
        type=header.type,
        state=Incoming.HELD if decision.is_held else Incoming.ACCEPTED,
        conversation_id=header.conversation_id,
        document=arrival.document,
        document_digest=verdict.document_digest,
        body_digest=header.body_digest,
        business_date=header.business_date,
        received_at=arrival.received_at,
        trust_version=arrival.trust_version,
        key_sha256=verdict.key_sha256,
        answer_id=answer.message_id,
        answer_type=answer.type,
        answer=answer.document,
        causation_id=header.causation_id,
        channel_seq=header.channel_seq,
        previous_digest=header.previous_digest,
    )


def _refused(decision: Decision, answer: SignedAnswer) -> RefusedDocument:
    arrival = decision.arrival
    first = decision.refusals[0]
    header = arrival.verdict.header
    return RefusedDocument(
        partner=arrival.partner,
        sha256=sha256_of(arrival.document),
        document=arrival.document,
        code=first.code,
        detail=first.detail,
        path=first.path,
        received_at=arrival.received_at,
        answer_id=answer.message_id,
        answer=answer.document,
        claimed_message_id=header.message_id if header else None,
        # Only who signed can use a place up; the head of a forgery proves nothing.
        channel_seq=header.channel_seq if header and arrival.verdict.authority else None,
    )
