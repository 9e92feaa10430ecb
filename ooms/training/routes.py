"""Training over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.training.schemas import ExerciseOut, ExercisesOut, SamplesBody
from ooms.training.service import Training

router = APIRouter(tags=["training"])
Desk = Annotated[Training, from_office("training")]


@router.get("/account/exercises")
def exercises(*, call: TheCall, desk: Desk) -> ExercisesOut:
    """List the exercises of the caller's role, where people practice."""
    tasks = call.read(Action.OWN_ACCOUNT, lambda work, by: desk.tasks(work, role=by.role))
    return ExercisesOut(items=tuple(ExerciseOut.of(one) for one in tasks))


@router.post("/training/samples", status_code=201, response_model=SamplesBody)
def place(body: SamplesBody, *, call: TheCall, desk: Desk) -> Response:
    """Name the cases that exercises are done on; refused in a real office."""
    return call.write(
        Action.MANAGE_USERS,
        body,
        lambda work, by: SamplesBody(samples=dict(desk.place(work, body.samples, by=by))),
    )
