"""Follow verifications: who asked whom about what, so that nothing is taken that cannot belong.

The case is the office's.  The gateway keeps the one row that tells whether a message can follow
what was said before, and it asks the same of a message of ours before it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from eodes.domain.lifecycle import VERIFICATION, VISIT, Outgoing, Table, Verification, Visit
from eodes.domain.message import CertificateId, Header
from eodes.domain.verdict import Refusal
from eodes.domain.verification import ReceivedBy, VerifiedCertificate
from eodes.errors import StoreBusyError, UnpreparableError
from eodes.exchange.verification_rules import VerificationBody
from eodes.messages.verif_ack import VerificationReceipt
from eodes.messages.verif_determine import VerificationDetermination
from eodes.messages.verif_extend import VerificationExtension
from eodes.messages.verif_request import VerificationRequest
from eodes.messages.verif_result import VerificationResult
from eodes.messages.visit_answer import VisitAnswer, VisitAnswerKind
from eodes.messages.visit_comments import VisitComments
from eodes.messages.visit_final import VisitFinal
from eodes.messages.visit_findings import VisitFindings
from eodes.messages.visit_proposal import VisitProposal
from eodes.store.records import CertificateKey, Opened, VerificationRow
from eodes.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a case: who says it to whom, under which id, with which content."""

    body: VerificationBody
    sender: str
    partner: str
    message_id: str
    body_digest: str

    @staticmethod
    def under(header: Header, body: VerificationBody, *, partner: str) -> Said:
        """Return what a header and a body say in the channel with a partner."""
        return Said(body, header.sender, partner, header.message_id, header.body_digest)


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a case stands after a message, and where it stood before."""

    row: VerificationRow
    before: VerificationRow | None
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    """Who sends a type, and where case and visit stand after it; None leaves them."""

    by_asker: bool
    state: Verification | None = None
    visit: Visit | None = None


def follow(known: VerificationRow | None, said: Said) -> Followed | Refusal:
    """Say where a case stands after a message, or why the message cannot belong to it.

    1. Only a first request opens a case; the same again changes nothing, other content conflicts.
    2. It comes from the side that sends such messages.
    3. Its round was asked, its visit proposed, its certificates are those asked about.
    4. Case and visit may move so.
    """
    body = said.body
    if isinstance(body, VerificationRequest):  # 1
        again = _said_before(known, said, f"request/{body.round}")
        if again is not None or known is None:
            return again or _opened(said, body)
    if isinstance(body, VisitProposal):
        again = _said_before(known, said, f"visit/{body.visit_no}")
        if again is not None:
            return again
    if known is None:
        return Refusal(
            "LIN-VERIF-UNKNOWN",
            f"No case {body.case_id} is open between {said.sender} and its receiver; a request "
            "opens one.",
        )
    turn = _turn(body)
    checks = (
        _wrong_side(known, said, turn),
        _misplaced(known, body),
        _foreign(known, body),
    )  # 2, 3
    first = next((one for one in checks if one), None) or _unmovable(known, body, turn)  # 4
    return first or Followed(_moved(known, said, turn), known)


def _opened(said: Said, body: VerificationRequest) -> Followed | Refusal:
    if body.round != 1:
        return _state(f"Round {body.round} is asked of a case that was never opened")
    row = VerificationRow(
        partner=said.partner,
        case_id=body.case_id,
        asker=said.sender,
        state=Verification.REQUESTED,
        round=1,
        certificates=_keys(body.certificates),
        opened_by={"request/1": Opened(said.message_id, said.body_digest)},
    )
    return Followed(row, None)


def _said_before(
    known: VerificationRow | None, said: Said, place: str
) -> Followed | Refusal | None:
    opened = known.opened_by.get(place) if known else None
    if known is None or opened is None:
        return None
    if opened.body_digest == said.body_digest and known.asker == said.sender:
        return Followed(known, known, is_again=True)
    return Refusal(
        "DUP-VERIF",
        f"Case {known.case_id} has its {place} already, by message {opened.message_id} and with "
        "other content; ask under the next number, or open another case.",
        path="/Message/Body",
    )


def _turn(body: VerificationBody) -> _Turn:
    match body:
        case VerificationExtension(decision=decision):
            return _Turn(by_asker=decision is not None)
        case VisitAnswer(answer=VisitAnswerKind.REFUSED):
            return _Turn(by_asker=False, visit=Visit.REFUSED)
        case _:
            return _TURNS[type(body)]


_TURNS: Mapping[type, _Turn] = {
    VerificationDetermination: _Turn(by_asker=True, state=Verification.DETERMINED),
    VerificationReceipt: _Turn(by_asker=False),
    VerificationRequest: _Turn(by_asker=True, state=Verification.REQUESTED),
    VerificationResult: _Turn(by_asker=False, state=Verification.ANSWERED),
    VisitAnswer: _Turn(by_asker=False, visit=Visit.AGREED),
    VisitComments: _Turn(by_asker=False, visit=Visit.COMMENTED),
    VisitFinal: _Turn(by_asker=True, state=Verification.DETERMINED, visit=Visit.FINAL),
    VisitFindings: _Turn(by_asker=True, visit=Visit.HELD),
    VisitProposal: _Turn(by_asker=True, visit=Visit.PROPOSED),
}


def _wrong_side(known: VerificationRow, said: Said, turn: _Turn) -> Refusal | None:
    if (said.sender == known.asker) is turn.by_asker:
        return None
    return Refusal(
        "LIN-VERIF-SIDE",
        f"{known.asker} asked in case {known.case_id}; such a message is for the other side.",
    )


def _misplaced(known: VerificationRow, body: VerificationBody) -> Refusal | None:
    """See that the round was asked and the visit proposed that a message is about."""
    asked = getattr(body, "round", known.round)
    next_round = known.round + 1 if isinstance(body, VerificationRequest) else known.round
    if asked > next_round:
        return _state(f"Round {asked} of case {known.case_id} was never asked")
    visit_no = getattr(body, "visit_no", known.visit_no)
    if isinstance(body, VisitProposal):
        is_wrong = visit_no <= known.visit_no
    else:
        is_wrong = visit_no != known.visit_no
    if is_wrong:
        return _state(f"The last visit proposed in case {known.case_id} is no. {known.visit_no}")
    return None


def _foreign(known: VerificationRow, body: VerificationBody) -> Refusal | None:
    if isinstance(body, VerificationRequest):
        return None  # a further round may ask about further certificates
    for named in _named(body):
        if CertificateKey.named(named) not in known.certificates:
            return Refusal(
                "REF-VERIF-CERTIFICATE",
                f"{named.number_raw} is not asked about in case {known.case_id}.",
                path="/Message/Body",
            )
    return None


def _named(body: VerificationBody) -> tuple[CertificateId, ...]:
    match body:
        case VerificationResult(findings=findings):
            return tuple(one.certificate for one in findings)
        case VerificationRequest(certificates=asked) | VisitProposal(certificates=asked):
            return tuple(one.certificate for one in asked)
        case VerificationDetermination() | VisitFinal() | VisitFindings():
            return tuple(one.certificate for one in body.decisions)
        case _:
            return ()


def _unmovable(known: VerificationRow, body: VerificationBody, turn: _Turn) -> Refusal | None:
    is_over = known.state is Verification.DETERMINED
    if isinstance(body, VerificationReceipt):
        return None  # may come late; it changes nothing
    if is_over and not getattr(body, "is_revision", False):
        return _state(f"Case {known.case_id} is determined")
    if not _may(VERIFICATION, known.state, turn.state) or not _may_visit(known.visit, turn.visit):
        stands = f"{known.state.lower()}, its visit {(known.visit or 'not proposed').lower()}"
        return _state(f"Case {known.case_id} is {stands}")
    return None


def _may(table: Table[Verification], current: Verification, wanted: Verification | None) -> bool:
    return wanted in (None, current) or wanted in table.moves[current]


def _may_visit(current: Visit | None, wanted: Visit | None) -> bool:
    if current is None:
        return wanted in (None, Visit.PROPOSED)
    return wanted in (None, current) or wanted in VISIT.moves[current]


def _state(said: str) -> Refusal:
    return Refusal(
        "LIN-VERIF-STATE", f"{said}; the message cannot follow it.", path="/Message/Body"
    )


def _moved(known: VerificationRow, said: Said, turn: _Turn) -> VerificationRow:
    body = said.body
    row = replace(known, state=turn.state or known.state, visit=turn.visit or known.visit)
    opened = Opened(said.message_id, said.body_digest)
    if isinstance(body, VerificationRequest):
        return replace(
            row,
            round=body.round,
            certificates=known.certificates | _keys(body.certificates),
            opened_by={**known.opened_by, f"request/{body.round}": opened},
        )
    if isinstance(body, VisitProposal):
        return replace(
            row,
            visit_no=body.visit_no,
            opened_by={**known.opened_by, f"visit/{body.visit_no}": opened},
        )
    return row


def _keys(asked: Iterable[VerifiedCertificate]) -> frozenset[CertificateKey]:
    return frozenset(CertificateKey.named(one.certificate) for one in asked)


# What is asked about must be the asked side's own issue


def not_theirs(
    body: VerificationBody, *, asked: str, was_sent: Callable[[CertificateKey], bool]
) -> Refusal | None:
    """Say which certificate of a request the asked side cannot be asked about, or None.

    One that came by message must have been sent to who asks.  Of one on paper nothing is known
    here: whether it was ever issued is what the request asks.
    """
    if not isinstance(body, VerificationRequest):
        return None
    country = asked.partition("-")[0]
    for one in body.certificates:
        named = one.certificate
        if named.issuing_country != country:
            return _unasked(f"{named.number_raw} was issued in {named.issuing_country}")
        by_message = one.received_by is ReceivedBy.MESSAGE
        if by_message and not was_sent(CertificateKey.named(named)):
            return _unasked(f"{named.number_raw} never went by message from {asked} to who asks")
    return None


def _unasked(said: str) -> Refusal:
    return Refusal(
        "REF-VERIF-CERTIFICATE",
        f"{said}; ask its issuer, or say PAPER of a certificate that came on paper.",
        path="/Message/Body/VerificationRequest/Certificate",
    )


def sent_to(unit: Unit, partner: str, keys: Iterable[CertificateKey]) -> frozenset[CertificateKey]:
    """Return those of some certificates that we sent to a partner by message."""
    return frozenset(
        row.key
        for key in keys
        for row in unit.exchanges.by_number(key.number_key)
        if row.key == key and row.partner == partner
    )


def keys_asked(body: object) -> frozenset[CertificateKey]:
    """Return the certificates that a request asks about; of other bodies, none."""
    return _keys(body.certificates) if isinstance(body, VerificationRequest) else frozenset()


# Before sending


def note_sent(
    unit: Unit, header: Header, body: VerificationBody, *, partner: str, now: datetime
) -> None:
    """See that a message of ours can follow what was said, and keep where the case stands after.

    Raises:
        UnpreparableError: it cannot belong to the case; nothing may be kept of it.
        StoreBusyError: another transaction opened the same case meanwhile.

    """
    said = Said.under(header, body, partner=partner)
    known = unit.verifications.lock(partner, body.case_id)
    came = unit.register.find(keys_asked(body))
    refusal = not_theirs(
        body, asked=partner, was_sent=lambda key: key in came and came[key].partner == partner
    )
    followed = refusal or follow(_unsaid(unit, known, body), said)
    if isinstance(followed, Refusal):
        raise UnpreparableError(partner=partner, refusals=(followed,))
    if not followed.is_again and not unit.verifications.keep(followed.row, before=known, now=now):
        raise StoreBusyError(reason=f"case {body.case_id} was opened by another transaction")


def _unsaid(
    unit: Unit, known: VerificationRow | None, body: VerificationBody
) -> VerificationRow | None:
    """Forget a request or proposal of ours that the partner refused: it may be said anew."""
    place = {VerificationRequest: "request", VisitProposal: "visit"}.get(type(body))
    number = getattr(body, "visit_no", 0) or getattr(body, "round", 0)
    opened = known.opened_by.get(f"{place}/{number}") if known and place else None
    message = unit.outbox.find(opened.message_id) if opened else None
    if known is None or message is None or message.state is not Outgoing.REFUSED:
        return known
    if place == "request" and number == 1:
        return None
    rest = {at: one for at, one in known.opened_by.items() if at != f"{place}/{number}"}
    if place == "request":
        return replace(known, opened_by=rest, round=known.round - 1)
    return replace(known, opened_by=rest, visit_no=known.visit_no - 1)
