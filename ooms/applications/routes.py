"""Applications over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import OfCompany, TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.applications.checks import Checks
from ooms.applications.completion import Completions
from ooms.applications.content_schemas import DraftBody
from ooms.applications.four_eyes import FourEyes
from ooms.applications.grounds import Grounds
from ooms.applications.history import History
from ooms.applications.model import Check, Finding, State
from ooms.applications.queue import Queue, Wanted, Whose
from ooms.applications.queue_schemas import ChangeOut, ChangesOut, QueuedOut
from ooms.applications.schemas import (
    ApplicationOut,
    AssignmentIn,
    CompletionIn,
    CompletionOut,
    CompletionsOut,
    ConfirmationIn,
    DecisionIn,
    GroundOut,
    GroundsOut,
    HistoryOut,
    MoveOut,
    ReleaseIn,
    SubmissionIn,
    WithdrawalIn,
)
from ooms.applications.service import Applications
from ooms.db import Work
from ooms.refusals.schemas import WarningOut, WarningsOut

router = APIRouter(prefix="/applications", tags=["applications"])
Desk = Annotated[Applications, from_office("applications")]
Checking = Annotated[Checks, from_office("checks")]
Refusing = Annotated[FourEyes, from_office("four_eyes")]
Completing = Annotated[Completions, from_office("completions")]
Standing = Annotated[Grounds, from_office("grounds")]
Trail = Annotated[History, from_office("history")]
Waiting = Annotated[Queue, from_office("queue")]


@router.post("", status_code=201, response_model=ApplicationOut)
def draft(body: DraftBody, *, call: TheCall, desk: Desk) -> Response:
    """Draft an application; what is not known yet may be missing."""
    return call.write(
        Action.APPLY,
        body,
        lambda work, by: ApplicationOut.of(desk.draft(work, body.value(), by=by)),
    )


@router.post("/{application_id}/content", response_model=ApplicationOut)
def revise(application_id: str, body: DraftBody, *, call: TheCall, desk: Desk) -> Response:
    """Write a draft anew, or complete what the officer asked for."""
    return call.write(
        Action.APPLY,
        body,
        lambda work, by: ApplicationOut.of(
            desk.revise(work, application_id, content=body.value(), by=by)
        ),
        status=200,
    )


@router.post("/{application_id}/submission", response_model=ApplicationOut)
def submit(
    application_id: str, body: SubmissionIn | None = None, *, call: TheCall, desk: Desk
) -> Response:
    """Hand an application in, or back in with what was to be completed."""
    answer = body.answer if body else ""
    return call.write(
        Action.APPLY,
        body,
        lambda work, by: ApplicationOut.of(desk.submit(work, application_id, by=by, answer=answer)),
        status=200,
    )


@router.post("/{application_id}/review", response_model=ApplicationOut)
def take(application_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Take an application for review."""
    return call.write(
        Action.DECIDE_APPLICATION,
        None,
        lambda work, by: ApplicationOut.of(desk.take(work, application_id, by=by)),
        status=200,
    )


@router.post("/{application_id}/decision", response_model=ApplicationOut)
def decide(application_id: str, body: DecisionIn, *, call: TheCall, desk: Desk) -> Response:
    """Approve, or propose to refuse."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: ApplicationOut.of(
            desk.decide(
                work,
                application_id,
                wanted=body.wanted(),
                why=(body.reason_code, body.reason),
                by=by,
            )
        ),
        status=200,
    )


@router.post("/{application_id}/release", response_model=ApplicationOut)
def release(application_id: str, body: ReleaseIn, *, call: TheCall, desk: Desk) -> Response:
    """Give an application back, so that another officer may take it."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: ApplicationOut.of(
            desk.release(work, application_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.post("/{application_id}/completions", status_code=201, response_model=ApplicationOut)
def ask_completion(
    application_id: str, body: CompletionIn, *, call: TheCall, completions: Completing
) -> Response:
    """Ask the exporter to complete the application, box by box; the office's clock stops."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: ApplicationOut.of(
            completions.ask(work, application_id, lacks=body.value(), days=body.days, by=by)
        ),
    )


@router.get("/{application_id}/completions")
def completions(application_id: str, *, call: TheCall, completions: Completing) -> CompletionsOut:
    """Return what was asked to be completed, and what was answered."""
    found = call.read(
        Action.SEE_APPLICATION, lambda work, by: completions.of(work, application_id, by=by)
    )
    return CompletionsOut(items=tuple(CompletionOut.of(one) for one in found))


@router.get("/{application_id}/changes")
def changes(application_id: str, *, call: TheCall, completions: Completing) -> ChangesOut:
    """Name what an application says otherwise than when its completion was asked last."""
    found = call.read(
        Action.SEE_APPLICATION, lambda work, by: completions.changes(work, application_id, by=by)
    )
    return ChangesOut(items=tuple(ChangeOut.of(one) for one in found))


@router.post("/{application_id}/checks/{check}", response_model=ApplicationOut)
def confirm_check(
    application_id: str, check: Check, body: ConfirmationIn, *, call: TheCall, checks: Checking
) -> Response:
    """Say what the officer found in a check."""
    return call.write(
        Action.DECIDE_APPLICATION,
        body,
        lambda work, by: ApplicationOut.of(
            checks.confirm(
                work,
                application_id,
                check=check,
                finding=Finding(body.finding),
                detail=body.detail,
                by=by,
            )
        ),
        status=200,
    )


@router.post("/{application_id}/assignment", response_model=ApplicationOut)
def assign(application_id: str, body: AssignmentIn, *, call: TheCall, desk: Desk) -> Response:
    """Give an application to another officer."""
    return call.write(
        Action.ASSIGN_APPLICATION,
        body,
        lambda work, by: ApplicationOut.of(
            desk.assign(work, application_id, officer_id=body.officer_id, by=by)
        ),
        status=200,
    )


@router.post("/{application_id}/refusal", response_model=ApplicationOut)
def confirm_refusal(application_id: str, *, call: TheCall, eyes: Refusing) -> Response:
    """Refuse for good what an officer proposed to refuse."""
    return call.write(
        Action.CONFIRM_REFUSAL,
        None,
        lambda work, by: ApplicationOut.of(eyes.confirm(work, application_id, by=by)),
        status=200,
    )


@router.post("/{application_id}/refusal-return", response_model=ApplicationOut)
def send_back(application_id: str, body: ReleaseIn, *, call: TheCall, eyes: Refusing) -> Response:
    """Give a proposed refusal back to its officer."""
    return call.write(
        Action.CONFIRM_REFUSAL,
        body,
        lambda work, by: ApplicationOut.of(
            eyes.send_back(work, application_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.get("/{application_id}/grounds")
def grounds(application_id: str, *, call: TheCall, standing: Standing) -> GroundsOut:
    """Tell what each line stands on, and whether it still stands as it was judged."""
    found = call.read(
        Action.SEE_APPLICATION, lambda work, by: standing.of(work, application_id, by=by)
    )
    return GroundsOut(items=tuple(GroundOut.of(*one) for one in sorted(found.items())))


@router.get("/{application_id}/history")
def history(application_id: str, *, call: TheCall, trail: Trail) -> HistoryOut:
    """Tell what became of an application: each move, when, and by whom."""
    found = call.read(
        Action.SEE_APPLICATION, lambda work, by: trail.of(work, application_id, by=by)
    )
    return HistoryOut(items=tuple(MoveOut.of(one) for one in found))


@router.get("/{application_id}/warnings")
def warnings(application_id: str, *, call: TheCall, eyes: Refusing) -> WarningsOut:
    """Return the earlier refusals, by any office, that an application calls to mind."""
    found = call.read(
        Action.SEE_REFUSAL, lambda work, by: eyes.warnings(work, application_id, by=by)
    )
    return WarningsOut(items=tuple(WarningOut.of(one) for one in found))


@router.post("/{application_id}/withdrawal", response_model=ApplicationOut)
def withdraw(application_id: str, body: WithdrawalIn, *, call: TheCall, desk: Desk) -> Response:
    """Take an application back, before issue."""
    return call.write(
        Action.APPLY,
        body,
        lambda work, by: ApplicationOut.of(
            desk.withdraw(work, application_id, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.get("/overdue")
def overdue(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[ApplicationOut]:
    """List the applications that the office should have decided before today."""
    found = call.read(Action.DECIDE_APPLICATION, lambda work, _by: desk.overdue(work, window))
    return PageOut[ApplicationOut](
        items=tuple(ApplicationOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/queue")
def queue(  # noqa: PLR0913  # the filters of the queue, each by its name
    window: TheWindow,
    *,
    call: TheCall,
    waiting: Waiting,
    state: State | None = None,
    agreement: Annotated[str | None, Query(max_length=12)] = None,
    whose: Whose | None = None,
    overdue: bool = False,
) -> PageOut[QueuedOut]:
    """List what waits for the office, the oldest first, with who has it and the days left."""
    wanted = Wanted(state, agreement, whose, overdue)
    found = call.read(
        Action.SEE_APPLICATION, lambda work, by: waiting.page(work, window, wanted=wanted, by=by)
    )
    return PageOut[QueuedOut](
        items=tuple(QueuedOut.of(one) for one in found), next=window.next(found)
    )


@router.get("/{application_id}")
def get(application_id: str, *, call: TheCall, desk: Desk, grounds: Standing) -> ApplicationOut:
    """Return an application, with a warning for each line whose ground is or goes stale."""
    return call.read(
        Action.SEE_APPLICATION,
        lambda work, by: ApplicationOut.of(
            desk.get(work, application_id, by=by), grounds.warnings(work, application_id, by=by)
        ),
    )


@router.get("")
def page(  # noqa: PLR0913  # the filters, each by its name
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    trail: Trail,
    state: State | None = None,
    exporter_id: OfCompany = None,
) -> PageOut[ApplicationOut]:
    """List applications, the newest first, each with what was done last."""

    def listed(work: Work, by: User) -> PageOut[ApplicationOut]:
        found = desk.page(work, window, state=state, of=exporter_id, by=by)
        last = trail.last(work, found)
        return PageOut[ApplicationOut](
            items=tuple(ApplicationOut.of(one, last=last[one.id]) for one in found),
            next=window.next(found),
        )

    return call.read(Action.SEE_APPLICATION, listed)
