"""Retention over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.retention.schemas import (
    DeletionListOut,
    DeletionOut,
    DeletionsOut,
    HoldIn,
    HoldOut,
    PeriodOut,
    PeriodsOut,
    TriedOut,
)
from ooms.retention.service import Retention

router = APIRouter(prefix="/retention", tags=["retention"])
Desk = Annotated[Retention, from_office("retention")]


@router.get("/periods")
def periods(*, call: TheCall, desk: Desk) -> PeriodsOut:
    """Return how long things are kept, and where that stands."""
    kept = desk.periods.values()
    shown = PeriodsOut(items=tuple(PeriodOut.of(one) for one in kept))
    return call.read(Action.SEE_RETENTION, lambda _work, _by: shown)


@router.post("/holds", status_code=201, response_model=HoldOut)
def place_hold(body: HoldIn, *, call: TheCall, desk: Desk) -> Response:
    """Hold a certificate, and all that it rests on, beyond its period."""
    return call.write(
        Action.HOLD,
        body,
        lambda work, by: HoldOut.of(desk.place_hold(work, by=by, **body.model_dump())),
    )


@router.post("/holds/{hold_id}/lifting", response_model=HoldOut)
def lift_hold(hold_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Lift a hold."""
    return call.write(
        Action.HOLD,
        None,
        lambda work, by: HoldOut.of(desk.lift_hold(work, hold_id, by=by)),
        status=200,
    )


@router.get("/holds")
def holds(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[HoldOut]:
    """List the holds, the newest first."""
    found = call.read(Action.SEE_RETENTION, lambda work, _by: desk.holds(work, window))
    return PageOut[HoldOut](
        items=tuple(HoldOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/lists")
def lists(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[DeletionListOut]:
    """List what was proposed, the newest first."""
    found = call.read(Action.SEE_RETENTION, lambda work, _by: desk.lists(work, window))
    return PageOut[DeletionListOut](
        items=tuple(DeletionListOut.of(one) for one in found),
        next=window.next(found),
    )


@router.get("/lists/{list_id}/trial")
def try_out(list_id: str, *, call: TheCall, desk: Desk) -> TriedOut:
    """Tell what a list would delete now; nothing is changed."""
    return call.read(
        Action.SEE_RETENTION, lambda work, _by: TriedOut.of(desk.try_out(work, list_id))
    )


@router.get("/lists/{list_id}/deletions")
def deletions(list_id: str, *, call: TheCall, desk: Desk) -> DeletionsOut:
    """Return the evidence of what a list deleted."""
    found = call.read(Action.SEE_RETENTION, lambda work, _by: desk.deletions(work, list_id))
    return DeletionsOut(items=tuple(DeletionOut.of(one) for one in found))


@router.post("/lists/{list_id}/agreement", response_model=DeletionListOut)
def agree(list_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Agree to a list; with the second supervisor's word it is carried out."""
    return call.write(
        Action.AGREE_TO_DELETION,
        None,
        lambda work, by: DeletionListOut.of(desk.agree(work, list_id, by=by)),
        status=200,
    )


@router.post("/lists/{list_id}/dropping", response_model=DeletionListOut)
def drop(list_id: str, *, call: TheCall, desk: Desk) -> Response:
    """Drop a list that should not be carried out."""
    return call.write(
        Action.AGREE_TO_DELETION,
        None,
        lambda work, by: DeletionListOut.of(desk.drop(work, list_id, by=by)),
        status=200,
    )
