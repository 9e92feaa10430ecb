"""Claims over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.claims.model import Decision
from ooms.claims.schemas import ClaimIn, ClaimOut, LineDecisionIn
from ooms.claims.service import Claims

router = APIRouter(prefix="/claims", tags=["claims"])
Desk = Annotated[Claims, from_office("claims")]


@router.post("", status_code=201, response_model=ClaimOut)
def check(body: ClaimIn, *, call: TheCall, desk: Desk) -> Response:
    """Check a declaration's preference claims and decide what the rules decide."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ClaimOut.of(desk.check(work, body.value(today=work.today), by=by)),
    )


@router.post("/{claim_id}/lines/{line_no}/decision", response_model=ClaimOut)
def decide_line(
    claim_id: str, line_no: int, body: LineDecisionIn, *, call: TheCall, desk: Desk
) -> Response:
    """Decide a line that the checks left to an officer."""
    return call.write(
        Action.CLAIM,
        body,
        lambda work, by: ClaimOut.of(
            desk.decide_line(
                work,
                claim_id,
                line_no=line_no,
                decision=Decision(body.decision),
                reason=body.reason,
                by=by,
                spec_no=body.specification,
            )
        ),
        status=200,
    )


@router.get("/{claim_id}")
def get(claim_id: str, *, call: TheCall, desk: Desk) -> ClaimOut:
    """Return a claim."""
    return call.read(Action.SEE_CLAIM, lambda work, _by: ClaimOut.of(desk.get(work, claim_id)))


@router.get("")
def page(
    window: TheWindow,
    *,
    call: TheCall,
    desk: Desk,
    declaration_number: Annotated[str | None, Query(max_length=35)] = None,
) -> PageOut[ClaimOut]:
    """List claims, the newest first."""
    found = call.read(
        Action.SEE_CLAIM, lambda work, _by: desk.page(work, window, number=declaration_number)
    )
    return PageOut[ClaimOut](
        items=tuple(ClaimOut.of(one) for one in found),
        next=found[-1].id if len(found) == window.limit else None,
    )
