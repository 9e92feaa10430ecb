"""Record: decide what judged messages do, sign the answers, write all of it in one transaction.

The answer leaves only after the commit, and it is stored with the message it answers: a partner
that asks again gets the same bytes.  Deciding reads, signing has no transaction open, writing is
guarded by the database's own constraints; who loses a race decides again on what he then sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import Incoming, Registered
from eodes.domain.verdict import Refusal, Severity
from eodes.errors import StoreBusyError
from eodes.exchange.answering import Answering, SignedAnswer
from eodes.exchange.judge import Judged, Refused
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_issue import CertificateIssue
from eodes.store.records import (
    CertificateKey,
    IncomingMessage,
    KnownMessage,
    ReceivedCertificate,
    RefusedDocument,
)
from eodes.store.unit import Store, Unit

MAX_ROUNDS = 8

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A judged document that waits to be recorded."""

    document: bytes
    verdict: Judged | Refused
    partner: str
    received_at: datetime
    trust_version: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What one arrival does: everything that the transaction will write for it."""

    arrival: Arrival
    stored_answer: bytes | None = None
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()
    certificate: ReceivedCertificate | None = None
    supersedes: ReceivedCertificate | None = None
    releases: ReceivedCertificate | None = None

    @property
    def is_held(self) -> bool:
        """Tell whether a certificate waits for the one that it replaces."""
        return self.certificate is not None and self.certificate.state is Registered.HELD


@dataclass(frozen=True, slots=True)
class Sight:
    """What the store held when a group was decided."""

    messages: Mapping[tuple[str, str], KnownMessage]
    places: Mapping[tuple[str, int], KnownMessage]
    refused: Mapping[tuple[str, str], bytes]
    certificates: Mapping[CertificateKey, ReceivedCertificate]
    waiting: Mapping[CertificateKey, ReceivedCertificate]


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
            registered=decision.certificate,
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
            )
            if not is_written:
                raise _LostRaceError
        return current


def waves(arrivals: Sequence[Arrival]) -> list[list[Arrival]]:
    """Part a group so that no wave holds two arrivals that touch the same rows."""
    parted: list[tuple[set[object], list[Arrival]]] = []
    unique = {(one.partner, one.document): one for one in arrivals}
    for arrival in unique.values():
        touched = _touched(arrival)
        for claimed, wave in parted:
            if claimed.isdisjoint(touched):
                claimed.update(touched)
                wave.append(arrival)
                break
        else:
            parted.append((touched, [arrival]))
    return [wave for _, wave in parted]


def _touched(arrival: Arrival) -> set[object]:
    verdict = arrival.verdict
    if isinstance(verdict, Refused):
        return {(arrival.partner, arrival.document)}
    header = verdict.header
    return {
        (verdict.authority, header.message_id),
        (verdict.authority, header.channel_seq or header.message_id),
        *_keys(verdict),
    }


def _keys(judged: Judged) -> tuple[CertificateKey, ...]:
    body = judged.body
    if isinstance(body, CertificateIssue):
        return (CertificateKey.of(body.certificate),)
    if isinstance(body, CertificateCorrection):
        return (CertificateKey.of(body.certificate), CertificateKey.named(body.superseded))
    return ()


def look(unit: Unit, arrivals: Sequence[Arrival]) -> Sight:
    """Read what the store knows of the ids, places and certificates of some arrivals."""
    judged = [one.verdict for one in arrivals if isinstance(one.verdict, Judged)]
    refused = [one for one in arrivals if isinstance(one.verdict, Refused)]
    known = unit.inbox.known(
        {(one.authority, one.header.message_id) for one in judged},
        {
            (one.authority, one.header.channel_seq)
            for one in judged
            if one.header.channel_seq is not None
        },
    )
    keys = {key for one in judged for key in _keys(one)}
    digests = {(one.partner, _sha256(one.document)) for one in refused}
    return Sight(
        messages={(one.partner, one.message_id): one for one in known},
        places={
            (one.partner, one.channel_seq): one for one in known if one.channel_seq is not None
        },
        refused=unit.inbox.known_refused(digests) if digests else {},
        certificates=unit.register.find(keys),
        waiting=unit.register.waiting_for(keys),
    )


def decide(arrival: Arrival, sight: Sight) -> Decision:
    """Decide what one arrival does, given what the store holds.

    1. Refused before: the same bytes get the same answer.
    2. Known id: the same content gets the stored answer, other content is a conflict.
    3. A place in the channel belongs to one message only.
    4. A certificate is registered, superseded, held or in conflict.
    """
    verdict = arrival.verdict
    if isinstance(verdict, Refused):  # 1
        said = sight.refused.get((arrival.partner, _sha256(arrival.document)))
        return Decision(arrival, stored_answer=said, refusals=verdict.refusals)
    header = verdict.header
    known = sight.messages.get((verdict.authority, header.message_id))  # 2
    if known is not None and known.document_digest == verdict.document_digest:
        return Decision(arrival, stored_answer=known.answer)
    if known is not None:
        return Decision(arrival, refusals=(_other_bytes(header.message_id),))
    if header.channel_seq and (verdict.authority, header.channel_seq) in sight.places:  # 3
        return Decision(arrival, refusals=(_taken_place(header.channel_seq),))
    return _decide_content(arrival, verdict, sight)  # 4


def _decide_content(arrival: Arrival, verdict: Judged, sight: Sight) -> Decision:
    match verdict.body:
        case CertificateIssue(certificate=certificate):
            return _decide_issue(arrival, verdict, certificate, sight=sight)
        case CertificateCorrection():
            return _decide_correction(arrival, verdict, verdict.body, sight=sight)
        case _:
            return Decision(arrival, warnings=_warnings(verdict))


def _decide_issue(
    arrival: Arrival, verdict: Judged, certificate: Certificate, *, sight: Sight
) -> Decision:
    """A new number is registered; a known one never overwrites (China's answer since 2018)."""
    key = CertificateKey.of(certificate)
    known = sight.certificates.get(key)
    if known is not None:
        return _number_again(arrival, verdict, known)
    waiting = sight.waiting.get(key)
    entry = _entry(verdict, certificate, now=arrival.received_at)
    if waiting is not None:
        # Its replacement came first: both are settled here, so it is never usable for a moment.
        entry = replace(
            entry, state=Registered.SUPERSEDED, superseded_by_key=waiting.key.number_key
        )
    return Decision(arrival, certificate=entry, releases=waiting, warnings=_warnings(verdict))


def _decide_correction(
    arrival: Arrival, verdict: Judged, body: CertificateCorrection, *, sight: Sight
) -> Decision:
    """A correction has a new number and supersedes the old certificate, atomically.

    ATIGA OCP rule 29(4): any alteration is a new certificate and the old one is cancelled.
    """
    new, old = CertificateKey.of(body.certificate), CertificateKey.named(body.superseded)
    if new == old:
        return Decision(arrival, refusals=(_same_number(body.certificate.number_raw),))
    known = sight.certificates.get(new)
    if known is not None:
        return _number_again(arrival, verdict, known)
    superseded = sight.certificates.get(old)
    entry = replace(
        _entry(verdict, body.certificate, now=arrival.received_at),
        supersedes_key=old.number_key,
    )
    if superseded is None:
        return Decision(
            arrival,
            certificate=replace(entry, state=Registered.HELD),
            warnings=_warnings(verdict),
        )
    against = _not_replaceable(superseded, arrival.partner)
    if against:
        return Decision(arrival, refusals=(against,))
    return Decision(arrival, certificate=entry, supersedes=superseded, warnings=_warnings(verdict))


def _number_again(arrival: Arrival, verdict: Judged, known: ReceivedCertificate) -> Decision:
    if known.partner == arrival.partner and known.body_digest == verdict.header.body_digest:
        note = Refusal(
            "DUP-CERTIFICATE",
            f"{known.number_raw} is registered already with the same content, by message "
            f"{known.message_id}; nothing was registered again.",
        )
        return Decision(arrival, warnings=(note,))
    return Decision(
        arrival,
        refusals=(
            Refusal(
                "DUP-NUMBER",
                f"Number {known.number_raw} is registered already with other content; correct a "
                "certificate under a new number that names the old one.",
                path="/Message/Body",
            ),
        ),
    )


def _not_replaceable(superseded: ReceivedCertificate, partner: str) -> Refusal | None:
    if superseded.partner != partner:
        return Refusal(
            "LIN-FOREIGN",
            f"{superseded.number_raw} was sent by {superseded.partner}; "
            "only its sender can have it replaced.",
        )
    if superseded.used_by_declaration is not None:
        return Refusal(
            "LIN-UTILISED",
            f"{superseded.number_raw} was used by declaration {superseded.used_by_declaration}; "
            "a used certificate is not replaced, settle it with the importing office.",
        )
    if superseded.state is not Registered.AVAILABLE:
        return Refusal(
            "LIN-STATE",
            f"{superseded.number_raw} is {superseded.state.lower()} and cannot be replaced; "
            "correct its successor instead.",
        )
    return None


def _entry(verdict: Judged, certificate: Certificate, *, now: datetime) -> ReceivedCertificate:
    header = verdict.header
    return ReceivedCertificate(
        key=CertificateKey.of(certificate),
        partner=verdict.authority,
        number_raw=certificate.number_raw,
        position=certificate.lineage_position,
        state=Registered.AVAILABLE,
        message_id=header.message_id,
        body_digest=header.body_digest,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        business_date=header.business_date,
        registered_at=now,
    )


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
    return waiting is None or unit.register.move(waiting, Registered.AVAILABLE, now=now)


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
        sha256=_sha256(arrival.document),
        document=arrival.document,
        code=first.code,
        detail=first.detail,
        path=first.path,
        received_at=arrival.received_at,
        answer_id=answer.message_id,
        answer=answer.document,
        claimed_message_id=header.message_id if header else None,
    )


def _warnings(verdict: Judged) -> tuple[Refusal, ...]:
    return tuple(one.as_refusal() for one in verdict.warnings if one.severity is Severity.WARN)


def _sha256(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def _other_bytes(message_id: str) -> Refusal:
    return Refusal(
        "DUP-MESSAGE",
        f"Message {message_id} was received before with other content; a new content needs a new "
        "message id.",
        path="/Message/Header/MessageID",
    )


def _taken_place(place: int) -> Refusal:
    return Refusal(
        "DUP-SEQUENCE",
        f"Place {place} of the channel belongs to another message; number messages without gap "
        "and without repeating.",
        path="/Message/Header/ChannelSequenceNumeric",
    )


def _same_number(number: str) -> Refusal:
    return Refusal(
        "LIN-SAME-NUMBER",
        f"The correction bears the number it corrects, {number}; issue it under a new number.",
        path="/Message/Body",
    )
