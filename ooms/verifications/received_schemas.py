"""Verifications that partners ask for, and inquiries at companies, on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from ooms.access.schemas import (
    AgreementCode,
    Body,
    Name,
    Reason,
)
from ooms.consents.model import Class
from ooms.verifications.answer import (
    Answer,
    AnswerState,
    Asked,
    Finding,
    Inquiry,
    InquiryRole,
    InquiryState,
    JointVisit,
    OwnExtension,
    PartnerDecision,
    Result,
    SiteVisit,
)
from ooms.verifications.answering import SitePlan, VisitWord
from ooms.verifications.inquiring import CompanyAnswer, InquiryPlan
from ooms.verifications.parts import (
    Doubt,
    Letter,
    Paper,
    Question,
    Spoken,
)
from ooms.verifications.schemas import (
    Authority,
    Basis,
    CertificateIn,
    DoubtIn,
    ExtensionReason,
    Id,
    ItemNumber,
    PaperKind,
    QuestionIn,
    Sha256,
    Text35,
    Tri,
)
from ooms.verifications.terms import RunningTerm


class ReceivedIn(Body):
    """What a partner asks by letter."""

    partner: Authority
    case_number: Text35
    agreement: AgreementCode
    asked_on: date
    received_on: date
    round: Annotated[int, Field(ge=1, le=99)] = 1
    certificates: Annotated[tuple[CertificateIn, ...], Field(min_length=1, max_length=20)]
    doubts: Annotated[tuple[DoubtIn, ...], Field(min_length=1, max_length=20)]
    questions: Annotated[tuple[QuestionIn, ...], Field(max_length=100)] = ()
    basis: Basis
    partner_due_on: date | None = None

    def value(self) -> Asked:
        """Return what is asked; a letter's case is named by its number."""
        return Asked(
            partner=self.partner,
            case_id=self.case_number,
            case_number=self.case_number,
            agreement=self.agreement,
            asked_on=self.asked_on,
            received_on=self.received_on,
            round=self.round,
            certificates=tuple(one.value() for one in self.certificates),
            doubts=tuple(Doubt(one.kind, one.text) for one in self.doubts),
            questions=tuple(Question(one.id, one.text) for one in self.questions),
            basis=self.basis,
            partner_due_on=self.partner_due_on,
            by_message=False,
        )


class SitePlanIn(Body):
    """A visit of ours to a company."""

    company_id: Id
    from_date: date
    to_date: date

    def value(self) -> SitePlan:
        """Return the plan."""
        return SitePlan(self.company_id, self.from_date, self.to_date)


class OwnExtensionIn(Body):
    """More time that we ask for."""

    until: date
    reason_code: ExtensionReason
    reason: Reason


class OwnFindingIn(Body):
    """What we found."""

    certificate_number: Text35
    authentic: Tri
    originating: Tri
    facts: Annotated[str, Field(min_length=1, max_length=1500)]
    basis: Basis
    item_no: ItemNumber | None = None
    criterion: Annotated[str, Field(max_length=256)] = ""


class ResultIn(Body):
    """What is to be answered: who was investigated how, findings, answers."""

    findings: Annotated[tuple[OwnFindingIn, ...], Field(min_length=1, max_length=999)]
    answers: Annotated[tuple[QuestionIn, ...], Field(max_length=100)] = ()
    method: Literal["DOCUMENTS", "ON_SITE"]
    person: Name
    from_date: date
    to_date: date
    basis: Basis

    def value(self, *, today: date) -> Result:
        """Return the result, still without who drafted it."""
        return Result(
            findings=tuple(Finding(**one.model_dump()) for one in self.findings),
            answers=tuple(Question(one.id, one.text) for one in self.answers),
            method=self.method,
            person=self.person,
            from_date=self.from_date,
            to_date=self.to_date,
            basis=self.basis,
            drafted_by="",
            drafted_on=today,
        )


class PapersIn(Body):
    """The digests of the papers that are to go along."""

    papers: Annotated[tuple[Sha256, ...], Field(max_length=50)] = ()


class JointAnswerIn(Body):
    """What we say to a visit that the partner proposes."""

    answer: Literal["CONSENTED", "REFUSED", "POSTPONED"]
    reason: Annotated[str, Field(max_length=2000)] = ""
    from_date: date | None = None
    to_date: date | None = None

    def value(self) -> VisitWord:
        """Return the word."""
        return VisitWord(self.answer, self.reason, self.from_date, self.to_date)


class ReceivedOut(Body):
    """A verification that a partner asks for, as it stands."""

    id: str
    asked: Asked
    state: AnswerState
    registered_at: datetime
    clock: RunningTerm
    internal_due_on: date | None
    officer_id: str | None
    rounds: tuple[Asked, ...]
    visits: tuple[SiteVisit, ...]
    joint_visits: tuple[JointVisit, ...]
    extensions: tuple[OwnExtension, ...]
    result: Result | None
    replied_on: date | None
    acked_on: date | None
    decisions: tuple[PartnerDecision, ...]
    letters: tuple[Letter, ...]
    messages: tuple[Spoken, ...]
    companies: tuple[str, ...]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Show what a partner asks."""
        return cls(**{name: getattr(answer, name) for name in cls.model_fields})


class InquiryIn(Body):
    """Whom we ask, as what, about what, and when the investigation begins."""

    company_id: Id
    role: InquiryRole
    certificate_number: Text35
    items: Annotated[tuple[ItemNumber, ...], Field(max_length=99)] = ()
    words: Reason
    questions: Annotated[tuple[QuestionIn, ...], Field(max_length=100)] = ()
    starts_on: date

    def value(self) -> InquiryPlan:
        """Return the plan."""
        questions = tuple(Question(one.id, one.text) for one in self.questions)
        return InquiryPlan(**self.model_dump(exclude={"questions"}), questions=questions)


class PaperIn(Body):
    """A paper by its digest, with the classes in which it is confidential."""

    sha256: Sha256
    size: Annotated[int, Field(ge=1, le=1_000_000_000)]
    media_type: Annotated[str, Field(pattern=r"^[a-z0-9]+/[a-z0-9.+\-]+$", max_length=100)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    kind: PaperKind
    classes: Annotated[tuple[Class, ...], Field(max_length=len(Class))] = ()


class CompanyAnswerIn(Body):
    """What a company answers."""

    words: Reason
    answers: Annotated[tuple[QuestionIn, ...], Field(max_length=100)] = ()
    papers: Annotated[tuple[PaperIn, ...], Field(max_length=50)] = ()

    def value(self) -> CompanyAnswer:
        """Return the answer."""
        return CompanyAnswer(
            self.words,
            tuple(Question(one.id, one.text) for one in self.answers),
            tuple(
                Paper(
                    one.sha256,
                    one.size,
                    one.media_type,
                    one.title,
                    one.kind,
                    tuple(each.value for each in one.classes),
                )
                for one in self.papers
            ),
        )


class InquiryOut(Body):
    """What a company is asked, and what it answered."""

    id: str
    received_id: str
    company_id: str
    role: InquiryRole
    state: InquiryState
    certificate_number: str
    items: tuple[int, ...]
    words: str
    questions: tuple[Question, ...]
    noticed_on: date
    starts_on: date
    clock: RunningTerm
    answered_on: date | None
    answer: str
    answers: tuple[Question, ...]
    papers: tuple[Paper, ...]

    @classmethod
    def of(cls, inquiry: Inquiry) -> Self:
        """Show an inquiry."""
        return cls(**{name: getattr(inquiry, name) for name in cls.model_fields})
