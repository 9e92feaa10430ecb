"""Refusals over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from ooms.access.dependencies import TheCall, TheWindow, from_office
from ooms.access.model import Action
from ooms.access.schemas import PageOut
from ooms.refusals.schemas import RefusalOut
from ooms.refusals.service import Refusals

router = APIRouter(prefix="/refusals", tags=["refusals"])


@router.get("")
def page(
    window: TheWindow, *, call: TheCall, desk: Annotated[Refusals, from_office("refusals")]
) -> PageOut[RefusalOut]:
    """List the refusals of all issuing offices, the newest first."""
    found = call.read(Action.SEE_REFUSAL, lambda work, _by: desk.page(work, window))
    return PageOut[RefusalOut](
        items=tuple(RefusalOut.of(one) for one in found),
        next=window.next(found),
    )
