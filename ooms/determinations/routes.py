"""Determinations over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.determinations.schemas import DeterminationIn, DeterminationOut
from ooms.determinations.service import Determinations

router = APIRouter(tags=["determinations"])
Desk = Annotated[Determinations, from_office("determinations")]


@router.post(
    "/products/{product_id}/determinations", status_code=201, response_model=DeterminationOut
)
def determine(product_id: str, body: DeterminationIn, *, call: TheCall, desk: Desk) -> Response:
    """Determine whether a product originates under an agreement."""
    return call.write(
        Action.DETERMINE,
        body,
        lambda work, by: DeterminationOut.of(
            desk.determine(work, product_id, request=body.value(today=work.today), by=by)
        ),
    )


@router.get("/determinations/{determination_id}")
def get(determination_id: str, *, call: TheCall, desk: Desk) -> DeterminationOut:
    """Return a determination with its trace."""
    return call.read(
        Action.SEE_DETERMINATION,
        lambda work, by: DeterminationOut.of(desk.get(work, determination_id, by=by)),
    )


@router.get("/determinations")
def page(window: TheWindow, *, call: TheCall, desk: Desk) -> PageOut[DeterminationOut]:
    """List determinations, the newest first."""
    found = call.read(Action.SEE_DETERMINATION, lambda work, by: desk.page(work, window, by=by))
    return PageOut[DeterminationOut](
        items=tuple(DeterminationOut.of(one) for one in found),
        next=found[-1].id if len(found) == window.limit else None,
    )
