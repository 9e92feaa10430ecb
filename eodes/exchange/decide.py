"""Decide: what a judged document does, given what the store holds; nothing is written here.

New, repeated, conflicting, held or refused: the same for a message however often and in whatever
order it comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eodes.domain.certificate import Certificate
from eodes.domain.lifecycle import Registered
from eodes.domain.message import VERIFICATIONS
from eodes.domain.verdict import Refusal, Severity
from eodes.exchange import verifications
from eodes.exchange.judge import Judged, Refused
from eodes.exchange.verifications import Followed, Said
from eodes.messages.co_correct import CertificateCorrection
from eodes.messages.co_issue import CertificateIssue
from eodes.store.records import (
    CertificateKey,
    KnownMessage,
    ReceivedCertificate,
    RefusedBefore,
    VerificationRow,
)
from eodes.store.unit import Unit


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
    #: The certificate under the same number, of which this is only another message.
    same: ReceivedCertificate | None = None
    supersedes: ReceivedCertificate | None = None
    releases: ReceivedCertificate | None = None
    followed: Followed | None = None

    @property
    def stands_for(self) -> ReceivedCertificate | None:
        """Return the certificate that the message brings, or brought before."""
        return self.certificate or self.same

    @property
    def is_held(self) -> bool:
        """Tell whether a certificate waits for the one that it replaces."""
        return self.stands_for is not None and self.stands_for.state is Registered.HELD


@dataclass(frozen=True, slots=True)
class Sight:
    """What the store held when a group was decided."""

    messages: Mapping[tuple[str, str], KnownMessage]
    places: Mapping[tuple[str, int], KnownMessage]
    refused: Mapping[tuple[str, str], RefusedBefore]
    certificates: Mapping[CertificateKey, ReceivedCertificate]
    #: By the certificate that each replaces, whether or not that one is here.
    replacements: Mapping[CertificateKey, ReceivedCertificate]
    verifications: Mapping[tuple[str, str], VerificationRow]
    #: Certificates of ours that went to a partner, of those that requests are about.
    sent: frozenset[tuple[str, CertificateKey]]


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
        *_cases(verdict),
    }


def _cases(judged: Judged) -> tuple[tuple[str, str], ...]:
    is_about_case = judged.header.type in VERIFICATIONS
    return ((judged.authority, judged.body.case_id),) if is_about_case else ()


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
    known = unit.inbox.known(
        {(one.authority, one.header.message_id) for one in judged},
        {
            (one.authority, one.header.channel_seq)
            for one in judged
            if one.header.channel_seq is not None
        },
    )
    keys = {key for one in judged for key in _keys(one)}
    digests = {(one.partner, sha256_of(one.document)) for one in arrivals}
    certificates, replacements = unit.register.related(keys)
    cases = {case for one in judged for case in _cases(one)}
    return Sight(
        messages={(one.partner, one.message_id): one for one in known},
        places={
            (one.partner, one.channel_seq): one for one in known if one.channel_seq is not None
        },
        refused=unit.inbox.known_refused(digests),
        certificates=certificates,
        replacements=replacements,
        verifications=unit.verifications.find(cases) if cases else {},
        sent=frozenset(
            (one.authority, key)
            for one in judged
            for key in verifications.sent_to(
                unit, one.authority, verifications.keys_asked(one.body)
            )
        ),
    )


def decide(arrival: Arrival, sight: Sight) -> Decision:
    """Decide what one arrival does, given what the store holds.

    1. Refused before: the same bytes get the same answer, also when the reason is gone, because
       its sender took the refusal as final.  Only a lack of trust may be mended and tried again.
    2. Known id: the same content gets the stored answer, other content is a conflict.
    3. A place in the channel belongs to one message only.
    4. A certificate is registered, superseded, held or in conflict.
    """
    verdict = arrival.verdict
    before = sight.refused.get((arrival.partner, sha256_of(arrival.document)))  # 1
    if before is not None and (isinstance(verdict, Refused) or not before.is_for_lack_of_trust):
        return Decision(arrival, stored_answer=before.answer)
    if isinstance(verdict, Refused):
        return Decision(arrival, refusals=verdict.refusals)
    decision = _decide_judged(arrival, verdict, sight)
    if before is not None and decision.refusals:
        return Decision(arrival, stored_answer=before.answer)
    return decision


def _decide_judged(arrival: Arrival, verdict: Judged, sight: Sight) -> Decision:
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
        case _ if verdict.header.type in VERIFICATIONS:
            return _decide_verification(arrival, verdict, sight=sight)
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
    entry = _entry(verdict, certificate, now=arrival.received_at)
    successor = sight.replacements.get(key)
    if successor is None or successor.partner != arrival.partner:
        return Decision(arrival, certificate=entry, warnings=_warnings(verdict))
    # Its replacement came first: both are settled here, so it is never usable for a moment.
    entry = replace(entry, state=Registered.SUPERSEDED, superseded_by_key=successor.key.number_key)
    waiting = successor if successor.state is Registered.HELD else None
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
    superseded, other = sight.certificates.get(old), sight.replacements.get(old)
    if other is not None:
        return Decision(arrival, refusals=(_replaced_already(body.superseded.number_raw, other),))
    entry = replace(
        _entry(verdict, body.certificate, now=arrival.received_at),
        supersedes_key=old.number_key,
    )
    against = not_replaceable(superseded, arrival.partner) if superseded else None
    if against:
        return Decision(arrival, refusals=(against,))
    if superseded is None or superseded.state is Registered.HELD:
        held = replace(entry, state=Registered.HELD)
        return Decision(arrival, certificate=held, warnings=_warnings(verdict))
    return Decision(arrival, certificate=entry, supersedes=superseded, warnings=_warnings(verdict))


def _decide_verification(arrival: Arrival, verdict: Judged, *, sight: Sight) -> Decision:
    """A message of a case follows what both sides said in it before, or it is refused."""
    header, body, partner = verdict.header, verdict.body, arrival.partner
    refusal = verifications.not_theirs(
        body, asked=header.receiver, was_sent=lambda key: (partner, key) in sight.sent
    )
    known = sight.verifications.get((partner, body.case_id))
    followed = refusal or verifications.follow(known, Said.under(header, body, partner=partner))
    if isinstance(followed, Refusal):
        return Decision(arrival, refusals=(followed,))
    if followed.is_again:
        note = Refusal("DUP-VERIF-AGAIN", f"Case {body.case_id} has the same already.")
        return Decision(arrival, warnings=(note,))
    return Decision(arrival, followed=followed)


def _number_again(arrival: Arrival, verdict: Judged, known: ReceivedCertificate) -> Decision:
    if known.partner == arrival.partner and known.body_digest == verdict.header.body_digest:
        note = Refusal(
            "DUP-CERTIFICATE",
            f"{known.number_raw} is registered already with the same content, by message "
            f"{known.message_id}; nothing was registered again.",
        )
        return Decision(arrival, same=known, warnings=(note,))
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


def not_replaceable(superseded: ReceivedCertificate, partner: str) -> Refusal | None:
    """Say why a certificate cannot be replaced, or None; one that waits itself still can."""
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
    if superseded.state not in (Registered.AVAILABLE, Registered.HELD):
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


def _warnings(verdict: Judged) -> tuple[Refusal, ...]:
    return tuple(one.as_refusal() for one in verdict.warnings if one.severity is Severity.WARN)


def sha256_of(document: bytes) -> str:
    """Return the digest by which the exact bytes of a refused document are known again."""
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


def _replaced_already(number: str, other: ReceivedCertificate) -> Refusal:
    return Refusal(
        "LIN-STATE",
        f"{number} is replaced by {other.number_raw} already; correct its successor instead.",
        path="/Message/Body",
    )


def _same_number(number: str) -> Refusal:
    return Refusal(
        "LIN-SAME-NUMBER",
        f"The correction bears the number it corrects, {number}; issue it under a new number.",
        path="/Message/Body",
    )
