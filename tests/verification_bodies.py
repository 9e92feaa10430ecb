"""What two administrations say to each other in one verification, short and complete."""

from __future__ import annotations

from datetime import date
from typing import Any

from eodes.api import identify
from eodes.domain.certificate import Certificate
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

CASE = "0199f6a2-3c00-4000-8000-0000000000ca"
ASKING = Officer("Hai Phong Customs", "Tran Van An", "Officer, Origin Division")
ASKED = Officer("Seoul Main Customs", "Kim Minji", "Investigator")
CLOCK = ReplyClock(date(2027, 5, 21), ClockAnchor.RECEIPT, "P6M", "KVFTA 3.21(1)(c)")
EVIDENCE = b"%PDF-1.7 production record"


def evidence(**changes: Any) -> CaseDocument:
    """A confidential paper with its consent, its bytes inside."""
    facts: dict[str, Any] = {
        "title": "Production record",
        "media_type": "application/pdf",
        "kind": DocumentKind.PRODUCTION_RECORD,
        "confidentiality": (Confidentiality.PRODUCTION_PROCESS,),
        "consent": "CONSENT-1",
    }
    return CaseDocument.holding(EVIDENCE, **(facts | changes))


def a_request(certificate: Certificate, **changes: Any) -> VerificationRequest:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "case_number": "HP-2026-1",
        "asked_on": date(2026, 11, 21),
        "certificates": (VerifiedCertificate(identify(certificate), ReceivedBy.MESSAGE, (1,)),),
        "doubts": (Doubt(DoubtKind.CRITERION, "the price is below that of its materials"),),
        "clock": CLOCK,
        "officer": ASKING,
        "legal_basis": "KVFTA 3.21(1)",
        "questions": (Question("Q1", "Which materials are originating?"),),
    }
    return VerificationRequest(**(facts | changes))


def a_receipt(**changes: Any) -> VerificationReceipt:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "received_on": date(2026, 11, 21),
        "due_on": date(2027, 5, 21),
        "officer": ASKED,
    }
    return VerificationReceipt(**(facts | changes))


def an_extension(**changes: Any) -> VerificationExtension:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "until": date(2027, 7, 21),
        "reason_code": ExtensionReason.FORCE_MAJEURE,
        "reason": "the plant was flooded",
    }
    return VerificationExtension(**(facts | changes))


def a_result(certificate: Certificate, **changes: Any) -> VerificationResult:
    investigation = Investigation(
        ASKED,
        InvestigationMethod.DOCUMENTS,
        "Hanbit Electric",
        date(2026, 12, 1),
        date(2027, 2, 1),
        "FTA Customs Special Act 18",
    )
    finding = ItemFinding(
        identify(certificate),
        Answered.YES,
        Answered.NO,
        "two materials have no statement",
        "KVFTA 3.4",
        1,
    )
    facts: dict[str, Any] = {
        "case_id": CASE,
        "received_on": date(2026, 11, 21),
        "concluded_on": date(2027, 2, 2),
        "investigations": (investigation,),
        "findings": (finding,),
        "documents": (evidence(),),
    }
    return VerificationResult(**(facts | changes))


def a_denial(certificate: Certificate, **changes: Any) -> ItemDecision:
    facts: dict[str, Any] = {
        "certificate": identify(certificate),
        "outcome": PreferenceOutcome.DENIED,
        "facts": "31.2 percent and 40 are asked for",
        "legal_basis": "KVFTA 3.4",
        "item_no": 1,
        "ground": DenialGround.NOT_ORIGINATING,
    }
    return ItemDecision(**(facts | changes))


def a_determination(certificate: Certificate, **changes: Any) -> VerificationDetermination:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "determined_on": date(2027, 3, 1),
        "officer": ASKING,
        "decisions": (a_denial(certificate),),
    }
    return VerificationDetermination(**(facts | changes))


def a_proposal(certificate: Certificate, **changes: Any) -> VisitProposal:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "proposed_on": date(2027, 3, 1),
        "from_date": date(2027, 4, 19),
        "to_date": date(2027, 4, 20),
        "premises": Premises("Hanbit Electric", VisitedRole.PRODUCER, "1 Factory Road, Ansan"),
        "coverage": "purchase and cost records of item 1",
        "certificates": (VerifiedCertificate(identify(certificate), ReceivedBy.MESSAGE, (1,)),),
        "officials": (ASKING,),
        "clock": ReplyClock(date(2027, 3, 31), ClockAnchor.RECEIPT, "P30D", "KVFTA 3.21(4)(d)"),
    }
    return VisitProposal(**(facts | changes))


def a_visit_answer(**changes: Any) -> VisitAnswer:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "answered_on": date(2027, 3, 12),
        "answer": VisitAnswerKind.CONSENTED,
        "officer": ASKED,
        "consented_on": date(2027, 3, 10),
    }
    return VisitAnswer(**(facts | changes))


def visit_findings(certificate: Certificate, **changes: Any) -> VisitFindings:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "from_date": date(2027, 4, 19),
        "to_date": date(2027, 4, 20),
        "participants": (ASKING, ASKED),
        "facts": "two materials were bought from a non-party",
        "decisions": (a_denial(certificate),),
        "clock": ReplyClock(date(2027, 5, 20), ClockAnchor.RECEIPT, "P30D", "KVFTA 3.21(7)"),
    }
    return VisitFindings(**(facts | changes))


def visit_comments(**changes: Any) -> VisitComments:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "commented_on": date(2027, 5, 10),
        "person": "Hanbit Electric",
        "text": "one of the two was made in Busan",
    }
    return VisitComments(**(facts | changes))


def visit_final(certificate: Certificate, **changes: Any) -> VisitFinal:
    facts: dict[str, Any] = {
        "case_id": CASE,
        "determined_on": date(2027, 6, 1),
        "officer": ASKING,
        "decisions": (a_denial(certificate),),
    }
    return VisitFinal(**(facts | changes))
