"""Speak with partners in verifications: what the desk says, as the messages of the gateway."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from eodes.api import Gateway
from eodes.domain.message import CertificateId
from eodes.domain.verification import (
    Answered,
    CaseDocument,
    ClockAnchor,
    Confidentiality,
    DenialGround,
    DocumentKind,
    Doubt,
    DoubtKind,
    ItemDecision,
    ItemFinding,
    Officer,
    PreferenceOutcome,
    Question,
    QuestionAnswer,
    ReceivedBy,
    ReplyClock,
    VerifiedCertificate,
)
from eodes.messages.verif_ack import VerificationReceipt
from eodes.messages.verif_determine import VerificationDetermination
from eodes.messages.verif_extend import (
    ExtensionDecision,
    ExtensionReason,
    VerificationExtension,
)
from eodes.messages.verif_request import VerificationRequest
from eodes.messages.verif_result import Investigation, InvestigationMethod, VerificationResult
from eodes.messages.visit_answer import VisitAnswer, VisitAnswerKind
from eodes.messages.visit_comments import VisitComments
from eodes.messages.visit_final import VisitFinal
from eodes.messages.visit_findings import VisitFindings
from eodes.messages.visit_proposal import Premises, VisitedRole, VisitProposal
from ooms.db import Transaction
from ooms.gateway.saying import say
from ooms.verifications.answer import Answer, JointVisit, OwnExtension
from ooms.verifications.grounds import Grounds
from ooms.verifications.model import Determination, ExtensionAsk, Verification
from ooms.verifications.outcomes import ADVERSE
from ooms.verifications.parts import Certificate, Paper
from ooms.verifications.releasing import withheld_words
from ooms.verifications.terms import Anchor, RunningTerm, Term
from ooms.verifications.visit import Visit
from ooms.verifications.voice import Speaker

Value = TypeVar("Value")
#: Longest words of a message's facts and notes; longer ones are cut, the case keeps them whole.
MOST_WORDS = 2000
SECRECY = "What is handed over is used to verify origin only, and shown to nobody else."


class Messenger:
    """Says in messages what the desk of verifications says."""

    def __init__(self, gateway: Gateway, *, country: str, grounds: Grounds) -> None:
        """Use the gateway of this node."""
        self._gateway = gateway
        self._country = country
        self._grounds = grounds

    def takes_messages(self, partner: str) -> bool:
        """Tell whether a partner agreed to verifications by message, not by letter."""
        known = {one.authority: one for one in self._gateway.partners()}
        return partner in known and known[partner].verifies_by_message

    def ask(self, case: Verification, *, by: Speaker, within: Transaction) -> str:
        """Send a request, of the first or of a further round."""
        draft, clock = _given(case.draft), _given(case.clock)
        asked_on = _given(case.asked_on)
        copies = tuple(_copy(one) for one in case.subject.certificates if not one.by_message)
        body = VerificationRequest(
            case_id=case.id,
            case_number=case.number,
            asked_on=asked_on,
            certificates=_asked_about(case),
            doubts=tuple(Doubt(DoubtKind(one.kind), one.text or None) for one in draft.doubts),
            clock=_reply_clock(clock, event=asked_on),
            officer=_officer(by),
            legal_basis=clock.source[:256],
            round=case.round,
            questions=tuple(Question(one.id, one.text) for one in draft.questions),
            documents=copies,
            secrecy=SECRECY,
        )
        return self._say(body, to=case.subject.partner, within=within)

    def decide_extension(
        self, case: Verification, *, ask: ExtensionAsk, within: Transaction
    ) -> str:
        """Say yes or no to a partner who asked for more time."""
        clock = _given(case.clock)
        word = ExtensionDecision.GRANTED if ask.granted else ExtensionDecision.REFUSED
        body = VerificationExtension(
            case_id=case.id,
            until=ask.until if ask.granted else clock.due_on or ask.asked_on,
            reason_code=ExtensionReason(ask.reason_code),
            reason=ask.reason,
            round=case.round,
            decision=word,
        )
        return self._say(body, to=case.subject.partner, within=within)

    def determine(
        self, case: Verification, *, made: Determination, by: Speaker, within: Transaction
    ) -> str:
        """Tell what was determined, or determined anew after an objection."""
        body = VerificationDetermination(
            case_id=case.id,
            determined_on=made.on,
            officer=_officer(by),
            decisions=self._decisions(case, made),
            is_revision=case.revised is made,
        )
        return self._say(body, to=case.subject.partner, within=within)

    def propose_visit(
        self, case: Verification, *, visit: Visit, by: Speaker, within: Transaction
    ) -> str:
        """Propose a visit."""
        body = VisitProposal(
            case_id=case.id,
            proposed_on=visit.proposed_on,
            from_date=visit.from_date,
            to_date=visit.to_date,
            premises=Premises(visit.person, VisitedRole(visit.role), visit.address),
            coverage=visit.coverage,
            certificates=_asked_about(case),
            officials=tuple(Officer(by.body, name, "Officer") for name in visit.officials),
            clock=_reply_clock(visit.clock, event=visit.proposed_on),
            visit_no=visit.number,
        )
        return self._say(body, to=case.subject.partner, within=within)

    def tell_findings(
        self,
        case: Verification,
        *,
        visit: Visit,
        draft: Determination,
        by: Speaker,
        within: Transaction,
    ) -> str:
        """Tell what a visit showed, and the determination that is drafted on it."""
        body = VisitFindings(
            case_id=case.id,
            from_date=_given(visit.held_from),
            to_date=_given(visit.held_to),
            participants=(_officer(by),),
            facts=_cut(visit.facts),
            decisions=self._decisions(case, draft),
            clock=_reply_clock(_given(visit.comments_by), event=draft.on),
            visit_no=visit.number,
        )
        return self._say(body, to=case.subject.partner, within=within)

    def finish_visit(
        self,
        case: Verification,
        *,
        visit: Visit,
        made: Determination,
        by: Speaker,
        within: Transaction,
    ) -> str:
        """Tell the determination after a visit."""
        body = VisitFinal(
            case_id=case.id,
            determined_on=made.on,
            officer=_officer(by),
            decisions=self._decisions(case, made),
            visit_no=visit.number,
        )
        return self._say(body, to=case.subject.partner, within=within)

    def acknowledge(self, answer: Answer, *, by: Speaker, within: Transaction) -> str:
        """Say that a request was received, and until when the reply is due."""
        asked = answer.asked
        body = VerificationReceipt(
            case_id=asked.case_id,
            received_on=asked.received_on,
            due_on=answer.clock.due_on or asked.received_on,
            officer=_officer(by),
            round=asked.round,
            case_number=answer.id[:35],
        )
        return self._say(body, to=asked.partner, within=within)

    def ask_extension(self, answer: Answer, *, ask: OwnExtension, within: Transaction) -> str:
        """Ask a partner for more time."""
        body = VerificationExtension(
            case_id=answer.asked.case_id,
            until=ask.until,
            reason_code=ExtensionReason(ask.reason_code),
            reason=ask.reason,
            round=answer.asked.round,
        )
        return self._say(body, to=answer.asked.partner, within=within)

    def reply(self, answer: Answer, *, by: Speaker, within: Transaction) -> str:
        """Send the result, with the papers that may leave; it says which ones stay."""
        asked, result = answer.asked, _given(answer.result)
        named = {one.number: self._certificate(asked.agreement, one) for one in asked.certificates}
        kept_back = withheld_words(result)
        body = VerificationResult(
            case_id=asked.case_id,
            received_on=asked.received_on,
            concluded_on=_given(answer.replied_on),
            investigations=(
                Investigation(
                    officer=_officer(by),
                    method=InvestigationMethod(result.method),
                    person=result.person,
                    from_date=result.from_date,
                    to_date=result.to_date,
                    legal_basis=result.basis,
                ),
            ),
            findings=tuple(
                ItemFinding(
                    certificate=named[one.certificate_number],
                    authentic=Answered(one.authentic),
                    originating=Answered(one.originating),
                    facts=_cut(f"{one.facts} {kept_back}".strip()),
                    legal_basis=one.basis,
                    item_no=one.item_no,
                    criterion=one.criterion or None,
                )
                for one in result.findings
            ),
            round=asked.round,
            answers=tuple(QuestionAnswer(one.id, one.text) for one in result.answers),
            documents=tuple(_paper(one.paper, one.consent) for one in result.leaving),
        )
        return self._say(body, to=asked.partner, within=within)

    def answer_visit(
        self, answer: Answer, *, visit: JointVisit, by: Speaker, within: Transaction
    ) -> str:
        """Consent to a visit, refuse it, or postpone it."""
        kind = VisitAnswerKind(visit.answer)
        is_postponed = kind is VisitAnswerKind.POSTPONED
        body = VisitAnswer(
            case_id=answer.asked.case_id,
            answered_on=_given(visit.answered_on),
            answer=kind,
            officer=_officer(by),
            visit_no=visit.number,
            consented_on=visit.answered_on if kind is VisitAnswerKind.CONSENTED else None,
            from_date=visit.from_date if is_postponed else None,
            to_date=visit.to_date if is_postponed else None,
            reason=visit.reason or None,
        )
        return self._say(body, to=answer.asked.partner, within=within)

    def comment(self, answer: Answer, *, visit: JointVisit, within: Transaction) -> str:
        """Hand on what who was visited says to the draft."""
        body = VisitComments(
            case_id=answer.asked.case_id,
            commented_on=_given(visit.commented_on),
            person=visit.person,
            text=_cut(visit.comments),
            visit_no=visit.number,
        )
        return self._say(body, to=answer.asked.partner, within=within)

    def _say(self, body: object, *, to: str, within: Transaction) -> str:
        return say(self._gateway, body, to=to, within=within)

    def _decisions(self, case: Verification, made: Determination) -> tuple[ItemDecision, ...]:
        agreement = case.subject.agreement
        named = {one.number: self._certificate(agreement, one) for one in case.subject.certificates}
        return tuple(
            ItemDecision(
                certificate=named[one.certificate_number],
                outcome=(
                    PreferenceOutcome.DENIED
                    if one.outcome in ADVERSE
                    else PreferenceOutcome.GRANTED
                ),
                facts=_cut(one.facts),
                legal_basis=one.basis[:256],
                item_no=one.item_no,
                ground=self._ground(one.ground, agreement) if one.ground else None,
            )
            for one in made.findings
        )

    def _ground(self, code: str, agreement: str) -> DenialGround:
        ground = self._grounds.find(code, agreement=agreement, country=self._country)
        return DenialGround(ground.wire)

    def _certificate(self, agreement: str, one: Certificate) -> CertificateId:
        return _named(agreement, one)


def _named(agreement: str, one: Certificate) -> CertificateId:
    return CertificateId(
        issuing_country=one.issuing_country,
        agreement=agreement,
        number_raw=one.number,
        issued_on=one.issued_on,
    )


def _asked_about(case: Verification) -> tuple[VerifiedCertificate, ...]:
    return tuple(
        VerifiedCertificate(
            certificate=_named(case.subject.agreement, one),
            received_by=ReceivedBy.MESSAGE if one.by_message else ReceivedBy.PAPER,
            items=tuple(item.item_no for item in one.items),
            criterion=next((item.criterion for item in one.items if item.criterion), None),
        )
        for one in case.subject.certificates
    )


def _reply_clock(clock: RunningTerm, *, event: date) -> ReplyClock:
    by_request = clock.anchor is Anchor.REQUEST or clock.anchor is Anchor.DISPATCH
    term: Term = clock.term
    return ReplyClock(
        due_on=clock.due_on or event,
        anchor=ClockAnchor.REQUEST if by_request else ClockAnchor.RECEIPT,
        period=term.iso,
        source=clock.source[:256],
    )


def _officer(by: Speaker) -> Officer:
    return Officer(body=by.body[:70], name=by.name[:120], post=by.post[:120])


def _copy(one: Certificate) -> CaseDocument:
    return CaseDocument(
        sha256=one.copy_sha256,
        size=one.copy_size,
        media_type="application/pdf",
        title=f"Certificate {one.number}",
        kind=DocumentKind.CERTIFICATE,
    )


def _paper(paper: Paper, consent: str) -> CaseDocument:
    return CaseDocument(
        sha256=paper.sha256,
        size=paper.size,
        media_type=paper.media_type,
        title=paper.title,
        kind=DocumentKind(paper.kind),
        confidentiality=tuple(Confidentiality(one) for one in paper.classes),
        consent=consent or None,
    )


def _cut(words: str) -> str:
    return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"


def _given(value: Value | None) -> Value:
    assert value is not None  # the state of the case says so
    return value
