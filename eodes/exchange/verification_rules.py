"""What one message of a verification must hold by itself, whatever was said before.

The sender's gateway asks it before it sends, the receiver's when it receives: both read the same
words.  Nothing here looks into a store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

from eodes.domain.message import Header
from eodes.domain.partner import Profile
from eodes.domain.verdict import Refusal
from eodes.domain.verification import (
    CaseDocument,
    DocumentKind,
    DoubtKind,
    ItemDecision,
    PreferenceOutcome,
    ReceivedBy,
)
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

VerificationBody: TypeAlias = (
    VerificationReceipt
    | VerificationDetermination
    | VerificationExtension
    | VerificationRequest
    | VerificationResult
    | VisitAnswer
    | VisitComments
    | VisitFinal
    | VisitFindings
    | VisitProposal
)

Refusals = tuple[Refusal, ...]


def before_sending(body: VerificationBody, *, to: Profile) -> Refusals:
    """Say what keeps a message from being sent to a partner."""
    return (*_against(body, taking=to), *_without_consent(body))


def at_receipt(body: VerificationBody, header: Header, *, own: Profile) -> Refusals:
    """Say what a received message lacks, its conversation among it."""
    found = _against(body, taking=own)
    if header.conversation_id == body.case_id:
        return found
    return (
        Refusal(
            "ENV-CONVERSATION",
            f"The message is about case {body.case_id} and stands in conversation "
            f"{header.conversation_id}; a case is one conversation.",
            path="/Message/Header/ConversationID",
        ),
        *found,
    )


def documents_of(body: VerificationBody) -> tuple[CaseDocument, ...]:
    """Return the papers that a message names."""
    found: tuple[CaseDocument, ...] = getattr(body, "documents", ())
    return found


def _against(body: VerificationBody, *, taking: Profile) -> Refusals:
    complete = _COMPLETE.get(type(body))
    lacks = tuple(complete(body)) if complete else ()
    papers = tuple(
        refusal
        for paper in documents_of(body)
        if (refusal := _bad_paper(paper, most=taking.border.annex_bytes))
    )
    return (*(_incomplete(body, said) for said in lacks), *papers)


def _incomplete(body: VerificationBody, said: str) -> Refusal:
    return Refusal("RUL-VERIF-INCOMPLETE", f"{said}.", path=f"/Message/Body/{type(body).__name__}")


def _bad_paper(paper: CaseDocument, *, most: int) -> Refusal | None:
    if paper.content is None:
        return None
    if paper.size > most:
        return Refusal(
            "RUL-ANNEX-SIZE",
            f"{paper.title!r} has {paper.size} bytes; {most} travel inside a message at most, "
            "send it beside.",
        )
    content = paper.bytes_inside()
    if content is None or len(content) != paper.size or _digest(content) != paper.sha256:
        return Refusal(
            "REF-ANNEX-DIGEST",
            f"The bytes of {paper.title!r} are not those of digest {paper.sha256}; "
            "send the paper again.",
        )
    return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _without_consent(body: VerificationBody) -> Iterator[Refusal]:
    """See that nothing leaves without the consent of who submitted it.

    Korea, Decree 13(2): copies of proofs go with a result only if the investigated person
    consented; Decree 50(6): what is confidential goes to a partner only with consent.
    """
    is_result = isinstance(body, VerificationResult)
    return (
        Refusal(
            "RUL-VERIF-CONSENT",
            f"{paper.title!r} names no consent of who submitted it; obtain it, or leave it out.",
        )
        for paper in documents_of(body)
        if paper.consent is None
        and (paper.confidentiality or (is_result and paper.kind not in _NOBODYS))
    )


#: What an administration writes or issues itself, and the consent: nobody has to agree to it.
_NOBODYS = frozenset({DocumentKind.CERTIFICATE, DocumentKind.CONSENT, DocumentKind.LETTER})


# What is incomplete, by type


def _request(body: VerificationRequest) -> Iterator[str]:
    """KVFTA 3.21(1)(a): with the certificate and the reasons, unless it is at random."""
    for doubt in body.doubts:
        if doubt.kind is not DoubtKind.RANDOM and doubt.text is None:
            yield f"the doubt {doubt.kind} lacks words; only a random check needs none"
    on_paper = any(one.received_by is ReceivedBy.PAPER for one in body.certificates)
    copies = [one for one in body.documents if one.kind is DocumentKind.CERTIFICATE]
    if on_paper and not copies:
        yield "a certificate on paper is asked about and no copy of it is named"
    ids = [one.question_id for one in body.questions]
    if len(set(ids)) < len(ids):
        yield "two questions bear one id"


def _decisions(body: VerificationDetermination | VisitFinal | VisitFindings) -> Iterator[str]:
    for one in body.decisions:
        if one.outcome is PreferenceOutcome.DENIED and one.ground is None:
            yield f"the denial of {_subject(one)} names no ground"


def _subject(decision: ItemDecision) -> str:
    number = decision.certificate.number_raw
    return f"item {decision.item_no} of {number}" if decision.item_no else number


def _findings(body: VisitFindings) -> Iterator[str]:
    yield from _days(body)
    yield from _decisions(body)


def _days(body: VisitProposal | VisitFindings) -> Iterator[str]:
    if body.to_date < body.from_date:
        yield f"the visit ends on {body.to_date}, before it begins on {body.from_date}"


def _answer(body: VisitAnswer) -> Iterator[str]:
    """KVFTA 3.21(4)(c): consent is in writing, so it has a day; (e): other days are named."""
    match body.answer:
        case VisitAnswerKind.CONSENTED if body.consented_on is None:
            yield "the consent lacks its day"
        case VisitAnswerKind.REFUSED if body.reason is None:
            yield "the refusal lacks its reason"
        case VisitAnswerKind.POSTPONED if body.from_date is None or body.to_date is None:
            yield "the postponement lacks the days instead"
        case VisitAnswerKind.POSTPONED if body.reason is None:
            yield "the postponement lacks its reason"


def _result(body: VerificationResult) -> Iterator[str]:
    for one in body.investigations:
        if one.to_date < one.from_date:
            yield f"the investigation of {one.person} ends before it begins"


#: By type, each a generator of what is missing; bodies differ, the key guarantees each its own.
_COMPLETE: dict[type, Callable[..., Iterator[str]]] = {
    VerificationDetermination: _decisions,
    VerificationRequest: _request,
    VerificationResult: _result,
    VisitAnswer: _answer,
    VisitFinal: _decisions,
    VisitFindings: _findings,
    VisitProposal: _days,
}
