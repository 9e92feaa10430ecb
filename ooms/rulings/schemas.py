"""Advance rulings on the wire: for applicants and officers, and what anybody may read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from ooms.access.schemas import AgreementCode, Body, Country, Name, Reason, ReasonCode
from ooms.crosschecks.likeness import key_of
from ooms.rulings.model import (
    Answer,
    Applicant,
    Change,
    Decided,
    Goods,
    Material,
    Objection,
    Published,
    Request,
    Ruling,
    Standing,
)

Hs6 = Annotated[str, Field(pattern="^[0-9]{6}$")]
HsAny = Annotated[str, Field(pattern="^[0-9]{6,12}$")]
Short = Annotated[str, Field(max_length=2000)]
Processes = Annotated[tuple[Name, ...], Field(max_length=50)]
_LONGEST_KEY = 120


class MaterialIn(Body):
    """A material that the goods are made of."""

    hs: HsAny
    origin: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    name: Annotated[str, Field(max_length=256)] = ""

    def value(self) -> Material:
        """Return the material."""
        return Material(self.hs, self.origin, self.name)


class GoodsIn(Body):
    """The facts that the ruling is to rest on; `holder` exports or makes the goods."""

    holder: Annotated[str, Field(min_length=1, max_length=256, pattern=r"[^\W_]")]
    agreement: AgreementCode
    hs6: Hs6
    hs_edition: Annotated[int, Field(ge=1988, le=2100)] | None = None
    description: Reason
    #: The other party of the agreement from which the goods come.
    partner: Country
    processes: Processes = ()
    materials: Annotated[tuple[MaterialIn, ...], Field(max_length=200)] = ()

    def value(self) -> Goods:
        """Return the facts."""
        return Goods(
            holder=key_of(self.holder)[:_LONGEST_KEY],
            agreement=self.agreement,
            hs6=self.hs6,
            description=self.description,
            partner=self.partner,
            hs_edition=self.hs_edition,
            processes=self.processes,
            materials=tuple(one.value() for one in self.materials),
        )


class ApplicantIn(Body):
    """Who applies, as what, and from where: exporters and producers of partners too."""

    name: Name
    country: Country
    standing: Standing
    address: Annotated[str, Field(max_length=512)] = ""

    def value(self) -> Applicant:
        """Return the applicant."""
        return Applicant(self.name, self.country, self.standing, self.address)


class RequestIn(Body):
    """An application for an advance ruling, before the goods are declared."""

    applicant: ApplicantIn
    subject: ReasonCode
    goods: GoodsIn
    question: Reason
    papers: Annotated[tuple[Name, ...], Field(max_length=100)] = ()

    def value(self) -> Request:
        """Return the application; the desk writes down the day of receipt."""
        return Request(
            applicant=self.applicant.value(),
            subject=self.subject,
            goods=self.goods.value(),
            question=self.question,
            received_on=date.min,
            papers=self.papers,
        )


class CompletionAskedIn(Body):
    """What is to be completed, and within how many days."""

    text: Reason
    days: Annotated[int, Field(ge=1, le=100)] | None = None


class CompletionIn(Body):
    """What was completed."""

    answer: Reason


class ReturnIn(Body):
    """On which ground the application is returned."""

    ground: ReasonCode
    reason: Reason


class AnswerIn(Body):
    """What is ruled, and why."""

    origin: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    criterion: Annotated[str, Field(max_length=70)] = ""
    text: Reason
    reasons: Reason

    def value(self) -> Answer:
        """Return the answer."""
        return Answer(self.origin, self.criterion, self.text, self.reasons)


class PublicationIn(Body):
    """What anybody may read, cleared by a person of what is confidential."""

    description: Reason
    text: Reason
    processes: Processes = ()

    def value(self) -> Published:
        """Return the words; the desk writes down the day."""
        return Published(date.min, self.description, self.text, self.processes)


class ChangeIn(Body):
    """On which ground the ruling changes, and to what; without an answer it is revoked."""

    ground: ReasonCode
    reason: Reason
    answer: AnswerIn | None = None


class GraceIn(Body):
    """Who relied on the former answer, when he asked, and until when he is left under it."""

    holder: Annotated[str, Field(min_length=1, max_length=256, pattern=r"[^\W_]")]
    asked_on: date
    until: date

    def key(self) -> str:
        """Return the holder's key without spelling."""
        return key_of(self.holder)[:_LONGEST_KEY]


class ObjectionIn(Body):
    """What the applicant objects."""

    text: Reason


class ObjectionDecisionIn(Body):
    """How the objection is decided: with another answer, or not at all."""

    answer: AnswerIn | None = None
    reason: Reason


class AnswerOut(Body):
    """What is ruled, and why."""

    origin: str
    criterion: str
    text: str
    reasons: str

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Show an answer."""
        return cls(
            origin=answer.origin,
            criterion=answer.criterion,
            text=answer.text,
            reasons=answer.reasons,
        )


class DecidedOut(Body):
    """The ruling with its days."""

    number: str
    answer: AnswerOut
    decided_on: date
    object_by: date
    publish_by: date

    @classmethod
    def of(cls, decided: Decided) -> Self:
        """Show the ruling."""
        return cls(
            number=decided.number,
            answer=AnswerOut.of(decided.answer),
            decided_on=decided.decided_on,
            object_by=decided.object_by,
            publish_by=decided.publish_by,
        )


class ChangeOut(Body):
    """A change: it applies to what is declared after its day, or reaches back."""

    changed_on: date
    ground: str
    reason: str
    answer: AnswerOut | None
    reaches_back: bool

    @classmethod
    def of(cls, change: Change) -> Self:
        """Show a change."""
        return cls(
            changed_on=change.changed_on,
            ground=change.ground,
            reason=change.reason,
            answer=AnswerOut.of(change.answer) if change.answer else None,
            reaches_back=change.reaches_back,
        )


class ObjectionOut(Body):
    """An objection, and how it ended."""

    filed_on: date
    text: str
    due_on: date
    end: str | None
    decided_on: date | None
    reason: str

    @classmethod
    def of(cls, objection: Objection) -> Self:
        """Show an objection."""
        return cls(
            filed_on=objection.filed_on,
            text=objection.text,
            due_on=objection.due_on,
            end=objection.end,
            decided_on=objection.decided_on,
            reason=objection.reason,
        )


class RulingOut(Body):
    """An advance ruling as its applicant and officers see it."""

    id: str
    state: str
    subject: str
    applicant: str
    holder: str
    agreement: str
    hs6: str
    hs_edition: int | None
    description: str
    question: str
    received_on: date
    due_on: date | None
    complete_by: date | None
    ended_reason: str
    decided: DecidedOut | None
    published_on: date | None
    changes: tuple[ChangeOut, ...]
    objection: ObjectionOut | None

    @classmethod
    def of(cls, ruling: Ruling) -> Self:
        """Show a ruling."""
        request, goods = ruling.request, ruling.request.goods
        open_now = ruling.completions[-1:] if ruling.due_on is None else ()
        return cls(
            id=ruling.id,
            state=ruling.state,
            subject=request.subject,
            applicant=request.applicant.name,
            holder=goods.holder,
            agreement=goods.agreement,
            hs6=goods.hs6,
            hs_edition=goods.hs_edition,
            description=goods.description,
            question=request.question,
            received_on=request.received_on,
            due_on=ruling.due_on,
            complete_by=open_now[0].answer_by if open_now else None,
            ended_reason=ruling.ended_reason,
            decided=DecidedOut.of(ruling.decided) if ruling.decided else None,
            published_on=ruling.published.published_on if ruling.published else None,
            changes=tuple(ChangeOut.of(one) for one in ruling.changes),
            objection=ObjectionOut.of(ruling.objection) if ruling.objection else None,
        )


class PublicOut(Body):
    """A published ruling: nothing of whom it was given to, nor of what is confidential."""

    number: str
    agreement: str
    hs6: str
    hs_edition: int | None
    description: str
    text: str
    processes: tuple[str, ...]
    origin: str
    criterion: str
    decided_on: date
    published_on: date
    state: str
    changed_on: date | None

    @classmethod
    def of(cls, ruling: Ruling) -> Self:
        """Show what was published."""
        assert ruling.decided is not None
        assert ruling.published is not None
        shown, goods = ruling.published, ruling.request.goods
        answers = [one.answer for one in ruling.changes if one.answer is not None]
        answer = answers[-1] if answers else ruling.decided.answer
        return cls(
            number=ruling.decided.number,
            agreement=goods.agreement,
            hs6=goods.hs6,
            hs_edition=goods.hs_edition,
            description=shown.description,
            text=shown.text,
            processes=shown.processes,
            origin=answer.origin,
            criterion=answer.criterion,
            decided_on=ruling.decided.decided_on,
            published_on=shown.published_on,
            state=ruling.state,
            changed_on=ruling.changes[-1].changed_on if ruling.changes else None,
        )
