"""Applications on the wire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ooms.access.schemas import (
    Body,
    Reason,
    ReasonCode,
)
from ooms.applications.content_schemas import DraftBody
from ooms.applications.grounds import GroundWarning
from ooms.applications.history import Move
from ooms.applications.model import (
    Application,
    CheckResult,
    CompletionRequest,
    Finding,
    Lack,
    State,
)
from ooms.applications.repository import CONTENT
from ooms.determinations.model import Determined
from ooms.procedures.running import RunningClock


class SubmissionIn(Body):
    """What the exporter says to the request for completion that he answers."""

    answer: Annotated[str, Field(max_length=2000)] = ""


class DecisionIn(Body):
    """What the officer decides, and why; a refusal is a proposal until it is confirmed."""

    decision: Literal["APPROVED", "REFUSED"]
    reason_code: ReasonCode = "CONFORM"
    reason: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def _say_why_not(self) -> Self:
        if self.decision != "APPROVED" and not self.reason.strip():
            raise ValueError("say why")
        return self

    def wanted(self) -> State:
        """Return the state that the decision leads to."""
        return State.APPROVED if self.decision == "APPROVED" else State.REFUSAL_PROPOSED


class LackBody(Body):
    """What is to be completed: the box of the form, the reason code, and words."""

    box: Annotated[str, Field(max_length=10)] = ""
    reason_code: ReasonCode
    text: Reason


class CompletionIn(Body):
    """What the officer wants completed, and how many days the exporter has."""

    lacks: Annotated[tuple[LackBody, ...], Field(min_length=1, max_length=50)]
    days: Annotated[int, Field(ge=1, le=365)] | None = None

    def value(self) -> tuple[Lack, ...]:
        """Return what is lacking."""
        return tuple(Lack(one.box, one.reason_code, one.text) for one in self.lacks)


class CompletionOut(Body):
    """A request for completion, and what came of it."""

    id: str
    lacks: tuple[LackBody, ...]
    asked_at: datetime
    due_on: date
    outcome: str
    answer: str
    ended_at: datetime | None

    @classmethod
    def of(cls, request: CompletionRequest) -> Self:
        """Show a request."""
        return cls.model_validate(
            {name: getattr(request, name) for name in cls.model_fields if name != "lacks"}
            | {"lacks": tuple(LackBody(**asdict(one)) for one in request.lacks)}
        )


class CompletionsOut(Body):
    """Every request for completion of an application, the oldest first."""

    items: tuple[CompletionOut, ...]


class ConfirmationIn(Body):
    """What the officer found where no rule decides, or in spite of a rule."""

    finding: Literal["PASSED", "FAILED"]
    detail: Reason


class CheckOut(Body):
    """What one of the checks before issue finds; nobody decided what a rule decides."""

    check: str
    finding: str
    detail: str
    decided_by: str | None
    decided_at: datetime | None

    @classmethod
    def of(cls, result: CheckResult) -> Self:
        """Show a result."""
        return cls.model_validate(result, from_attributes=True)


class ChecksOut(Body):
    """The five checks; a certificate is issued when all pass."""

    all_pass: bool
    items: tuple[CheckOut, ...]

    @classmethod
    def of(cls, results: Iterable[CheckResult]) -> Self:
        """Show results."""
        items = tuple(CheckOut.of(one) for one in results)
        return cls(all_pass=all(one.finding == Finding.PASSED for one in items), items=items)


class GroundOut(Body):
    """What a line cites, and why it stands no more as it was judged, by the reasons' names."""

    item_no: int
    determination_id: str
    agreement: str
    verdict: str
    criterion: str | None
    judged_on: date
    state: str
    stale: tuple[str, ...]

    @classmethod
    def of(cls, item_no: int, ground: Determined) -> Self:
        """Show the ground of a line."""
        return cls(
            item_no=item_no,
            determination_id=ground.id,
            agreement=ground.agreement,
            verdict=ground.verdict,
            criterion=ground.criterion,
            judged_on=ground.judged_on,
            state=ground.state,
            stale=tuple(sorted(ground.stale_reasons)),
        )


class GroundsOut(Body):
    """What every line stands on."""

    items: tuple[GroundOut, ...]


class AssignmentIn(Body):
    """The officer who gets the application."""

    officer_id: Annotated[str, Field(max_length=36)]


class ReleaseIn(Body):
    """Why the officer gives the application back."""

    reason: Reason


class WithdrawalIn(Body):
    """Why the application is taken back."""

    reason: Reason


class DecisionOut(Body):
    """What was decided, and why."""

    reason_code: str
    reason: str
    decided_at: datetime


class PauseOut(Body):
    """The days after `since` up to and including `until` that do not count."""

    since: date
    until: date | None
    reason: str


class ClockOut(Body):
    """Until when the office has to decide, and what that rests on; paused, no day is due."""

    kind: str
    started_on: date
    due_on: date | None
    is_paused: bool
    pauses: tuple[PauseOut, ...]
    calendar: str
    #: Years whose public holidays the calendar does not know.
    unknown_holidays: tuple[int, ...]
    source: str
    verified: bool

    @classmethod
    def of(cls, clock: RunningClock) -> Self:
        """Show a clock."""
        return cls(
            kind=clock.kind,
            started_on=clock.started_on,
            due_on=clock.due_on,
            is_paused=clock.is_paused,
            pauses=tuple(
                PauseOut(since=one.since, until=one.until, reason=one.reason)
                for one in clock.pauses
            ),
            calendar=clock.country,
            unknown_holidays=clock.gaps,
            source=clock.source,
            verified=clock.verified,
        )


class GroundWarningOut(Body):
    """A line whose ground is stale, or goes stale on a day, and what to do."""

    item_no: int
    determination_id: str
    code: str
    stale: tuple[str, ...]
    until: date | None
    detail: str

    @classmethod
    def of(cls, warning: GroundWarning) -> Self:
        """Show a warning."""
        return cls.model_validate(warning, from_attributes=True)


class MoveOut(Body):
    """What was done, when, and by whom: a person by name and role, or a rule by its name."""

    what: str
    at: datetime
    who: str
    role: str
    reason_code: str

    @classmethod
    def of(cls, move: Move) -> Self:
        """Show a move."""
        return cls.model_validate(move, from_attributes=True)


class HistoryOut(Body):
    """What became of an application, the first move first."""

    items: tuple[MoveOut, ...]


class ApplicationOut(Body):
    """An application as it stands."""

    id: str
    exporter_id: str
    state: str
    version: int
    content: DraftBody
    drafted_at: datetime
    submitted_on: date | None
    officer_id: str | None
    office: str | None
    decision: DecisionOut | None
    clock: ClockOut | None
    #: The lines whose determination is stale or goes stale soon; told when one is looked at.
    warnings: tuple[GroundWarningOut, ...] = ()
    #: What was done last; told where applications are listed.
    last_move: MoveOut | None = None

    @classmethod
    def of(
        cls,
        application: Application,
        warnings: Iterable[GroundWarning] = (),
        *,
        last: Move | None = None,
    ) -> Self:
        """Show an application."""
        return cls(
            last_move=MoveOut.of(last) if last else None,
            warnings=tuple(GroundWarningOut.of(one) for one in warnings),
            id=application.id,
            exporter_id=application.exporter_id,
            state=application.state,
            version=application.version,
            content=DraftBody.model_validate(CONTENT.dump_python(application.content)),
            drafted_at=application.drafted_at,
            submitted_on=application.submitted_on,
            officer_id=application.officer_id,
            office=application.office,
            clock=ClockOut.of(application.clock) if application.clock else None,
            decision=(
                DecisionOut(
                    reason_code=application.decision.reason_code,
                    reason=application.decision.reason,
                    decided_at=application.decision.decided_at,
                )
                if application.decision
                else None
            ),
        )
