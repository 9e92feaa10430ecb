"""Approved exporters over HTTP: applications for approval, and what follows an approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from ooms.access.dependencies import Call, OfCompany, TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.approvals.applying import Applying
from ooms.approvals.deciding import Deciding
from ooms.approvals.ending import Ending, Outcome
from ooms.approvals.keeping import Keeping
from ooms.approvals.model import Approval, Reply, Request, RequestState
from ooms.approvals.schemas import (
    CompletionAnswerIn,
    CompletionIn,
    ExtensionIn,
    FollowUpIn,
    GrantIn,
    HearingIn,
    InspectionIn,
    LaterDayIn,
    ManagersIn,
    OrderIn,
    OutcomeIn,
    RecordIn,
    RenewalIn,
    ReplyIn,
    RequestIn,
    StatementIn,
    VerdictIn,
    VisitIn,
    VisitReportIn,
    WhyIn,
    WordsIn,
)
from ooms.approvals.service import Approvals
from ooms.approvals.shown import ApprovalOut, RequestOut, SchemeOut
from ooms.db import Work

router = APIRouter(prefix="/approved-exporters", tags=["approved exporters"])
Desk = Annotated[Approvals, from_office("approvals")]
Applicants = Annotated[Applying, from_office("applying")]
Judges = Annotated[Deciding, from_office("deciding")]
Keeper = Annotated[Keeping, from_office("keeping")]
Closer = Annotated[Ending, from_office("ending")]


class _Part(Protocol):
    """What works at the desk of approvals."""

    desk: Approvals


_COMPANY, _OFFICER = Action.APPLY_FOR_APPROVAL, Action.DECIDE_APPROVAL


@router.get("/scheme")
def scheme(call: TheCall, desk: Desk) -> SchemeOut:
    """Show this administration's scheme: periods, papers, codes, checklist, with sources."""
    return call.read(Action.SEE_APPROVAL, lambda _work, _by: SchemeOut.of(desk.scheme))


# Applications for approval


@router.get("/requests")
def requests(
    window: TheWindow,
    *,
    state: Annotated[RequestState | None, Query()] = None,
    call: TheCall,
    desk: Desk,
) -> PageOut[RequestOut]:
    """List applications for approval, the newest first."""
    found = call.read(
        Action.SEE_APPROVAL, lambda work, by: desk.requests(work, window, state=state, by=by)
    )
    return PageOut[RequestOut](
        items=tuple(RequestOut.of(one, desk.scheme) for one in found),
        next=window.next(found),
    )


@router.get("/requests/{request_id}")
def request(request_id: str, *, call: TheCall, desk: Desk) -> RequestOut:
    """Return an application for approval."""
    return call.read(
        Action.SEE_APPROVAL,
        lambda work, by: RequestOut.of(desk.request(work, request_id, by=by), desk.scheme),
    )


@router.post("/requests", status_code=201, response_model=RequestOut)
def apply(body: RequestIn, *, call: TheCall, part: Applicants) -> Response:
    """Apply for approval."""

    def step(work: Work, by: User) -> Request:
        return part.apply(work, body.scope(), managers=body.named(), papers=body.given(), by=by)

    return _done(call, part, step, action=_COMPANY, body=body, status=201)


@router.post("/requests/renewal", status_code=201, response_model=RequestOut)
def renew(body: RenewalIn, *, call: TheCall, part: Applicants) -> Response:
    """Apply for renewal, of one approval or of several items together."""

    def step(work: Work, by: User) -> Request:
        return part.renew(
            work, body.approval_ids, managers=body.named(), papers=body.given(), by=by
        )

    return _done(call, part, step, action=_COMPANY, body=body, status=201)


@router.post("/requests/{request_id}/completion", response_model=RequestOut)
def ask_completion(request_id: str, body: CompletionIn, *, call: TheCall, part: Judges) -> Response:
    """Ask the company to complete its application."""

    def step(work: Work, by: User) -> Request:
        return part.ask_completion(work, request_id, text=body.text, by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/requests/{request_id}/completion-answer", response_model=RequestOut)
def complete(
    request_id: str, body: CompletionAnswerIn, *, call: TheCall, part: Applicants
) -> Response:
    """Complete an application."""

    def step(work: Work, by: User) -> Request:
        return part.complete(work, request_id, answer=body.answer, papers=body.given(), by=by)

    return _done(call, part, step, action=_COMPANY, body=body)


@router.post("/requests/{request_id}/extension", response_model=RequestOut)
def extend(request_id: str, body: ExtensionIn, *, call: TheCall, part: Applicants) -> Response:
    """Take longer to complete an application."""

    def step(work: Work, by: User) -> Request:
        return part.extend(work, request_id, days=body.days, reason=body.reason, by=by)

    return _done(call, part, step, action=_COMPANY, body=body)


@router.post("/requests/{request_id}/visit", response_model=RequestOut)
def announce_visit(request_id: str, body: VisitIn, *, call: TheCall, part: Judges) -> Response:
    """Announce a visit."""

    def step(work: Work, by: User) -> Request:
        return part.announce_visit(work, request_id, visit=body.value(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/requests/{request_id}/visit-postponement", response_model=RequestOut)
def ask_postponement(
    request_id: str, body: LaterDayIn, *, call: TheCall, part: Applicants
) -> Response:
    """Ask for a later visit."""

    def step(work: Work, by: User) -> Request:
        return part.ask_postponement(work, request_id, to=body.to, reason=body.reason, by=by)

    return _done(call, part, step, action=_COMPANY, body=body)


@router.post("/requests/{request_id}/visit-postponement-decision", response_model=RequestOut)
def move_visit(request_id: str, body: GrantIn, *, call: TheCall, part: Judges) -> Response:
    """Grant or deny the later visit."""

    def step(work: Work, by: User) -> Request:
        return part.move_visit(work, request_id, granted=body.granted, by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/requests/{request_id}/visit-report", response_model=RequestOut)
def report_visit(request_id: str, body: VisitReportIn, *, call: TheCall, part: Judges) -> Response:
    """Report what a visit found."""

    def step(work: Work, by: User) -> Request:
        return part.report_visit(work, request_id, report=body.value(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/requests/{request_id}/decision", response_model=RequestOut)
def decide_request(request_id: str, body: VerdictIn, *, call: TheCall, part: Judges) -> Response:
    """Approve, refuse or return an application."""

    def step(work: Work, by: User) -> Request:
        return part.decide(work, request_id, verdict=body.value(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/requests/{request_id}/withdrawal", response_model=RequestOut)
def withdraw(request_id: str, body: WordsIn, *, call: TheCall, part: Applicants) -> Response:
    """Take an application back."""

    def step(work: Work, by: User) -> Request:
        return part.withdraw(work, request_id, reason=body.words, by=by)

    return _done(call, part, step, action=_COMPANY, body=body)


# Approvals


@router.get("")
def page(
    window: TheWindow, *, exporter_id: OfCompany = None, call: TheCall, desk: Desk
) -> PageOut[ApprovalOut]:
    """List approvals, the newest first, of one company if asked."""
    found = call.read(
        Action.SEE_APPROVAL, lambda work, by: desk.page(work, window, of=exporter_id, by=by)
    )
    return PageOut[ApprovalOut](
        items=tuple(ApprovalOut.of(one, desk.scheme) for one in found),
        next=window.next(found),
    )


@router.get("/{approval_id}")
def get(approval_id: str, *, call: TheCall, desk: Desk) -> ApprovalOut:
    """Return an approval."""
    return call.read(
        Action.SEE_APPROVAL,
        lambda work, by: ApprovalOut.of(desk.get(work, approval_id, by=by), desk.scheme),
    )


@router.post("/{approval_id}/managers", response_model=ApprovalOut)
def name_managers(approval_id: str, body: ManagersIn, *, call: TheCall, part: Keeper) -> Response:
    """Tell who manages origin from now on."""

    def step(work: Work, by: User) -> Approval:
        return part.name_managers(work, approval_id, managers=body.named(), by=by)

    return _done(call, part, step, action=_COMPANY, body=body)


@router.post("/{approval_id}/self-inspections", status_code=201, response_model=ApprovalOut)
def inspect(approval_id: str, body: InspectionIn, *, call: TheCall, part: Keeper) -> Response:
    """Hand in a self-inspection."""

    def step(work: Work, by: User) -> Approval:
        return part.inspect(work, approval_id, held_on=body.held_on, answers=body.given(), by=by)

    return _done(call, part, step, action=_COMPANY, body=body, status=201)


@router.post("/{approval_id}/self-inspection-reply", response_model=ApprovalOut)
def reply(approval_id: str, body: ReplyIn, *, call: TheCall, part: Keeper) -> Response:
    """Reply to a self-inspection."""

    def step(work: Work, by: User) -> Approval:
        return part.reply(work, approval_id, reply=Reply(body.reply), words=body.words, by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/{approval_id}/follow-ups", status_code=201, response_model=ApprovalOut)
def follow_up(approval_id: str, body: FollowUpIn, *, call: TheCall, part: Keeper) -> Response:
    """Begin a check after the approval."""

    def step(work: Work, by: User) -> Approval:
        return part.follow_up(work, approval_id, check=body.value(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body, status=201)


@router.post("/{approval_id}/follow-up-result", response_model=ApprovalOut)
def end_follow_up(approval_id: str, body: WordsIn, *, call: TheCall, part: Keeper) -> Response:
    """Tell what the oldest open check found."""

    def step(work: Work, by: User) -> Approval:
        return part.end_follow_up(work, approval_id, result=body.words, by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/{approval_id}/order", status_code=201, response_model=ApprovalOut)
def order(approval_id: str, body: OrderIn, *, call: TheCall, part: Keeper) -> Response:
    """Order something to be set right."""

    def step(work: Work, by: User) -> Approval:
        return part.order(work, approval_id, order=body.value(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body, status=201)


@router.post("/{approval_id}/order-answer", response_model=ApprovalOut)
def answer_order(approval_id: str, body: WordsIn, *, call: TheCall, part: Keeper) -> Response:
    """Say what was set right."""

    def step(work: Work, by: User) -> Approval:
        return part.answer_order(work, approval_id, answer=body.words, by=by)

    return _done(call, part, step, action=_COMPANY, body=body)


@router.post("/{approval_id}/order-acceptance", response_model=ApprovalOut)
def accept(approval_id: str, body: WordsIn, *, call: TheCall, part: Keeper) -> Response:
    """Accept what was set right."""

    def step(work: Work, by: User) -> Approval:
        return part.accept(work, approval_id, words=body.words, by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/{approval_id}/hearing", status_code=201, response_model=ApprovalOut)
def propose(approval_id: str, body: HearingIn, *, call: TheCall, part: Closer) -> Response:
    """Propose to cancel an approval, and call its holder to a hearing."""

    def step(work: Work, by: User) -> Approval:
        return part.propose(work, approval_id, hearing=body.value(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body, status=201)


@router.post("/{approval_id}/hearing-statement", status_code=201, response_model=ApprovalOut)
def state(approval_id: str, body: StatementIn, *, call: TheCall, part: Closer) -> Response:
    """Say something to the proposal in writing, or waive the hearing."""

    def step(work: Work, by: User) -> Approval:
        return part.state(work, approval_id, statement=body.value(work.now), by=by)

    return _done(call, part, step, action=_COMPANY, body=body, status=201)


@router.post("/{approval_id}/hearing-record", status_code=201, response_model=ApprovalOut)
def record_hearing(approval_id: str, body: RecordIn, *, call: TheCall, part: Closer) -> Response:
    """Record the gist of what the company said at the hearing."""

    def step(work: Work, by: User) -> Approval:
        return part.state(work, approval_id, statement=body.value(work.now), by=by)

    return _done(call, part, step, action=_OFFICER, body=body, status=201)


@router.post("/{approval_id}/hearing-day", response_model=ApprovalOut)
def move_hearing(approval_id: str, body: LaterDayIn, *, call: TheCall, part: Closer) -> Response:
    """Move the hearing to a later day that the company asked for."""

    def step(work: Work, by: User) -> Approval:
        return part.move(work, approval_id, to=body.to, reason=body.reason, by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


@router.post("/{approval_id}/cancellation", response_model=ApprovalOut)
def decide_hearing(approval_id: str, body: OutcomeIn, *, call: TheCall, part: Closer) -> Response:
    """Decide after the hearing, by another person than who proposed it."""

    def step(work: Work, by: User) -> Approval:
        return part.decide(
            work, approval_id, outcome=Outcome(body.outcome), reason=body.reason, by=by
        )

    return _done(call, part, step, action=Action.CANCEL_APPROVAL, body=body)


@router.post("/{approval_id}/lapse", response_model=ApprovalOut)
def lapse(approval_id: str, body: WhyIn, *, call: TheCall, part: Closer) -> Response:
    """Record that an approval has lost its effect."""

    def step(work: Work, by: User) -> Approval:
        return part.lapse(work, approval_id, why=body.pair(), by=by)

    return _done(call, part, step, action=_OFFICER, body=body)


def _done(  # noqa: PLR0913  # the facts of one answer, each by its name
    call: Call,
    part: _Part,
    step: Callable[[Work, User], Approval | Request],
    *,
    action: Action,
    body: BaseModel,
    status: int = 200,
) -> Response:
    def shown(work: Work, by: User) -> BaseModel:
        found = step(work, by)
        if isinstance(found, Request):
            return RequestOut.of(found, part.desk.scheme)
        return ApprovalOut.of(found, part.desk.scheme)

    return call.write(action, body, shown, status=status)
