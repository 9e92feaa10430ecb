"""Tips, the watch list and capacities over HTTP: officers at import only."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.watch.model import TipState
from ooms.watch.schemas import (
    CapacitiesOut,
    CapacityIn,
    CapacityOut,
    EndIn,
    TipDecisionIn,
    TipIn,
    TipOut,
    WatchedIn,
    WatchedOut,
)
from ooms.watch.service import Watch

router = APIRouter(prefix="/risk", tags=["risk"])
Desk = Annotated[Watch, from_office("watch")]
_KEEP, _SEE = Action.KEEP_RISK_INFORMATION, Action.SEE_RISK


@router.post("/tips", status_code=201, response_model=TipOut)
def keep_tip(body: TipIn, *, call: TheCall, desk: Desk) -> Response:
    """Keep what somebody told; from now on it sends goods to be looked at."""
    return call.write(
        _KEEP, body, lambda work, by: TipOut.of(desk.keep_tip(work, body.value(), by=by))
    )


@router.post("/tips/{tip_id}/decision", response_model=TipOut)
def decide_tip(tip_id: str, body: TipDecisionIn, *, call: TheCall, desk: Desk) -> Response:
    """Plan an investigation on a tip, hand it over, or close it."""
    state = TipState(body.state)
    return call.write(
        _KEEP,
        body,
        lambda work, by: TipOut.of(
            desk.decide_tip(work, tip_id, state=state, reason=body.reason, by=by)
        ),
        status=200,
    )


@router.get("/tips")
def tips(
    window: TheWindow, *, state: TipState | None = None, call: TheCall, desk: Desk
) -> PageOut[TipOut]:
    """List tips, the newest first."""
    found = call.read(_SEE, lambda work, _: desk.tips(work, window, state=state))
    return PageOut[TipOut](
        items=tuple(TipOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post("/watch-list", status_code=201, response_model=WatchedOut)
def watch(body: WatchedIn, *, call: TheCall, desk: Desk) -> Response:
    """Put something on the watch list, with the reason, the source and the last day."""
    return call.write(
        _KEEP, body, lambda work, by: WatchedOut.of(desk.watch(work, body.value(), by=by))
    )


@router.post("/watch-list/{watched_id}/end", response_model=WatchedOut)
def end(watched_id: str, body: EndIn, *, call: TheCall, desk: Desk) -> Response:
    """Take an entry off the watch list today."""
    return call.write(
        _KEEP,
        body,
        lambda work, by: WatchedOut.of(desk.end(work, watched_id, reason=body.reason, by=by)),
        status=200,
    )


@router.get("/watch-list")
def watch_list(
    window: TheWindow,
    *,
    on: Annotated[date | None, Query(description="Only entries of this day.")] = None,
    call: TheCall,
    desk: Desk,
) -> PageOut[WatchedOut]:
    """List the watch list, the newest first."""
    found = call.read(_SEE, lambda work, _: desk.watch_list(work, window, on=on))
    return PageOut[WatchedOut](
        items=tuple(WatchedOut.of(one) for one in found),
        next=window.next(found),
    )


@router.post("/capacities", status_code=201, response_model=CapacityOut)
def state_capacity(body: CapacityIn, *, call: TheCall, desk: Desk) -> Response:
    """State how much an exporter can make in a year; it takes an earlier one's place."""
    return call.write(
        _KEEP, body, lambda work, by: CapacityOut.of(desk.state_capacity(work, body.value(), by=by))
    )


@router.get("/capacities")
def capacities(
    *, limit: Annotated[int, Query(ge=1, le=1000)] = 200, call: TheCall, desk: Desk
) -> CapacitiesOut:
    """List the capacities that are stated, the latest first."""
    found = call.read(_SEE, lambda work, _: desk.capacities(work, limit=limit))
    return CapacitiesOut(items=tuple(CapacityOut.of(one) for one in found))
