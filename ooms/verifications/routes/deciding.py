"""Determinations, objections, suspensions and visits of verifications, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.verifications.determining import Determining
from ooms.verifications.routes.steps import take
from ooms.verifications.schemas import (
    CommentIn,
    FindingsIn,
    HeldIn,
    ObjectionDecisionIn,
    PlanIn,
    SaidIn,
    SecurityIn,
    VisitReplyIn,
)
from ooms.verifications.service import Verifications
from ooms.verifications.shown import (
    FiguresOut,
    GroundsOut,
    OutcomesOut,
    SuspensionsOut,
    VerificationOut,
)
from ooms.verifications.suspending import Suspending
from ooms.verifications.visiting import Visiting

router = APIRouter(prefix="/verifications", tags=["verifications"])
Asking = Annotated[Verifications, from_office("verifications")]
Deciding = Annotated[Determining, from_office("verification_decisions")]
Suspended = Annotated[Suspending, from_office("suspensions")]
Visits = Annotated[Visiting, from_office("verification_visits")]


@router.get("/grounds")
def grounds(
    agreement: Annotated[str, Query(max_length=12)], *, call: TheCall, desk: Deciding
) -> GroundsOut:
    """List the grounds on which preference may be denied under an agreement."""
    return call.read(
        Action.SEE_VERIFICATION, lambda _work, _by: GroundsOut(items=desk.grounds(agreement))
    )


@router.get("/figures")
def figures(*, call: TheCall, desk: Asking) -> FiguresOut:
    """Count verifications by agreement, partner and state; what importers put right, apart."""
    return call.read(
        Action.SEE_VERIFICATION, lambda work, _by: FiguresOut(items=desk.keeping.figures(work))
    )


@router.get("/{verification_id}/suspensions")
def suspensions(verification_id: str, *, call: TheCall, desk: Suspended) -> SuspensionsOut:
    """List the preference suspended during a verification."""
    return call.read(
        Action.SEE_VERIFICATION,
        lambda work, _by: SuspensionsOut(items=desk.of(work, verification_id)),
    )


@router.get("/{verification_id}/outcomes")
def outcomes(verification_id: str, *, call: TheCall, desk: Deciding) -> OutcomesOut:
    """Say what a verification came to, item by item."""
    return call.read(
        Action.SEE_VERIFICATION,
        lambda work, _by: OutcomesOut(items=desk.outcomes(work, verification_id)),
    )


@router.post("/{verification_id}/preliminary-determination", response_model=VerificationOut)
def propose(verification_id: str, body: FindingsIn, *, call: TheCall, desk: Deciding) -> Response:
    """Make a preliminary determination, where the agreement wants one."""
    return take(
        call,
        body,
        lambda work, by: desk.propose(work, verification_id, findings=body.value(), by=by),
    )


@router.post(
    "/{verification_id}/preliminary-determination/comments", response_model=VerificationOut
)
def comment(verification_id: str, body: SaidIn, *, call: TheCall, desk: Deciding) -> Response:
    """Keep what the importer says to it."""
    return take(
        call, body, lambda work, by: desk.comment(work, verification_id, words=body.words, by=by)
    )


@router.post("/{verification_id}/determination", response_model=VerificationOut)
def determine(verification_id: str, body: FindingsIn, *, call: TheCall, desk: Deciding) -> Response:
    """Determine every item, and tell the partner."""
    return take(
        call,
        body,
        lambda work, by: desk.determine(work, verification_id, findings=body.value(), by=by),
    )


@router.post("/{verification_id}/objection", response_model=VerificationOut)
def object_to(verification_id: str, body: SaidIn, *, call: TheCall, desk: Deciding) -> Response:
    """Take the importer's objection."""
    return take(
        call, body, lambda work, by: desk.object(work, verification_id, words=body.words, by=by)
    )


@router.post("/{verification_id}/objection/decision", response_model=VerificationOut)
def decide_objection(
    verification_id: str, body: ObjectionDecisionIn, *, call: TheCall, desk: Deciding
) -> Response:
    """Decide an objection: other findings reverse the determination."""
    return take(
        call,
        body,
        lambda work, by: desk.decide_objection(
            work, verification_id, findings=body.value(), reasons=body.reasons, by=by
        ),
        action=Action.APPROVE_VERIFICATION,
    )


@router.post("/{verification_id}/closing", response_model=VerificationOut)
def close(verification_id: str, *, call: TheCall, desk: Deciding) -> Response:
    """Close a case that nobody can object to any more."""
    return take(call, None, lambda work, by: desk.close(work, verification_id, by=by))


@router.post("/{verification_id}/suspension", response_model=VerificationOut)
def suspend(verification_id: str, body: SaidIn, *, call: TheCall, desk: Suspended) -> Response:
    """Suspend preference for identical goods of the same importer and exporter."""
    return take(
        call, body, lambda work, by: desk.suspend(work, verification_id, reason=body.words, by=by)
    )


@router.post("/{verification_id}/suspension/release", response_model=VerificationOut)
def release(verification_id: str, body: SecurityIn, *, call: TheCall, desk: Suspended) -> Response:
    """Give preference again, against security."""
    return take(
        call,
        body,
        lambda work, by: desk.release(
            work, verification_id, security=body.value(on=work.today), by=by
        ),
    )


@router.post("/{verification_id}/suspension/lifting", response_model=VerificationOut)
def lift(verification_id: str, body: SaidIn, *, call: TheCall, desk: Suspended) -> Response:
    """Lift a suspension."""
    return take(
        call, body, lambda work, by: desk.lift(work, verification_id, because=body.words, by=by)
    )


@router.post("/{verification_id}/visits", response_model=VerificationOut)
def propose_visit(verification_id: str, body: PlanIn, *, call: TheCall, desk: Visits) -> Response:
    """Propose a visit."""
    return take(
        call, body, lambda work, by: desk.propose(work, verification_id, plan=body.value(), by=by)
    )


@router.post("/{verification_id}/visits/answer", response_model=VerificationOut)
def hear_visit(
    verification_id: str, body: VisitReplyIn, *, call: TheCall, desk: Visits
) -> Response:
    """Enter what the partner says to a visit, by letter."""
    return take(
        call,
        body,
        lambda work, by: desk.hear(work, verification_id, reply=body.value(), who=by.login),
    )


@router.post("/{verification_id}/visits/record", response_model=VerificationOut)
def hold_visit(verification_id: str, body: HeldIn, *, call: TheCall, desk: Visits) -> Response:
    """Note that a visit was held, and what it showed."""
    return take(
        call,
        body,
        lambda work, by: desk.hold(
            work, verification_id, days=(body.from_date, body.to_date), facts=body.facts, by=by
        ),
    )


@router.post("/{verification_id}/visits/draft", response_model=VerificationOut)
def draft_after_visit(
    verification_id: str, body: FindingsIn, *, call: TheCall, desk: Visits
) -> Response:
    """Tell what is drafted after a visit, for comments."""
    return take(
        call, body, lambda work, by: desk.draft(work, verification_id, findings=body.value(), by=by)
    )


@router.post("/{verification_id}/visits/comments", response_model=VerificationOut)
def comment_on_visit(
    verification_id: str, body: CommentIn, *, call: TheCall, desk: Visits
) -> Response:
    """Enter what was said to the draft, by letter."""
    return take(
        call,
        body,
        lambda work, by: desk.comment(
            work,
            verification_id,
            words=body.words,
            commented_on=body.commented_on,
            who=by.login,
        ),
    )


@router.post("/{verification_id}/visits/determination", response_model=VerificationOut)
def finish_visit(
    verification_id: str, body: FindingsIn, *, call: TheCall, desk: Visits
) -> Response:
    """Determine after a visit; it ends the case."""
    return take(
        call,
        body,
        lambda work, by: desk.finish(work, verification_id, findings=body.value(), by=by),
    )
