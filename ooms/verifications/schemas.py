"""Verifications on the wire."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ooms.access.schemas import (
    AgreementCode,
    Body,
    Country,
    Currency,
    Exact,
    HsDigits,
    Name,
    Reason,
)
from ooms.verifications import model
from ooms.verifications.importer import InquiryEnd, SelfCheckEnd, SelfCheckGround
from ooms.verifications.letters import Posting
from ooms.verifications.outcomes import Outcome
from ooms.verifications.parts import (
    Certificate,
    Channel,
    Doubt,
    Item,
    Question,
    TellingKind,
)
from ooms.verifications.self_checking import Offer
from ooms.verifications.service import Words
from ooms.verifications.suspension import Security
from ooms.verifications.visit import VisitState
from ooms.verifications.visiting import Plan, VisitReply
from ooms.verifications.waiting import Receipt

Text35 = Annotated[str, Field(min_length=1, max_length=35)]
Authority = Annotated[str, Field(pattern="^[A-Z]{2}-[A-Z0-9]{1,32}$", max_length=15)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Id = Annotated[str, Field(max_length=36)]
QuestionId = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9.\-]{0,11}$")]
ItemNumber = Annotated[int, Field(ge=1, le=99_999)]
Basis = Annotated[str, Field(min_length=1, max_length=256)]
Tri = Literal["YES", "NO", "UNDETERMINED"]
DoubtKind = Literal[
    "RANDOM", "MODEL", "TIP", "SEAL", "CRITERION", "TRANSPORT", "QUANTITY", "RESULT_INCOMPLETE"
]
ExtensionReason = Literal["FORCE_MAJEURE", "APPEAL_PENDING", "ASKING_SIDE", "INVESTIGATION"]
PaperKind = Literal[
    "CERTIFICATE",
    "INVOICE",
    "TRANSPORT",
    "IMPORT_DECLARATION",
    "EXPORT_DECLARATION",
    "PRODUCTION_RECORD",
    "COST_STATEMENT",
    "CONSENT",
    "LETTER",
    "OTHER",
]


class ItemIn(Body):
    """An item in doubt."""

    item_no: ItemNumber
    hs: HsDigits
    description: Reason
    criterion: Annotated[str, Field(max_length=256)] = ""


class CertificateIn(Body):
    """A certificate that is asked about; one on paper with the digest of its copy."""

    number: Text35
    issuing_country: Country
    issued_on: date
    by_message: bool = True
    items: Annotated[tuple[ItemIn, ...], Field(min_length=1, max_length=99)]
    copy_sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    copy_size: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0

    def value(self) -> Certificate:
        """Return the certificate."""
        items = tuple(Item(**one.model_dump()) for one in self.items)
        return Certificate(**self.model_dump(exclude={"items"}), items=items)


class SelectionIn(Body):
    """Whose claim is looked into, under which agreement, who would be asked, and why."""

    partner: Authority
    agreement: AgreementCode
    importer: Name
    exporter: Name
    producer: Annotated[str, Field(max_length=256)] = ""
    certificates: Annotated[tuple[CertificateIn, ...], Field(min_length=1, max_length=20)]
    claim_ids: Annotated[tuple[Id, ...], Field(max_length=50)] = ()
    reason: model.Reason
    because: Annotated[str, Field(max_length=2000)] = ""

    def value(self) -> model.Subject:
        """Return what is looked into."""
        own = self.model_dump(exclude={"certificates", "reason", "because"})
        return model.Subject(**own, certificates=tuple(one.value() for one in self.certificates))


class DoubtIn(Body):
    """One reason to ask, with what suggests it unless it is at random."""

    kind: DoubtKind
    text: Annotated[str, Field(max_length=2000)] = ""


class QuestionIn(Body):
    """One thing asked, under an id that its answer quotes."""

    id: QuestionId
    text: Reason


class WordsIn(Body):
    """The letter, the doubts and the questions."""

    letter: Reason
    doubts: Annotated[tuple[DoubtIn, ...], Field(min_length=1, max_length=20)]
    questions: Annotated[tuple[QuestionIn, ...], Field(max_length=100)] = ()

    def value(self) -> Words:
        """Return the words."""
        return Words(
            self.letter,
            tuple(Doubt(one.kind, one.text) for one in self.doubts),
            tuple(Question(one.id, one.text) for one in self.questions),
        )


class ApprovalIn(Body):
    """Other words, if headquarters changes them, and what was changed."""

    words: WordsIn | None = None
    changes: Annotated[str, Field(max_length=2000)] = ""


class SaidIn(Body):
    """Words, and nothing else."""

    words: Reason


class MoreTimeIn(Body):
    """On which day more time was asked for."""

    asked_on: date


class ConclusionIn(Body):
    """What the importer's papers came to: settled as they are, corrected by him, or neither."""

    is_resolved: bool
    is_corrected: bool = False
    words: Reason

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.is_corrected and not self.is_resolved:
            message = "what was corrected is resolved"
            raise ValueError(message)
        return self

    @property
    def end(self) -> InquiryEnd:
        """What it came to."""
        if self.is_corrected:
            return InquiryEnd.CORRECTED
        return InquiryEnd.SETTLED if self.is_resolved else InquiryEnd.UNRESOLVED


class SelfCheckIn(Body):
    """Why an importer may look at his claim himself, at what mainly, and until when."""

    ground: SelfCheckGround
    points: Reason
    until: date

    def value(self) -> Offer:
        """Return the offer."""
        return Offer(self.ground, self.points, self.until)


class SelfCheckAnswerIn(Body):
    """What the importer found himself, and on which day it came."""

    words: Reason
    answered_on: date


class SelfCheckConclusionIn(Body):
    """What his own check came to; where it leaves a doubt, he is asked for papers."""

    end: SelfCheckEnd
    words: Reason


class ReceiptIn(Body):
    """The day on which the partner had it, and the proof of it."""

    received_on: date
    proof: Reason

    def value(self) -> Receipt:
        """Return the receipt."""
        return Receipt(self.received_on, self.proof)


class ExtensionIn(Body):
    """More time that a partner asks for by letter, and on which day."""

    asked_on: date
    until: date
    reason_code: ExtensionReason
    reason: Reason

    def value(self) -> model.ExtensionAsk:
        """Return the request."""
        return model.ExtensionAsk(**self.model_dump(), is_late=False)


class ExtensionDecisionIn(Body):
    """Yes or no to more time."""

    granted: bool


class ReplyFindingIn(Body):
    """What a partner found, as its letter says."""

    certificate_number: Text35
    item_no: ItemNumber | None = None
    authentic: Tri
    originating: Tri
    facts: Reason
    basis: Basis


class ReplyIn(Body):
    """A partner's result that came by letter."""

    received_on: date
    findings: Annotated[tuple[ReplyFindingIn, ...], Field(min_length=1, max_length=999)]
    answers: Annotated[tuple[QuestionIn, ...], Field(max_length=100)] = ()
    papers: Annotated[tuple[Sha256, ...], Field(max_length=50)] = ()

    def value(self) -> model.Reply:
        """Return the result."""
        return model.Reply(
            received_on=self.received_on,
            round=0,
            findings=tuple(model.ReplyFinding(**one.model_dump()) for one in self.findings),
            answers=tuple(Question(one.id, one.text) for one in self.answers),
            papers=self.papers,
        )


class FindingIn(Body):
    """What is determined of an item; an adverse finding rests on a ground of the list."""

    certificate_number: Text35
    item_no: ItemNumber
    outcome: Outcome
    facts: Reason
    ground: Annotated[str, Field(max_length=40)] = ""
    basis: Annotated[str, Field(max_length=256)] = ""


class FindingsIn(Body):
    """A finding for each item that is asked about."""

    findings: Annotated[tuple[FindingIn, ...], Field(min_length=1, max_length=999)]

    def value(self) -> tuple[model.ItemFinding, ...]:
        """Return the findings."""
        return tuple(model.ItemFinding(**one.model_dump()) for one in self.findings)


class ObjectionDecisionIn(Body):
    """Other findings reverse the determination; without any it is upheld."""

    reasons: Reason
    findings: Annotated[tuple[FindingIn, ...], Field(min_length=1, max_length=999)] | None = None

    def value(self) -> tuple[model.ItemFinding, ...] | None:
        """Return the other findings, if there are some."""
        if self.findings is None:
            return None
        return tuple(model.ItemFinding(**one.model_dump()) for one in self.findings)


class SecurityIn(Body):
    """What the importer gives so that preference is given meanwhile."""

    amount: Exact
    currency: Currency
    reference: Annotated[str, Field(min_length=1, max_length=70)]

    def value(self, *, on: date) -> Security:
        """Return the security."""
        return Security(Decimal(self.amount), self.currency, self.reference, on)


class TellingIn(Body):
    """What the importer was told, and how."""

    kind: TellingKind
    channel: Annotated[str, Field(min_length=1, max_length=70)]


class PlanIn(Body):
    """A visit to be proposed."""

    from_date: date
    to_date: date
    person: Name
    role: Literal["PRODUCER", "EXPORTER"]
    address: Annotated[str, Field(min_length=1, max_length=512)]
    coverage: Reason
    officials: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20)]

    def value(self) -> Plan:
        """Return the plan."""
        return Plan(**self.model_dump())


class VisitReplyIn(Body):
    """What a partner says to a visit, by letter."""

    answer: Literal["CONSENTED", "REFUSED", "POSTPONED"]
    answered_on: date
    reason: Annotated[str, Field(max_length=2000)] = ""
    from_date: date | None = None

    def value(self) -> VisitReply:
        """Return the reply."""
        return VisitReply(VisitState(self.answer), self.answered_on, self.reason, self.from_date)


class HeldIn(Body):
    """The days of a visit, and what it showed."""

    from_date: date
    to_date: date
    facts: Reason


class CommentIn(Body):
    """What was said to a draft, and on which day it came."""

    words: Reason
    commented_on: date


class LetterIn(Body):
    """Which letter is to be sealed: the one that the case needs now, or a reminder."""

    is_reminder: bool = False


class PostingIn(Body):
    """When, how and under which number a letter was posted."""

    posted_on: date
    channel: Channel
    tracking: Annotated[str, Field(min_length=1, max_length=70)]

    def value(self) -> Posting:
        """Return the posting."""
        return Posting(self.posted_on, self.channel, self.tracking)
