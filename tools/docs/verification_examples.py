"""One verification told by its messages: a doubt, a result, a visit, and what was decided."""

from __future__ import annotations

from datetime import date

from eodes.domain.certificate import Certificate
from eodes.domain.message import CertificateId, MessageType
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
from eodes.messages.verif_extend import ExtensionReason, VerificationExtension
from eodes.messages.verif_request import VerificationRequest
from eodes.messages.verif_result import Investigation, InvestigationMethod, VerificationResult
from eodes.messages.visit_answer import VisitAnswer, VisitAnswerKind
from eodes.messages.visit_comments import VisitComments
from eodes.messages.visit_final import VisitFinal
from eodes.messages.visit_findings import VisitFindings
from eodes.messages.visit_proposal import Premises, VisitedRole, VisitProposal

CASE_ID = "0199f6a2-3c00-4000-8000-0000000000ca"
_ASKING = Officer("Shanghai Customs", "Li Na", "Officer, Origin Division", "origin@customs.example")
_ASKED = Officer("Seoul Main Customs", "Kim Minji", "Investigator", "verification@customs.example")
_LETTER = CaseDocument.holding(
    b"Letter of request, as signed.",
    title="Letter of request",
    media_type="text/plain",
    kind=DocumentKind.LETTER,
)
_RECORD = CaseDocument.holding(
    b"Production record of November.",
    title="Production record, November",
    media_type="application/pdf",
    kind=DocumentKind.PRODUCTION_RECORD,
    confidentiality=[Confidentiality.PRODUCTION_PROCESS],
    consent="CONSENT-2026-0042",
    is_inside=False,
)


def bodies(certificate: Certificate, named: CertificateId) -> dict[MessageType, object]:
    """Return one body of each type, all of one case about a certificate."""
    maker = certificate.parties[0]
    asked = VerifiedCertificate(
        named, ReceivedBy.MESSAGE, (1,), certificate.items[0].criterion.printed
    )
    return _asked_and_answered(asked, maker.name) | _visited(
        asked, Premises(maker.name, VisitedRole.EXPORTER, maker.address or "At its seat")
    )


def _asked_and_answered(asked: VerifiedCertificate, person: str) -> dict[MessageType, object]:
    return {
        MessageType.VERIF_REQUEST: VerificationRequest(
            case_id=CASE_ID,
            case_number="SH-2026-0117",
            asked_on=date(2026, 11, 20),
            certificates=(asked,),
            doubts=(Doubt(DoubtKind.CRITERION, "The price is below that of its materials"),),
            clock=ReplyClock(
                date(2027, 5, 20), ClockAnchor.RECEIPT, "P6M", "China-Korea FTA 3.23(2)(b)"
            ),
            officer=_ASKING,
            legal_basis="China-Korea FTA 3.23(1)(b)",
            questions=(Question("Q1", "Which materials are originating?"),),
            documents=(_LETTER,),
            secrecy="Used for this verification only.",
        ),
        MessageType.VERIF_ACK: VerificationReceipt(
            CASE_ID, date(2026, 11, 20), date(2027, 5, 20), _ASKED, case_number="VER-26-0009"
        ),
        MessageType.VERIF_EXTEND: VerificationExtension(
            CASE_ID,
            date(2027, 7, 20),
            ExtensionReason.FORCE_MAJEURE,
            "The plant was flooded; its records are being restored",
        ),
        MessageType.VERIF_RESULT: VerificationResult(
            case_id=CASE_ID,
            received_on=date(2026, 11, 20),
            concluded_on=date(2027, 3, 2),
            investigations=(
                Investigation(
                    _ASKED,
                    InvestigationMethod.ON_SITE,
                    person,
                    date(2026, 12, 1),
                    date(2027, 2, 26),
                    "Korea, FTA Customs Special Act 18",
                ),
            ),
            findings=(
                ItemFinding(
                    asked.certificate,
                    Answered.YES,
                    Answered.UNDETERMINED,
                    "Issued as shown; the costs of two materials could not be traced",
                    "China-Korea FTA 3.4",
                    1,
                ),
            ),
            answers=(QuestionAnswer("Q1", "The housing; nothing else has a statement"),),
            documents=(_RECORD,),
        ),
        MessageType.VERIF_DETERMINE: VerificationDetermination(
            CASE_ID, date(2027, 5, 28), _ASKING, (_denial(asked),)
        ),
    }


def _visited(asked: VerifiedCertificate, premises: Premises) -> dict[MessageType, object]:
    return {
        MessageType.VISIT_PROPOSAL: VisitProposal(
            case_id=CASE_ID,
            proposed_on=date(2027, 3, 10),
            from_date=date(2027, 4, 19),
            to_date=date(2027, 4, 20),
            premises=premises,
            coverage="Purchase and cost records of item 1",
            certificates=(asked,),
            officials=(_ASKING,),
            clock=ReplyClock(
                date(2027, 4, 9), ClockAnchor.RECEIPT, "P30D", "China-Korea FTA 3.23(3)(a)"
            ),
        ),
        MessageType.VISIT_ANSWER: VisitAnswer(
            CASE_ID,
            date(2027, 3, 24),
            VisitAnswerKind.POSTPONED,
            _ASKED,
            from_date=date(2027, 5, 10),
            to_date=date(2027, 5, 11),
            reason="The plant stands still in April",
            escorts=(_ASKED,),
        ),
        MessageType.VISIT_FINDINGS: VisitFindings(
            case_id=CASE_ID,
            from_date=date(2027, 5, 10),
            to_date=date(2027, 5, 11),
            participants=(_ASKING, _ASKED),
            facts="Two materials were bought from a non-party",
            decisions=(_denial(asked),),
            clock=ReplyClock(
                date(2027, 6, 14), ClockAnchor.RECEIPT, "P30D", "Agreed for this visit"
            ),
        ),
        MessageType.VISIT_COMMENTS: VisitComments(
            CASE_ID, date(2027, 6, 2), premises.person, "One of the two was made in Busan"
        ),
        MessageType.VISIT_FINAL: VisitFinal(CASE_ID, date(2027, 6, 28), _ASKING, (_denial(asked),)),
    }


def _denial(asked: VerifiedCertificate) -> ItemDecision:
    return ItemDecision(
        asked.certificate,
        PreferenceOutcome.DENIED,
        "The regional value content is 31.2 percent and 40 are asked for",
        "China-Korea FTA 3.4, 3.25",
        1,
        DenialGround.NOT_ORIGINATING,
    )
