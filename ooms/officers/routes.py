"""Offices, posts and trainings over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.officers.schemas import (
    CreditsOut,
    OfficerOut,
    OfficersOut,
    PlaceBody,
    PlacesOut,
    PostBody,
    PostsOut,
    TrainingIn,
    TrainingOut,
)
from ooms.officers.service import Officers

router = APIRouter(tags=["officers"])
Desk = Annotated[Officers, from_office("officers")]


@router.post("/issuing-offices", status_code=201, response_model=PlaceBody)
def keep_place(body: PlaceBody, *, call: TheCall, desk: Desk) -> Response:
    """Keep an issuing office, in the place of what was said of it before."""
    return call.write(
        Action.KEEP_OFFICERS,
        body,
        lambda work, by: PlaceBody.of(desk.keep_place(work, body.value(), by=by)),
    )


@router.get("/issuing-offices")
def places(call: TheCall, desk: Desk) -> PlacesOut:
    """List the issuing offices."""
    found = call.read(Action.SEE_OFFICERS, lambda work, _by: desk.places(work))
    return PlacesOut(items=tuple(PlaceBody.of(one) for one in found))


@router.post("/posts", status_code=201, response_model=PostBody)
def keep_post(body: PostBody, *, call: TheCall, desk: Desk) -> Response:
    """Keep an officer's post, in the place of the one before."""
    return call.write(
        Action.KEEP_OFFICERS,
        body,
        lambda work, by: PostBody.of(desk.keep_post(work, body.value(), by=by)),
    )


@router.get("/posts")
def posts(call: TheCall, desk: Desk) -> PostsOut:
    """List the posts."""
    found = call.read(Action.SEE_OFFICERS, lambda work, _by: desk.posts(work))
    return PostsOut(items=tuple(PostBody.of(one) for one in found))


@router.get("/officers")
def officers(call: TheCall, desk: Desk) -> OfficersOut:
    """List who decides applications, with their posts."""
    found = call.read(Action.SEE_OFFICERS, lambda work, _by: desk.officers(work))
    return OfficersOut(items=tuple(OfficerOut.of(one) for one in found))


@router.post("/trainings", status_code=201, response_model=TrainingOut)
def train(body: TrainingIn, *, call: TheCall, desk: Desk) -> Response:
    """Record a training that an officer took part in."""
    return call.write(
        Action.KEEP_OFFICERS,
        body,
        lambda work, by: TrainingOut.of(desk.train(work, body.value(now=work.now), by=by)),
    )


@router.get("/trainings/credits")
def training_credits(
    user_id: Annotated[str, Query(max_length=36)],
    year: Annotated[int, Query(ge=2000, le=2099)],
    *,
    call: TheCall,
    desk: Desk,
) -> CreditsOut:
    """Sum an officer's training in a year beside what the law wants."""
    return call.read(
        Action.SEE_OFFICERS,
        lambda work, _by: CreditsOut.of(
            desk.credits(work, user_id, year=year), subjects=desk.subjects
        ),
    )
