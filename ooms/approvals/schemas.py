"""What comes over the wire about approvals; what goes out is in `shown.py`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from ooms.access.schemas import AgreementCode, Body, Name, Reason, ReasonCode
from ooms.approvals.deciding import Verdict, VisitReport
from ooms.approvals.model import (
    Answer,
    FollowUp,
    Hearing,
    Level,
    Manager,
    Order,
    Paper,
    RequestState,
    Scope,
    Statement,
    Visit,
)

Hs6 = Annotated[str, Field(pattern="^[0-9]{6}$")]
Id = Annotated[str, Field(min_length=1, max_length=36)]


class ManagerIn(Body):
    """Who manages origin, by which qualification, and for how long."""

    name: Name
    qualification: ReasonCode
    own_staff: bool
    valid_from: date
    valid_until: date | None = None

    def value(self) -> Manager:
        """Return the manager."""
        return Manager(**self.model_dump())


class PaperIn(Body):
    """A paper that is handed in, and where it is to be found."""

    code: ReasonCode
    reference: Reason

    def value(self) -> Paper:
        """Return the paper."""
        return Paper(self.code, self.reference)


class _WithPapers(Body):
    papers: Annotated[tuple[PaperIn, ...], Field(max_length=50)] = ()

    def given(self) -> tuple[Paper, ...]:
        """Return the papers."""
        return tuple(one.value() for one in self.papers)


class ManagersIn(Body):
    """Who manages origin from now on."""

    managers: Annotated[tuple[ManagerIn, ...], Field(min_length=1, max_length=20)]

    def named(self) -> tuple[Manager, ...]:
        """Return the managers."""
        return tuple(one.value() for one in self.managers)


class RequestIn(ManagersIn, _WithPapers):
    """An application: for the whole entity or a site, for all goods or one item."""

    level: Literal["COMPANY", "ITEM"]
    site_id: Id | None = None
    agreement: AgreementCode | None = None
    hs6: Hs6 | None = None

    def scope(self) -> Scope:
        """Return what approval is applied for."""
        return Scope(Level(self.level), self.site_id, self.agreement, self.hs6)


class RenewalIn(ManagersIn, _WithPapers):
    """An application for renewal of one approval, or of several items together."""

    approval_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=100)]


class CompletionIn(Body):
    """What is to be completed."""

    text: Reason


class CompletionAnswerIn(_WithPapers):
    """What was completed."""

    answer: Reason


class ExtensionIn(Body):
    """How many days longer, and why."""

    days: Annotated[int, Field(ge=1, le=100)]
    reason: Reason


class VisitIn(Body):
    """Why, for what and when somebody goes and looks."""

    reason: Reason
    scope: Reason
    visit_on: date

    def value(self) -> Visit:
        """Return the visit; the desk writes down the day of the notice."""
        return Visit(self.reason, self.scope, self.visit_on, self.visit_on)


class LaterDayIn(Body):
    """The later day that is wished for, and why."""

    to: date
    reason: Reason


class GrantIn(Body):
    """Whether the later day is granted."""

    granted: bool


class VisitReportIn(Body):
    """What a visit found."""

    outcome: Literal["CONFORM", "NOT_CONFORM", "VISIT_REFUSED"]
    text: Reason
    at_request: bool = False

    def value(self) -> VisitReport:
        """Return the report."""
        return VisitReport(**self.model_dump())


class WhyIn(Body):
    """A reason code and words."""

    reason_code: ReasonCode
    reason: Reason

    def pair(self) -> tuple[str, str]:
        """Return code and words."""
        return self.reason_code, self.reason


class WordsIn(Body):
    """Words, for the record."""

    words: Reason


class VerdictIn(WhyIn):
    """How the application is decided; `years` only for a term shorter than usual."""

    decision: Literal["APPROVED", "REFUSED", "RETURNED"]
    reason_code: ReasonCode = "REQUIREMENTS_MET"
    years: Annotated[int, Field(ge=1, le=50)] | None = None

    def value(self) -> Verdict:
        """Return the verdict."""
        return Verdict(RequestState(self.decision), self.reason_code, self.reason, self.years)


class AnswerIn(Body):
    """The answer to one question of the checklist."""

    code: ReasonCode
    holds: bool
    note: Annotated[str, Field(max_length=2000)] = ""

    def value(self) -> Answer:
        """Return the answer."""
        return Answer(self.code, self.holds, self.note)


class InspectionIn(Body):
    """A self-inspection: when it was held, and every question answered."""

    held_on: date
    answers: Annotated[tuple[AnswerIn, ...], Field(min_length=1, max_length=100)]

    def given(self) -> tuple[Answer, ...]:
        """Return the answers."""
        return tuple(one.value() for one in self.answers)


class ReplyIn(WordsIn):
    """What the office says to a self-inspection."""

    reply: Literal["CLEAN", "COMPLETION", "LOOK_AGAIN"]


class FollowUpIn(Body):
    """A check after the approval: why, what, and until when papers or on which day a visit."""

    trigger: ReasonCode
    text: Reason
    papers_by: date | None = None
    visit_on: date | None = None

    def value(self) -> FollowUp:
        """Return the check; the desk writes down who began it and when."""
        return FollowUp(
            self.trigger, self.text, date.min, "", papers_by=self.papers_by, visit_on=self.visit_on
        )


class OrderIn(Body):
    """What is to be set right, on which ground, until when."""

    ground: ReasonCode
    text: Reason
    due_on: date

    def value(self) -> Order:
        """Return the order; the desk writes down its day."""
        return Order(self.ground, self.text, self.due_on, self.due_on)


class HearingIn(Body):
    """Why the approval is to be cancelled, and when the company is heard."""

    ground: ReasonCode
    text: Reason
    hearing_on: date

    def value(self) -> Hearing:
        """Return the hearing; the desk writes down who proposed it and when."""
        return Hearing(self.ground, self.text, "", self.hearing_on, self.hearing_on)


class StatementIn(Body):
    """What the company says, or that it waives being heard."""

    text: Reason
    is_waiver: bool = False

    def value(self, at: datetime) -> Statement:
        """Return the statement."""
        return Statement(self.text, "", at, is_waiver=self.is_waiver)


class RecordIn(Body):
    """The gist of what was said at the hearing, and who of the company agreed to it."""

    text: Reason
    confirmed_by: Name

    def value(self, at: datetime) -> Statement:
        """Return the statement."""
        return Statement(self.text, "", at, is_oral=True, confirmed_by=self.confirmed_by)


class OutcomeIn(Body):
    """How the hearing ends."""

    outcome: Literal["CANCELLED", "NOT_PROVEN", "KEPT"]
    reason: Reason
