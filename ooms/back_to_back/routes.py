"""First certificates over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ooms.access.dependencies import TheCall, from_office
from ooms.access.model import Action
from ooms.back_to_back.schemas import BalanceOut, BalancesOut
from ooms.back_to_back.service import BackToBack

router = APIRouter(tags=["first certificates"])


@router.get("/first-certificates")
def balances(
    number: Annotated[str, Query(max_length=35)],
    *,
    call: TheCall,
    desk: Annotated[BackToBack, from_office("back_to_back")],
) -> BalancesOut:
    """Show what is left of first certificates, and who took what of them."""
    return call.read(
        Action.DECIDE_APPLICATION,
        lambda work, _by: BalancesOut(
            items=tuple(BalanceOut.of(one) for one in desk.balances(work, number))
        ),
    )
