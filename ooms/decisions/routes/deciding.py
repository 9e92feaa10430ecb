"""Decisions over HTTP, with completions, objections, late claims and amounts to settle."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action, User
from ooms.access.schemas import PageOut
from ooms.claims.schemas import ClaimOut
from ooms.db import Work
from ooms.decisions.asked import CompletionState, ObjectionState, SettlementState
from ooms.decisions.completions import Completions
from ooms.decisions.late_claim_schemas import LateClaimIn, LateClaimOut, TakenOut
from ooms.decisions.late_claims import LateClaims
from ooms.decisions.model import Place
from ooms.decisions.notices import notices_of
from ooms.decisions.objections import Objections
from ooms.decisions.proceedings import proceedings_of
from ooms.decisions.proceedings_schemas import NoticeOut, NoticesOut, ProceedingsOut
from ooms.decisions.schemas import (
    AnswerIn,
    CompletionIn,
    CompletionOut,
    ConfirmationIn,
    DecisionIn,
    DecisionOut,
    DecisionsOut,
    GroundsOut,
    JudgmentIn,
    ObjectionDecisionIn,
    ObjectionIn,
    ObjectionOut,
    SettlementOut,
    SupplementIn,
)
from ooms.decisions.service import Decisions
from ooms.decisions.settling import Settling
from ooms.decisions.supplementing import Supplementing
from ooms.languages.catalogues import catalogue, preferred

router = APIRouter(tags=["decisions"])
Desk = Annotated[Decisions, from_office("decisions")]
Completing = Annotated[Completions, from_office("claim_completions")]
Objecting = Annotated[Objections, from_office("objections")]
Putting = Annotated[Supplementing, from_office("supplementing")]
Late = Annotated[LateClaims, from_office("late_claims")]
Amounts = Annotated[Settling, from_office("settling")]
Spec = Annotated[int, Query(ge=0, le=99_999)]


@router.post(
    "/claims/{claim_id}/lines/{line_no}/decisions", status_code=201, response_model=DecisionOut
)
def decide(claim_id: str, line_no: int, body: DecisionIn, *, call: TheCall, desk: Desk) -> Response:
    """Decide a line, or decide it anew: what was decided before stays as it was."""
    place = Place(claim_id, line_no, body.specification)
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: DecisionOut.of(desk.decide(work, place, body.value(), by=by.login)),
    )


@router.post("/claims/{claim_id}/lines/{line_no}/decisions/preview")
def preview(
    claim_id: str, line_no: int, body: DecisionIn, *, call: TheCall, desk: Desk
) -> DecisionOut:
    """Say what a decision would be and tell the importer; nothing is decided."""
    place = Place(claim_id, line_no, body.specification)
    return call.read(
        Action.CLAIM,
        lambda work, by: DecisionOut.of(desk.preview(work, place, body.value(), by=by.login)),
    )


@router.get("/claims/{claim_id}/proceedings")
def proceedings(claim_id: str, *, call: TheCall) -> ProceedingsOut:
    """Show everything that was decided, announced and asked on a claim, the oldest first."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: proceedings_of(work, claim_id))
    return ProceedingsOut.of(found)


@router.get("/claims/{claim_id}/lines/{line_no}/decisions")
def history(
    claim_id: str, line_no: int, *, call: TheCall, desk: Desk, specification: Spec = 0
) -> DecisionsOut:
    """List every decision on a line, the oldest first."""
    place = Place(claim_id, line_no, specification)
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.history(work, place))
    return DecisionsOut(items=tuple(DecisionOut.of(one) for one in found))


@router.get("/claims/{claim_id}/notices")
def notices(claim_id: str, *, call: TheCall) -> NoticesOut:
    """List the notices that the importer was sent about a claim, word for word."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: notices_of(work, claim_id))
    return NoticesOut(items=tuple(NoticeOut.of(one) for one in found))


@router.get("/decisions/grounds")
def grounds(
    *,
    call: TheCall,
    desk: Desk,
    agreement: Annotated[str, Query(max_length=12)] = "",
    accept_language: Annotated[str, Header()] = "",
) -> GroundsOut:
    """List the grounds of denial here, what may be completed, and the periods around a claim."""
    words = dict(catalogue(preferred(accept_language)))
    law = desk.reasons.law
    every = desk.reasons.grounds.under(agreement=agreement, country=law.country)
    return call.read(
        Action.SEE_CLAIM,
        lambda _work, _by: GroundsOut.of(every, law, agreement=agreement, words=words),
    )


@router.post(
    "/claims/{claim_id}/lines/{line_no}/completion-requests",
    status_code=201,
    response_model=CompletionOut,
)
def ask(
    claim_id: str, line_no: int, body: CompletionIn, *, call: TheCall, desk: Completing
) -> Response:
    """Ask the importer to complete or correct his proof of origin."""
    place = Place(claim_id, line_no, body.specification)
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: CompletionOut.of(
            desk.ask(work, place, defects=body.defects, words=body.words, days=body.days, by=by)
        ),
    )


@router.post("/completion-requests/{completion_id}/answer", response_model=CompletionOut)
def answer(completion_id: str, body: AnswerIn, *, call: TheCall, desk: Completing) -> Response:
    """Keep what the importer handed over."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: CompletionOut.of(
            desk.answer(work, completion_id, words=body.words, by=by)
        ),
        status=200,
    )


@router.post("/completion-requests/{completion_id}/judgment", response_model=CompletionOut)
def judge(completion_id: str, body: JudgmentIn, *, call: TheCall, desk: Completing) -> Response:
    """Say whether what was handed over does."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: CompletionOut.of(
            desk.judge(work, completion_id, accepted=body.accepted, words=body.words, by=by)
        ),
        status=200,
    )


@router.get("/completion-requests")
def asked(
    window: TheWindow, *, call: TheCall, desk: Completing, state: CompletionState | None = None
) -> PageOut[CompletionOut]:
    """List requests for completion, the newest first."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.page(work, window, state=state))
    return PageOut[CompletionOut](
        items=tuple(CompletionOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post(
    "/claims/{claim_id}/lines/{line_no}/objections", status_code=201, response_model=ObjectionOut
)
def object_to(  # noqa: PLR0913  # the parts of one call, each by its name
    claim_id: str,
    line_no: int,
    body: ObjectionIn,
    *,
    call: TheCall,
    decisions: Desk,
    desk: Objecting,
) -> Response:
    """Take an importer's objection against the decision that counts on a line."""
    place = Place(claim_id, line_no, body.specification)
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ObjectionOut.of(
            desk.file(
                work,
                body.decision_id or decisions.last(work, place).id,
                words=body.words,
                received_on=body.received_on or work.today,
                by=by,
            )
        ),
    )


@router.post("/objections/{objection_id}/decision", response_model=ObjectionOut)
def decide_objection(
    objection_id: str, body: ObjectionDecisionIn, *, call: TheCall, desk: Objecting
) -> Response:
    """Decide an objection, as another officer than who decided: it stands, or is decided anew."""
    wanted = body.instead.value() if body.instead else None
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ObjectionOut.of(
            desk.reverse(work, objection_id, wanted=wanted, words=body.words, by=by)
            if wanted
            else desk.uphold(work, objection_id, words=body.words, by=by)
        ),
        status=200,
    )


@router.post("/objections/{objection_id}/completion-request", response_model=ObjectionOut)
def ask_objector(
    objection_id: str, body: SupplementIn, *, call: TheCall, desk: Putting
) -> Response:
    """Ask the importer to put an objection right; the period for its decision stands still."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ObjectionOut.of(
            desk.ask(work, objection_id, words=body.words, days=body.days, by=by)
        ),
        status=200,
    )


@router.post("/objections/{objection_id}/completion", response_model=ObjectionOut)
def put_right(objection_id: str, body: AnswerIn, *, call: TheCall, desk: Putting) -> Response:
    """Keep what the importer put right of an objection."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ObjectionOut.of(desk.answer(work, objection_id, words=body.words, by=by)),
        status=200,
    )


@router.get("/objections")
def objected(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Objecting,
    state: ObjectionState | None = None,
    overdue: bool = False,
) -> PageOut[ObjectionOut]:
    """List objections, the newest first; or those whose last day has passed."""
    found = call.read(
        Action.SEE_CLAIM,
        lambda work, _by: desk.page(work, window, state=state, overdue=overdue),
    )
    return PageOut[ObjectionOut](
        items=tuple(ObjectionOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post("/late-claims", status_code=201, response_model=TakenOut)
def claim_late(body: LateClaimIn, *, call: TheCall, desk: Late) -> Response:
    """Take a claim after release; one that comes too late is denied, with its notice."""

    def taken(work: Work, by: User) -> TakenOut:
        late, claim = desk.file(
            work,
            body.claim.value(today=work.today),
            kind=body.kind,
            since=body.since,
            paper_because=body.paper_because,
            by=by,
        )
        shown = LateClaimOut.of(late).model_dump()
        return TakenOut(**shown, claim=ClaimOut.of(claim))

    return call.write(Action.CLAIM, body, taken)


@router.get("/late-claims")
def claimed_late(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Late,
    only_open: bool = False,
    overdue: bool = False,
) -> PageOut[LateClaimOut]:
    """List claims after release, the newest first; those that are open, or overdue."""
    found = call.read(
        Action.SEE_CLAIM,
        lambda work, _by: desk.page(work, window, only_open=only_open, overdue=overdue),
    )
    return PageOut[LateClaimOut](
        items=tuple(LateClaimOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/refunds")
def refunds(
    window: TheWindow, *, call: TheCall, desk: Amounts, state: SettlementState | None = None
) -> PageOut[SettlementOut]:
    """List what the clearance system is to pay back, release or call, the newest first."""
    found = call.read(Action.SEE_CLAIM, lambda work, _by: desk.page(work, window, state=state))
    return PageOut[SettlementOut](
        items=tuple(SettlementOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post("/refunds/{settlement_id}/telling", response_model=SettlementOut)
def tell_refund(settlement_id: str, *, call: TheCall, desk: Amounts) -> Response:
    """Note that the clearance system was told of an amount."""
    return call.write(
        Action.CLAIM,
        None,
        lambda work, by: SettlementOut.of(desk.tell(work, settlement_id, by=by)),
        status=200,
    )


@router.post("/refunds/{settlement_id}/confirmation", response_model=SettlementOut)
def confirm_refund(
    settlement_id: str, body: ConfirmationIn, *, call: TheCall, desk: Amounts
) -> Response:
    """Keep the clearance system's word that it is done."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: SettlementOut.of(
            desk.confirm(work, settlement_id, confirmation=body.confirmation, by=by)
        ),
        status=200,
    )
